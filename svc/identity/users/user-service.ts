/** The RPCs of UserService. */
import type { User } from "../../../gen/herald/identity/v1/user.ts";
import type { CreateUserRequest, UserServiceImplementation } from "../../../gen/herald/identity/v1/user_service.ts";
import type { Ctx, Handlers } from "../../lib/rpc/context.ts";
import type { Database, TenantTransaction } from "../../lib/postgres/db.ts";
import { readEtag } from "../../lib/request/etag.ts";
import { isUniqueViolation } from "../../lib/errors/faults.ts";
import { readId, readOptionalId } from "../../lib/request/ids.ts";
import { masked } from "../../lib/request/mask.ts";
import { readPage } from "../../lib/request/page.ts";
import type { Now } from "../../lib/async/time.ts";
import { Checks } from "../../lib/request/validate.ts";
import { refuseLastAdministratorGone, refuseRolesBeyondCaller, refuseUserBeyondCaller } from "../roles/access.ts";
import { checkPassword } from "../tenants/checks.ts";
import { checkEmail } from "./emails.ts";
import { userChanged, userEmailTaken, userNotFound } from "../errors.ts";
import type { Passwords } from "../sign-in/passwords.ts";
import { deleteSessionsOfUser } from "../sign-in/session-store.ts";
import { deleteDevicesOfUser } from "../sign-in/sign-in-store.ts";
import { lockTenant } from "../tenants/tenant-store.ts";
import {
  deleteUser,
  getUser,
  insertUser,
  listUsers,
  type NewUser,
  setUserRoles,
  updateUser,
  userIdOfRequest,
} from "./user-store.ts";

interface Deps {
  db: Database;
  passwords: Passwords;
  now: Now;
}

type UserFields = Pick<User, "email" | "displayName" | "roleIds" | "disabled">;

const MOST_ROLES = 50;

export const userService = ({ db, passwords, now }: Deps): Handlers<UserServiceImplementation> => ({
  async createUser(req, ctx) {
    const { fields, requestId } = readNewUser(req);
    const passwordHash = await passwords.hash(req.password, ctx.tenantId);
    const user = await db.transaction(ctx.tenantId, async (tx) => {
      await refuseRolesBeyondCaller(tx, ctx, fields.roleIds);
      return makeUser(tx, { ...fields, passwordHash, requestId }, now());
    });
    return { user };
  },

  async getUser(req, ctx) {
    const userId = readId(req.userId, "user_id");
    return { user: await getUser(db.tenant(ctx.tenantId), userId) };
  },

  async listUsers(req, ctx) {
    const page = readPage(req, { usual: 50, most: 500 });
    const { items, nextPageToken } = await listUsers(db.tenant(ctx.tenantId), req.query.trim(), page);
    return { users: items, nextPageToken };
  },

  async updateUser(req, ctx) {
    const { etag, set } = masked(req.user, req.updateMask, ["email", "displayName", "roleIds", "disabled"]);
    const userId = readId(req.user?.id, "user.id");
    const fields = readFields(set);
    const version = readEtag(etag, "user.etag");
    const user = await db
      .transaction(ctx.tenantId, (tx) => changeUser(tx, ctx, userId, version, fields, now()))
      .catch((error: unknown) => {
        throw isUniqueViolation(error, "users_email") ? userEmailTaken() : error;
      });
    return { user };
  },

  async setPassword(req, ctx) {
    const userId = readId(req.userId, "user_id");
    const check = new Checks();
    checkPassword(check, "password", req.password);
    check.done();
    const passwordHash = await passwords.hash(req.password, ctx.tenantId);
    await db.transaction(ctx.tenantId, async (tx) => {
      await refuseUserBeyondCaller(tx, ctx, userId);
      if (!(await updateUser(tx, userId, undefined, { passwordHash }, now()))) throw userNotFound(userId);
      await deleteSessionsOfUser(tx, userId);
      await deleteDevicesOfUser(tx, userId);
    });
    return {};
  },

  async deleteUser(req, ctx) {
    const userId = readId(req.userId, "user_id");
    await db.transaction(ctx.tenantId, async (tx) => {
      await lockTenant(tx);
      await refuseUserBeyondCaller(tx, ctx, userId);
      if (!(await deleteUser(tx, userId))) throw userNotFound(userId);
      await refuseLastAdministratorGone(tx);
    });
    return {};
  },
});

/** Makes a user with roles, or gives back the one that the same request made before. */
async function makeUser(tx: TenantTransaction, fresh: NewUser, now: Date): Promise<User> {
  const made = await insertUser(tx, fresh, now);
  if (made) await setUserRoles(tx, made, fresh.roleIds);
  const userId = made ?? (fresh.requestId && (await userIdOfRequest(tx, fresh.requestId)));
  if (!userId) throw userEmailTaken();
  return getUser(tx, userId);
}

async function changeUser(
  tx: TenantTransaction,
  ctx: Ctx,
  userId: string,
  version: number | undefined,
  fields: Partial<UserFields>,
  now: Date,
): Promise<User> {
  const { roleIds, ...columns } = fields;
  await lockTenant(tx);
  await getUser(tx, userId);
  await refuseUserBeyondCaller(tx, ctx, userId);
  if (roleIds) await refuseRolesBeyondCaller(tx, ctx, roleIds);
  if (!(await updateUser(tx, userId, version, columns, now))) throw userChanged(userId);
  if (roleIds) await setUserRoles(tx, userId, roleIds);
  if (fields.disabled) await deleteSessionsOfUser(tx, userId);
  await refuseLastAdministratorGone(tx);
  return getUser(tx, userId);
}

function readNewUser(req: CreateUserRequest): { fields: UserFields; requestId: string | undefined } {
  const check = new Checks();
  const { email = "", displayName = "", roleIds = [], disabled = false } = req.user ?? {};
  const fields = checkFields(check, { email, displayName: displayName || email, roleIds, disabled }) as UserFields;
  checkPassword(check, "password", req.password);
  check.done();
  return { fields, requestId: readOptionalId(req.requestId, "request_id") };
}

function readFields(set: Partial<UserFields>): Partial<UserFields> {
  const check = new Checks();
  check.that(
    Object.keys(set).length > 0,
    "user",
    "Nothing to change: give at least one of email, display_name, role_ids, disabled.",
  );
  const fields = checkFields(check, set);
  check.done();
  return fields;
}

/** Checks those fields that are given. */
function checkFields(check: Checks, set: Partial<UserFields>): Partial<UserFields> {
  const fields = { ...set };
  if (set.email !== undefined) fields.email = checkEmail(check, "user.email", set.email);
  if (set.displayName !== undefined)
    fields.displayName = check.name("user.display_name", set.displayName, { most: 120 });
  if (set.roleIds !== undefined) {
    fields.roleIds = [...new Set(set.roleIds)].map((id, i) => check.id(`user.role_ids[${i}]`, id));
    check.count("user.role_ids", fields.roleIds, { least: 1, most: MOST_ROLES });
  }
  return fields;
}
