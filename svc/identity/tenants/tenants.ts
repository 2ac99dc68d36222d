/** Makes tenants, with their roles and their first administrator. */
import type { Tenant } from "../../../gen/herald/identity/v1/tenant.ts";
import type { Database, TenantTransaction } from "../../lib/postgres/db.ts";
import { newId } from "../../lib/request/ids.ts";
import { tenantSlugTaken } from "../errors.ts";
import { BUILT_IN_ROLES, type BuiltInRoleKey } from "../roles/permissions.ts";
import { insertBuiltInRoles } from "../roles/role-store.ts";
import { insertTenant, type NewTenant, tenantOfRequest } from "./tenant-store.ts";
import { insertUser, setUserRoles } from "../users/user-store.ts";
import { actingFor } from "../../lib/postgres/db.ts";

export interface FirstAdministrator {
  email: string;
  passwordHash: string;
}

export interface CreatedTenant {
  tenant: Tenant;
  adminUserId: string;
}

/** The settings of a tenant that chooses none. */
export const USUAL_SETTINGS = {
  defaultRegion: "US",
  defaultZone: "America/New_York",
  locale: "en-US",
  linkHost: "",
  accentColor: "",
};

/** Makes a tenant, or gives back the one that the same request made before. */
export function makeTenant(
  db: Database,
  fresh: Omit<NewTenant, "id">,
  administrator: FirstAdministrator,
  now: Date,
): Promise<CreatedTenant> {
  return db.everyTenant().transaction(async (tx) => {
    const tenant = await insertTenant(tx, { ...fresh, id: newId() }, now);
    if (tenant)
      return { tenant, adminUserId: await equip(actingFor(tx, tenant.id), administrator, fresh.requestId, now) };
    const before = fresh.requestId === undefined ? undefined : await tenantOfRequest(tx, fresh.requestId);
    if (before) return before;
    throw tenantSlugTaken(fresh.slug);
  });
}

/** Gives a tenant its built-in roles and its administrator. `platform` makes it the platform's own. */
export async function equip(
  tx: TenantTransaction,
  { email, passwordHash }: FirstAdministrator,
  requestId: string | undefined,
  now: Date,
  { platform = false } = {},
): Promise<string> {
  const keys = (Object.keys(BUILT_IN_ROLES) as BuiltInRoleKey[]).filter(
    (key) => platform || !BUILT_IN_ROLES[key].platform,
  );
  const roles = await insertBuiltInRoles(tx, keys, now);
  const roleId = roles.get(platform ? "platform-administrator" : "administrator") as string;
  const userId = (await insertUser(
    tx,
    { email, displayName: "Administrator", roleIds: [], disabled: false, passwordHash, requestId },
    now,
  )) as string;
  await setUserRoles(tx, userId, [roleId]);
  return userId;
}
