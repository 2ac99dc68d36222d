/** Rules about changing others: nobody can hand out, or gain, more than they hold themselves. */
import type { Caller, Ctx } from "../../lib/rpc/context.ts";
import type { TenantTransaction } from "../../lib/postgres/db.ts";
import { permissionMissing } from "../../lib/errors/errors.ts";
import { lastAdministrator, roleNotFound } from "../errors.ts";
import { expand, isAdministrator } from "./permissions.ts";
import { holdRoles, type RoleGrant, rolesInForce, rolesOfUser } from "./role-store.ts";

/** Refuses unless the caller holds every permission of these roles. Services act for the platform and may do it. */
export function refuseMoreThanHeld(caller: Caller, roles: readonly RoleGrant[]): void {
  if (caller.kind === "service") return;
  const missing = expand(roles).find((permission) => !caller.permissions.has(permission));
  if (missing !== undefined) throw permissionMissing(missing);
}

/** Makes sure that the caller may give these roles to somebody, and locks the roles until the transaction ends. */
export async function refuseRolesBeyondCaller(
  tx: TenantTransaction,
  ctx: Ctx,
  roleIds: readonly string[],
): Promise<void> {
  const roles = await holdRoles(tx, roleIds);
  const found = new Set(roles.map(({ id }) => id));
  const missing = roleIds.find((id) => !found.has(id));
  if (missing !== undefined) throw roleNotFound(missing);
  refuseMoreThanHeld(ctx.caller, roles);
}

/** Makes sure that the caller may change this user: whoever can set an administrator's password can become administrator. */
export async function refuseUserBeyondCaller(tx: TenantTransaction, ctx: Ctx, userId: string): Promise<void> {
  refuseMoreThanHeld(ctx.caller, await rolesOfUser(tx, userId));
}

/** Makes sure that the change just made leaves the tenant an administrator who can sign in. The tenant must be locked. */
export async function refuseLastAdministratorGone(tx: TenantTransaction): Promise<void> {
  if (!isAdministrator(await rolesInForce(tx))) throw lastAdministrator();
}
