/** Signs a person in by password, from a known or a new device. */
import type { IssueTokenResponse } from "../../../gen/herald/identity/v1/token_service.ts";
import type { PasswordGrant } from "../../../gen/herald/identity/v1/grant.ts";
import { AuditAction } from "../../../gen/herald/options/v1/options.ts";
import type { Ctx } from "../../lib/rpc/context.ts";
import { newId } from "../../lib/request/ids.ts";
import { networkOf } from "../../lib/request/networks.ts";
import { DEVICE_TOKEN, makeSecret, newSessionId, readSecret, REFRESH_TOKEN, secretHash } from "./credentials.ts";
import { credentialsInvalid, tooManyAttempts } from "../errors.ts";
import { type SignInAccount, findSignInPlace, insertSession } from "./session-store.ts";
import { type PacedKey, pacedKeys } from "./sign-in-pace.ts";
import { admitTry, forgetTries, keepDevice, noteRefusal, takeRefusals, userOfDevice } from "./sign-in-store.ts";
import { checkFilled, issue, rightsOfUser, type TokenDeps } from "./token-issue.ts";
import { actingFor } from "../../lib/postgres/db.ts";

/** With one more, the device that was unused for the longest time is forgotten. */
const DEVICES_OF_A_USER = 20;

/**
 * Signs in by password. An unknown account gets the same answer as a wrong password, after the same work.
 */
export async function signIn(deps: TokenDeps, grant: PasswordGrant, ctx: Ctx): Promise<IssueTokenResponse> {
  const { tenant, email, password } = grant;
  checkFilled("password", { tenant, email, password });
  const place = await findSignInPlace(deps.db.everyTenant(), tenant, email);
  const tried = place && ({ tenantId: place.tenantId, kind: "user", id: place.userId } as const);
  return deps.trail.noted(ctx, AuditAction.AUDIT_ACTION_SIGN_IN, tried, () =>
    letIn(deps, grant, place?.account, ctx.clientAddress),
  );
}

async function letIn(
  deps: TokenDeps,
  { tenant, email, password, deviceToken }: PasswordGrant,
  found: SignInAccount | undefined,
  address: string,
): Promise<IssueTokenResponse> {
  const { db, passwords, events, now } = deps;
  const device = await knownDevice(deps, deviceToken, found);
  const keys = pacedKeys({ tenant, email, address, deviceId: device?.id }, deps.rules);
  await refuseTooEarly(deps, keys);
  const right = await passwords.matches(password, found?.passwordHash, networkOf(address));
  if (!found || !right) {
    await noteRefusal(actingFor(db.everyTenant(), found?.tenantId ?? newId()), found?.userId, now());
    events.signInRefused("password");
    throw credentialsInvalid();
  }
  const [own, shared] = [keys.slice(0, 2), keys.slice(2)].map((some) => some.map(({ key }) => key)) as [
    Buffer[],
    Buffer[],
  ];
  await forgetTries(db.everyTenant(), own, shared);
  return openSession(deps, found, device, now());
}

interface KnownDevice {
  id: string;
  token: string;
}

/** The known device of this user, if the token is one of theirs. */
async function knownDevice(
  { db }: TokenDeps,
  token: string,
  account: SignInAccount | undefined,
): Promise<KnownDevice | undefined> {
  const named = readSecret(DEVICE_TOKEN, token);
  if (!named || !account || named.tenantId !== account.tenantId) return undefined;
  const { tenantId, id } = named;
  const userId = await userOfDevice(db.tenant(tenantId), id, secretHash(token));
  return userId === account.userId ? { id, token } : undefined;
}

async function refuseTooEarly({ db, rules, events, now }: TokenDeps, keys: readonly PacedKey[]): Promise<void> {
  const waitMs = await db.everyTenant().transaction((tx) => admitTry(tx, keys, now(), rules.wrongPasswordsWindowMs));
  if (waitMs === 0) return;
  events.signInThrottled();
  throw tooManyAttempts(waitMs);
}

async function openSession(
  deps: TokenDeps,
  { tenantId, userId }: SignInAccount,
  known: KnownDevice | undefined,
  now: Date,
): Promise<IssueTokenResponse> {
  const { db, rules } = deps;
  const id = newSessionId();
  const refreshToken = makeSecret(REFRESH_TOKEN, { tenantId, id });
  const expireTime = new Date(now.getTime() + rules.refreshTokenMs);
  const device = known ?? newDevice(tenantId);
  const kept = { tenantId, userId, id: device.id, secretHash: secretHash(device.token) };
  const { notice, ...held } = await db.transaction(tenantId, async (tx) => {
    await insertSession(
      tx,
      { tenantId, id, userId, tokenHash: secretHash(refreshToken), expireTime },
      rules.sessionsPerUser,
      now,
    );
    await keepDevice(tx, kept, DEVICES_OF_A_USER, now);
    const told = await takeRefusals(tx, userId);
    return { ...(await rightsOfUser(tx, userId)), notice: told };
  });
  deps.events.tokenIssued("password");
  const token = await issue(deps, { kind: "user", tenantId, subjectId: userId, sessionId: id, ...held, refreshToken });
  return { ...token, ...notice, deviceToken: device.token };
}

function newDevice(tenantId: string): KnownDevice {
  const id = newId();
  return { id, token: makeSecret(DEVICE_TOKEN, { tenantId, id }) };
}
