/** SQL of roles, and of who holds them. */
import type { Role } from "../../../gen/herald/identity/v1/role.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { etagOf } from "../../lib/request/etag.ts";
import { newId } from "../../lib/request/ids.ts";
import { assignments } from "../../lib/request/mask.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import { BUILT_IN_ROLES, type BuiltInRoleKey, permissionsOfRole } from "./permissions.ts";
import { roleNotFound } from "../errors.ts";

/** What a role allows, before it is expanded. */
export interface RoleGrant {
  builtIn: string | null;
  permissions: readonly string[];
}

interface RoleRow {
  id: string;
  name: string;
  description: string;
  permissions: string[];
  built_in: string | null;
  create_time: Date;
  version: number;
}

const COLUMNS = "id, name, description, permissions, built_in, create_time, version";

/** Throws NOT_FOUND. */
export async function getRole(db: TenantQueryable, roleId: string): Promise<Role> {
  const { rows } = await db.query<RoleRow>(`select ${COLUMNS} from identity.roles where tenant_id = $1 and id = $2`, [
    db.tenantId,
    roleId,
  ]);
  if (!rows[0]) throw roleNotFound(roleId);
  return toRole(rows[0]);
}

/** Oldest first. */
export async function listRoles(db: TenantQueryable, page: Page): Promise<{ items: Role[]; nextPageToken: string }> {
  const [after = null] = page.after ?? [];
  const { rows } = await db.query<RoleRow>(
    `select ${COLUMNS} from identity.roles where tenant_id = $1 and ($2::uuid is null or id > $2) order by id limit $3`,
    [db.tenantId, after, page.limit],
  );
  return pageOf(page, rows, (row) => [row.id], toRole);
}

/** Makes a role; undefined when its name is taken or the same request made it before. */
export async function insertRole(
  tx: TenantQueryable,
  role: Pick<Role, "name" | "description" | "permissions"> & { requestId: string | undefined },
  now: Date,
): Promise<Role | undefined> {
  const { rows } = await tx.query<RoleRow>(
    `insert into identity.roles (tenant_id, id, name, description, permissions, request_id, create_time)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning ${COLUMNS}`,
    [tx.tenantId, newId(), role.name, role.description, role.permissions, role.requestId, now],
  );
  return rows[0] && toRole(rows[0]);
}

export async function roleOfRequest(db: TenantQueryable, requestId: string): Promise<Role | undefined> {
  const { rows } = await db.query<RoleRow>(
    `select ${COLUMNS} from identity.roles where tenant_id = $1 and request_id = $2`,
    [db.tenantId, requestId],
  );
  return rows[0] && toRole(rows[0]);
}

/** Gives a new tenant its built-in roles; returns their ids. */
export async function insertBuiltInRoles(
  tx: TenantQueryable,
  keys: readonly BuiltInRoleKey[],
  now: Date,
): Promise<Map<BuiltInRoleKey, string>> {
  const made = keys.map((key) => ({ key, id: newId(), ...BUILT_IN_ROLES[key] }));
  await tx.query(
    `insert into identity.roles (tenant_id, id, built_in, name, description, permissions, create_time)
     select $1, id, built_in, name, description, '{}', $6 from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as new (id, built_in, name, description)`,
    [
      tx.tenantId,
      made.map((role) => role.id),
      made.map((role) => role.key),
      made.map((role) => role.name),
      made.map((role) => role.description),
      now,
    ],
  );
  return new Map(made.map((role) => [role.key, role.id]));
}

/** Changes a role; undefined when `version` is given and is no longer the row's. */
export async function updateRole(
  tx: TenantQueryable,
  roleId: string,
  version: number | undefined,
  set: Partial<Pick<Role, "name" | "description" | "permissions">>,
): Promise<Role | undefined> {
  const changed = assignments(set, 4);
  const { rows } = await tx.query<RoleRow>(
    `update identity.roles set ${[changed.sql, "version = version + 1"].filter(Boolean).join(", ")}
      where tenant_id = $1 and id = $2 and ($3::integer is null or version = $3) returning ${COLUMNS}`,
    [tx.tenantId, roleId, version, ...changed.values],
  );
  return rows[0] && toRole(rows[0]);
}

export async function deleteRole(tx: TenantQueryable, roleId: string): Promise<void> {
  await tx.query("delete from identity.roles where tenant_id = $1 and id = $2", [tx.tenantId, roleId]);
}

/** The roles with these ids, locked until the transaction ends, so that none is deleted while it is given to somebody. */
export async function holdRoles(
  tx: TenantQueryable,
  roleIds: readonly string[],
): Promise<(RoleGrant & { id: string })[]> {
  const { rows } = await tx.query<RoleRow>(
    `select ${COLUMNS} from identity.roles where tenant_id = $1 and id = any($2::uuid[]) order by id for key share`,
    [tx.tenantId, roleIds],
  );
  return rows.map(toGrant);
}

/** The roles of one user. */
export async function rolesOfUser(db: TenantQueryable, userId: string): Promise<RoleGrant[]> {
  const { rows } = await db.query<RoleRow>(
    `select ${COLUMNS} from identity.roles where tenant_id = $1 and id in (select role_id from identity.user_roles where tenant_id = $1 and user_id = $2)`,
    [db.tenantId, userId],
  );
  return rows.map(toGrant);
}

/** The roles of one API key. */
export async function rolesOfApiKey(db: TenantQueryable, apiKeyId: string): Promise<RoleGrant[]> {
  const { rows } = await db.query<RoleRow>(
    `select ${COLUMNS} from identity.roles where tenant_id = $1 and id in (select role_id from identity.api_key_roles where tenant_id = $1 and api_key_id = $2)`,
    [db.tenantId, apiKeyId],
  );
  return rows.map(toGrant);
}

/** The roles that at least one enabled user holds: among them must be one of an administrator. */
export async function rolesInForce(tx: TenantQueryable): Promise<RoleGrant[]> {
  const { rows } = await tx.query<RoleRow>(
    `select ${COLUMNS} from identity.roles where tenant_id = $1
        and id in (select role_id from identity.user_roles join identity.users u on u.tenant_id = $1 and u.id = user_id
                    where user_roles.tenant_id = $1 and not u.disabled)`,
    [tx.tenantId],
  );
  return rows.map(toGrant);
}

const toGrant = ({ id, built_in: builtIn, permissions }: RoleRow) => ({ id, builtIn, permissions });

const toRole = (row: RoleRow): Role => ({
  id: row.id,
  name: row.name,
  description: builtInOf(row)?.description ?? row.description,
  permissions: [...permissionsOfRole(toGrant(row))],
  builtIn: row.built_in !== null,
  createTime: row.create_time,
  etag: etagOf(row.version),
});

const builtInOf = (row: RoleRow) =>
  row.built_in === null ? undefined : BUILT_IN_ROLES[row.built_in as BuiltInRoleKey];
