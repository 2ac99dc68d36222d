/** Signs a program in by its API key. */
import type { ClientCredentialsGrant } from "../../../gen/herald/identity/v1/grant.ts";
import type { IssueTokenResponse } from "../../../gen/herald/identity/v1/token_service.ts";
import { AuditAction } from "../../../gen/herald/options/v1/options.ts";
import type { Ctx } from "../../lib/rpc/context.ts";
import { type ApiKeyProof, getApiKeyProof, touchApiKey } from "../api-keys/api-key-store.ts";
import { API_KEY_SECRET, readSecret, sameHash, type SecretParts, secretHash } from "./credentials.ts";
import { credentialsInvalid } from "../errors.ts";
import { versionOf } from "../revocations/revocation-store.ts";
import { rolesOfApiKey } from "../roles/role-store.ts";
import { findTenant } from "../tenants/tenant-store.ts";
import { checkFilled, issue, type TokenDeps } from "./token-issue.ts";

/** Gives a token for the key. An unknown, wrong or expired key is refused with the same words. */
export async function signInProgram(
  deps: TokenDeps,
  { clientId, clientSecret }: ClientCredentialsGrant,
  ctx: Ctx,
): Promise<IssueTokenResponse> {
  checkFilled("client_credentials", { client_id: clientId, client_secret: clientSecret });
  const named = readSecret(API_KEY_SECRET, clientSecret);
  if (!named || named.id !== clientId.toLowerCase()) return refuseProgram(deps);
  const { tenantId, id } = named;
  const scope = deps.db.tenant(tenantId);
  const proof = await getApiKeyProof(scope, id);
  const isTold = proof !== undefined || (await findTenant(scope)) !== undefined;
  const tried = isTold ? ({ tenantId, kind: "api_key", id: proof && id } as const) : undefined;
  return deps.trail.noted(ctx, AuditAction.AUDIT_ACTION_SIGN_IN, tried, () =>
    letInProgram(deps, named, clientSecret, proof),
  );
}

async function letInProgram(
  deps: TokenDeps,
  { tenantId, id }: SecretParts,
  clientSecret: string,
  proof: ApiKeyProof | undefined,
): Promise<IssueTokenResponse> {
  const { db, events, now } = deps;
  const right = proof && sameHash(proof.secretHash, secretHash(clientSecret));
  const ended = proof && (proof.tenantSuspended || (proof.expireTime !== null && proof.expireTime <= now()));
  if (!right || ended) return refuseProgram(deps);
  const scope = db.tenant(tenantId);
  await touchApiKey(scope, id, now());
  events.tokenIssued("client_credentials");
  return issue(deps, {
    kind: "api_key",
    tenantId,
    subjectId: id,
    sessionId: "",
    version: await versionOf(scope, id),
    roles: await rolesOfApiKey(scope, id),
    refreshToken: "",
    endTime: proof.expireTime,
  });
}

function refuseProgram({ events }: TokenDeps): never {
  events.signInRefused("client_credentials");
  throw credentialsInvalid();
}
