/** Continues or ends a person's session. */
import type { IssueTokenResponse } from "../../../gen/herald/identity/v1/token_service.ts";
import { AuditAction } from "../../../gen/herald/options/v1/options.ts";
import type { Ctx } from "../../lib/rpc/context.ts";
import { makeSecret, readSecret, REFRESH_TOKEN, type SecretParts, secretHash } from "./credentials.ts";
import { refreshTokenInvalid } from "../errors.ts";
import { deleteSession, findHolder, rotateSession } from "./session-store.ts";
import { checkFilled, issue, rightsOfUser, type TokenDeps } from "./token-issue.ts";

/** A session with its next token. */
export async function goOn(deps: TokenDeps, refreshToken: string, ctx: Ctx): Promise<IssueTokenResponse> {
  checkFilled("refresh", { refresh_token: refreshToken });
  const session = readSecret(REFRESH_TOKEN, refreshToken);
  if (!session) throw refreshTokenInvalid();
  const { tenantId, id } = session;
  const holder = await findHolder(deps.db.tenant(tenantId), id);
  const tried = holder && ({ tenantId, kind: "user", id: holder.userId } as const);
  return deps.trail.noted(ctx, AuditAction.AUDIT_ACTION_REFRESH, tried, () =>
    exchange(deps, session, refreshToken, ctx),
  );
}

/** Exchanges a refresh token for the next one. A token that was exchanged before ends the session, because two have it and one stole it. An invented token does nothing. */
async function exchange(
  deps: TokenDeps,
  session: SecretParts,
  refreshToken: string,
  ctx: Ctx,
): Promise<IssueTokenResponse> {
  const { db, rules, events, now } = deps;
  const { tenantId, id } = session;
  const next = makeSecret(REFRESH_TOKEN, session);
  const at = now();
  const rotation = {
    tenantId,
    id,
    tokenHash: secretHash(refreshToken),
    nextTokenHash: secretHash(next),
    expireTime: new Date(at.getTime() + rules.refreshTokenMs),
  };
  const rotated = await db.transaction(tenantId, async (tx) => {
    const holder = await rotateSession(tx, rotation, at);
    return holder && { ...(await rightsOfUser(tx, holder.userId)), subjectId: holder.userId };
  });
  if (!rotated) {
    if (await endSession(deps, session, refreshToken, ctx)) events.sessionEndedByReuse();
    throw refreshTokenInvalid();
  }
  events.tokenIssued("refresh");
  return issue(deps, { kind: "user", tenantId, sessionId: id, ...rotated, refreshToken: next });
}

/** Ends the session of a token and notes it in the audit trail; false when there was none. */
export async function endSession(
  { db, trail }: TokenDeps,
  { tenantId, id }: SecretParts,
  refreshToken: string,
  ctx: Ctx,
): Promise<boolean> {
  const userId = await deleteSession(db.tenant(tenantId), id, secretHash(refreshToken));
  if (userId === undefined) return false;
  await trail.signedOut(ctx, { tenantId, kind: "user", id: userId });
  return true;
}
