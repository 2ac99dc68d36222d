/** Reads from the database who a caller is at this moment: their token may be a quarter of an hour old. */
import type { Identity } from "../../lib/rpc/context.ts";
import type { Database, TenantQueryable } from "../../lib/postgres/db.ts";
import { tokenRevoked } from "../../lib/errors/errors.ts";
import { expand } from "../roles/permissions.ts";
import { rolesOfApiKey, rolesOfUser } from "../roles/role-store.ts";

/**
 * Gives the caller with their present permissions; throws UNAUTHENTICATED when the user, key, session or tenant is gone, disabled or
 * suspended. Called before every RPC of this service that changes something (the contract's idempotency level shows which).
 */
export async function liveCaller(db: Database, identity: Identity, now: Date): Promise<Identity> {
  const { caller, tenantId, sessionId } = identity;
  const scope = db.tenant(tenantId);
  const isUser = caller.kind === "user";
  const isThere = isUser ? await mayUserAct(scope, caller.id, sessionId, now) : await mayKeyAct(scope, caller.id, now);
  if (!isThere) throw tokenRevoked();
  const roles = isUser ? await rolesOfUser(scope, caller.id) : await rolesOfApiKey(scope, caller.id);
  return { ...identity, caller: { ...caller, permissions: new Set(expand(roles)) } };
}

async function mayUserAct(db: TenantQueryable, userId: string, sessionId: string, now: Date): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from identity.sessions s
       join identity.users u on u.tenant_id = s.tenant_id and u.id = s.user_id
       join identity.tenants t on t.tenant_id = s.tenant_id
      where s.tenant_id = $1 and s.id = $2 and s.user_id = $3 and s.expire_time > $4 and not u.disabled and not t.suspended`,
    [db.tenantId, sessionId || null, userId, now],
  );
  return rowCount === 1;
}

async function mayKeyAct(db: TenantQueryable, apiKeyId: string, now: Date): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from identity.api_keys k join identity.tenants t using (tenant_id)
      where k.tenant_id = $1 and k.id = $2 and (k.expire_time is null or k.expire_time > $3) and not t.suspended`,
    [db.tenantId, apiKeyId, now],
  );
  return rowCount === 1;
}
