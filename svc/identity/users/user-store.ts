/** SQL of users. */
import type { User } from "../../../gen/herald/identity/v1/user.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { etagOf } from "../../lib/request/etag.ts";
import { newId } from "../../lib/request/ids.ts";
import { assignments } from "../../lib/request/mask.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import { emailKey } from "./emails.ts";
import { userNotFound } from "../errors.ts";

export interface NewUser {
  email: string;
  displayName: string;
  roleIds: readonly string[];
  disabled: boolean;
  passwordHash: string;
  requestId: string | undefined;
}

interface UserRow {
  id: string;
  email: string;
  display_name: string;
  role_ids: string[];
  disabled: boolean;
  create_time: Date;
  update_time: Date;
  last_sign_in_time: Date | null;
  version: number;
}

const COLUMNS = `id, email, display_name, disabled, create_time, update_time, last_sign_in_time, version,
  array(select role_id::text from identity.user_roles r where r.tenant_id = users.tenant_id and r.user_id = users.id order by role_id) as role_ids`;

/** Throws NOT_FOUND. */
export async function getUser(db: TenantQueryable, userId: string): Promise<User> {
  const { rows } = await db.query<UserRow>(`select ${COLUMNS} from identity.users where tenant_id = $1 and id = $2`, [
    db.tenantId,
    userId,
  ]);
  if (!rows[0]) throw userNotFound(userId);
  return toUser(rows[0]);
}

/** Newest first; `query` is part of the email or name, without case. */
export async function listUsers(
  db: TenantQueryable,
  query: string,
  page: Page,
): Promise<{ items: User[]; nextPageToken: string }> {
  const [after = null] = page.after ?? [];
  const { rows } = await db.query<UserRow>(
    `select ${COLUMNS} from identity.users
      where tenant_id = $1 and ($2::uuid is null or id < $2)
        and ($3 = '' or strpos(email_key, $3) > 0 or strpos(lower(display_name), lower($3)) > 0)
      order by id desc limit $4`,
    [db.tenantId, after, emailKey(query), page.limit],
  );
  return pageOf(page, rows, (row) => [row.id], toUser);
}

/** Makes a user without roles; returns its id, or undefined when the email is taken or the same request made the user before. */
export async function insertUser(tx: TenantQueryable, user: NewUser, now: Date): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into identity.users (tenant_id, id, email, email_key, display_name, disabled, password_hash, request_id, create_time, update_time)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) on conflict do nothing returning id`,
    [
      tx.tenantId,
      newId(),
      user.email,
      emailKey(user.email),
      user.displayName,
      user.disabled,
      user.passwordHash,
      user.requestId,
      now,
    ],
  );
  return rows[0]?.id;
}

export async function userIdOfRequest(db: TenantQueryable, requestId: string): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>(
    "select id from identity.users where tenant_id = $1 and request_id = $2",
    [db.tenantId, requestId],
  );
  return rows[0]?.id;
}

/** Makes `roleIds` the roles of a user. */
export async function setUserRoles(tx: TenantQueryable, userId: string, roleIds: readonly string[]): Promise<void> {
  await tx.query(
    "delete from identity.user_roles where tenant_id = $1 and user_id = $2 and role_id <> all($3::uuid[])",
    [tx.tenantId, userId, roleIds],
  );
  await tx.query(
    "insert into identity.user_roles (tenant_id, user_id, role_id) select $1, $2, unnest($3::uuid[]) on conflict do nothing",
    [tx.tenantId, userId, roleIds],
  );
}

/** Changes a user's row; false when `version` is given and is no longer the row's. */
export async function updateUser(
  tx: TenantQueryable,
  userId: string,
  version: number | undefined,
  set: Partial<Pick<User, "email" | "displayName" | "disabled">> & { passwordHash?: string },
  now: Date,
): Promise<boolean> {
  const key = set.email === undefined ? {} : { emailKey: emailKey(set.email) };
  const changed = assignments({ ...set, ...key, updateTime: now }, 4);
  const { rowCount } = await tx.query(
    `update identity.users set ${changed.sql}, version = version + 1
      where tenant_id = $1 and id = $2 and ($3::integer is null or version = $3)`,
    [tx.tenantId, userId, version, ...changed.values],
  );
  return rowCount === 1;
}

export async function deleteUser(tx: TenantQueryable, userId: string): Promise<boolean> {
  const { rowCount } = await tx.query("delete from identity.users where tenant_id = $1 and id = $2", [
    tx.tenantId,
    userId,
  ]);
  return rowCount === 1;
}

const toUser = (row: UserRow): User => ({
  id: row.id,
  email: row.email,
  displayName: row.display_name,
  roleIds: row.role_ids,
  disabled: row.disabled,
  createTime: row.create_time,
  updateTime: row.update_time,
  lastSignInTime: row.last_sign_in_time ?? undefined,
  etag: etagOf(row.version),
});
