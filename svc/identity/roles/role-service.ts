/** The RPCs of RoleService. */
import type { RoleServiceImplementation } from "../../../gen/herald/identity/v1/role_service.ts";
import type { Role } from "../../../gen/herald/identity/v1/role.ts";
import type { Handlers } from "../../lib/rpc/context.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { readEtag } from "../../lib/request/etag.ts";
import { isForeignKeyViolation, isUniqueViolation } from "../../lib/errors/faults.ts";
import { readId, readOptionalId } from "../../lib/request/ids.ts";
import { masked } from "../../lib/request/mask.ts";
import { readPage } from "../../lib/request/page.ts";
import type { Now } from "../../lib/async/time.ts";
import { Checks } from "../../lib/request/validate.ts";
import { refuseLastAdministratorGone, refuseMoreThanHeld } from "./access.ts";
import { roleBuiltIn, roleChanged, roleInUse, roleNameTaken } from "../errors.ts";
import { canBeGranted, grantablePermissions } from "./permissions.ts";
import { deleteRole, getRole, insertRole, listRoles, roleOfRequest, updateRole } from "./role-store.ts";
import { lockTenant } from "../tenants/tenant-store.ts";

interface Deps {
  db: Database;
  now: Now;
}

type RoleFields = Pick<Role, "name" | "description" | "permissions">;

const MOST_PERMISSIONS = 200;

export const roleService = ({ db, now }: Deps): Handlers<RoleServiceImplementation> => ({
  async createRole(req, ctx) {
    const { name = "", description = "", permissions = [] } = req.role ?? {};
    const fields = readFields({ name, description, permissions }) as RoleFields;
    const requestId = readOptionalId(req.requestId, "request_id");
    refuseMoreThanHeld(ctx.caller, [{ builtIn: null, permissions: fields.permissions }]);
    const scope = db.tenant(ctx.tenantId);
    const made = await insertRole(scope, { ...fields, requestId }, now());
    const role = made ?? (requestId && (await roleOfRequest(scope, requestId)));
    if (!role) throw roleNameTaken(fields.name);
    return { role };
  },

  async getRole(req, ctx) {
    const roleId = readId(req.roleId, "role_id");
    return { role: await getRole(db.tenant(ctx.tenantId), roleId) };
  },

  async listRoles(req, ctx) {
    const { items, nextPageToken } = await listRoles(db.tenant(ctx.tenantId), readPage(req, { usual: 50, most: 500 }));
    return { roles: items, nextPageToken };
  },

  async updateRole(req, ctx) {
    const { etag, set } = masked(req.role, req.updateMask, ["name", "description", "permissions"]);
    const roleId = readId(req.role?.id, "role.id");
    const fields = readFields(set);
    const version = readEtag(etag, "role.etag");
    const role = await db
      .transaction(ctx.tenantId, async (tx) => {
        await lockTenant(tx);
        const before = await getRole(tx, roleId);
        if (before.builtIn) throw roleBuiltIn(roleId);
        refuseMoreThanHeld(
          ctx.caller,
          [before, fields].map(({ permissions = [] }) => ({ builtIn: null, permissions })),
        );
        const changed = await updateRole(tx, roleId, version, fields);
        if (!changed) throw roleChanged(roleId);
        await refuseLastAdministratorGone(tx);
        return changed;
      })
      .catch(meaning("roles_name", () => roleNameTaken(fields.name ?? "")));
    return { role };
  },

  async deleteRole(req, ctx) {
    const roleId = readId(req.roleId, "role_id");
    await db
      .transaction(ctx.tenantId, async (tx) => {
        const role = await getRole(tx, roleId);
        if (role.builtIn) throw roleBuiltIn(roleId);
        await deleteRole(tx, roleId);
      })
      .catch((error: unknown) => {
        throw isForeignKeyViolation(error) ? roleInUse(roleId) : error;
      });
    return {};
  },

  async listPermissions() {
    return { permissions: grantablePermissions() };
  },
});

/** Turns the violation of a unique key into the error that the caller gets. */
const meaning =
  (constraint: string, refusal: () => Error) =>
  (error: unknown): never => {
    throw isUniqueViolation(error, constraint) ? refusal() : error;
  };

/** Checks those fields that are given. */
function readFields(set: Partial<RoleFields>): Partial<RoleFields> {
  const check = new Checks();
  const fields = { ...set };
  check.that(
    Object.keys(set).length > 0,
    "role",
    "Nothing to change: give at least one of name, description, permissions.",
  );
  if (set.name !== undefined) fields.name = check.name("role.name", set.name, { most: 80 });
  if (set.description !== undefined)
    fields.description = check.text("role.description", set.description, { least: 0, most: 500, lines: true });
  if (set.permissions !== undefined) {
    fields.permissions = [...new Set(set.permissions)].sort();
    check.count("role.permissions", fields.permissions, { least: 1, most: MOST_PERMISSIONS });
    const unknown = fields.permissions.filter((permission) => !canBeGranted(permission));
    check.that(
      unknown.length === 0,
      "role.permissions",
      `${unknown
        .slice(0, 5)
        .map((name) => JSON.stringify(name.slice(0, 60)))
        .join(", ")}: no role can hold this. ListPermissions says which there are; "*" means all.`,
    );
  }
  check.done();
  return fields;
}
