/** SQL of signing in: accounts, sessions, wrong passwords. */
import type { Queryable, TenantQueryable } from "../../lib/postgres/db.ts";
import { emailKey } from "../users/emails.ts";

/** What is needed to sign a person in. */
export interface SignInAccount {
  tenantId: string;
  userId: string;
  passwordHash: string;
}

/** The tenant of a sign-in, and the user if the tenant has one with this email. */
export interface SignInPlace {
  tenantId: string;
  userId: string | undefined;
  /** The account, if it may sign in. */
  account: SignInAccount | undefined;
}

/** Looks up a tenant's slug and an email; undefined without such a tenant. It asks across tenants, since nobody is signed in yet. */
export async function findSignInPlace(
  db: Queryable,
  tenantSlug: string,
  email: string,
): Promise<SignInPlace | undefined> {
  const { rows } = await db.query<{
    tenant_id: string;
    id: string | null;
    password_hash: string;
    is_barred: boolean | null;
  }>(
    {
      name: "find_sign_in_place",
      text: `select t.tenant_id, u.id, u.password_hash, t.suspended or u.disabled as is_barred
               from identity.tenants t left join identity.users u on u.tenant_id = t.tenant_id and u.email_key = $2
              where t.slug = $1`,
    },
    [tenantSlug, emailKey(email)],
  );
  const [row] = rows;
  if (!row) return undefined;
  const { tenant_id: tenantId, id, password_hash: passwordHash, is_barred: isBarred } = row;
  if (id === null) return { tenantId, userId: undefined, account: undefined };
  return { tenantId, userId: id, account: isBarred ? undefined : { tenantId, userId: id, passwordHash } };
}

/** Whose session this is, for the audit trail: undefined if there is no such tenant, without a user if there is no such session. */
export async function findHolder(
  db: TenantQueryable,
  sessionId: string,
): Promise<{ userId: string | undefined } | undefined> {
  const { rows } = await db.query<{ user_id: string | null }>(
    `select s.user_id from identity.tenants t left join identity.sessions s on s.tenant_id = t.tenant_id and s.id = $2
      where t.tenant_id = $1`,
    [db.tenantId, sessionId],
  );
  return rows[0] && { userId: rows[0].user_id ?? undefined };
}

/** Opens a session. If the user then has more than `most`, the oldest end. */
export async function insertSession(
  tx: Queryable,
  session: { tenantId: string; id: string; userId: string; tokenHash: Buffer; expireTime: Date },
  most: number,
  now: Date,
): Promise<void> {
  const { tenantId, id, userId, tokenHash, expireTime } = session;
  await tx.query(
    "insert into identity.sessions (tenant_id, id, user_id, token_hash, create_time, expire_time) values ($1, $2, $3, $4, $5, $6)",
    [tenantId, id, userId, tokenHash, now, expireTime],
  );
  await tx.query(
    `delete from identity.sessions where tenant_id = $1 and id in
       (select id from identity.sessions where tenant_id = $1 and user_id = $2 order by create_time desc, id offset $3)`,
    [tenantId, userId, most],
  );
  await tx.query("update identity.users set last_sign_in_time = $3 where tenant_id = $1 and id = $2", [
    tenantId,
    userId,
    now,
  ]);
}

/** A stolen token is tried soon after. Of older tokens it is enough that they do not work. */
const MOST_FORMER_TOKENS = 20;

/** Exchanges a session's token for its next one; undefined when the token is not the session's current one, or its user may not sign in. */
export async function rotateSession(
  tx: Queryable,
  {
    tenantId,
    id,
    tokenHash,
    nextTokenHash,
    expireTime,
  }: { tenantId: string; id: string; tokenHash: Buffer; nextTokenHash: Buffer; expireTime: Date },
  now: Date,
): Promise<{ userId: string } | undefined> {
  const { rows } = await tx.query<{ user_id: string }>(
    `update identity.sessions s set token_hash = $4, expire_time = $5, former_token_hashes = (array_prepend(s.token_hash, s.former_token_hashes))[1:$7]
       from identity.users u join identity.tenants t using (tenant_id)
      where s.tenant_id = $1 and s.id = $2 and s.token_hash = $3 and s.expire_time > $6
        and u.tenant_id = $1 and u.id = s.user_id and not u.disabled and not t.suspended
     returning s.user_id`,
    [tenantId, id, tokenHash, nextTokenHash, expireTime, now, MOST_FORMER_TOKENS],
  );
  return rows[0] && { userId: rows[0].user_id };
}

/** Ends the session that has or had this token and gives its user; undefined when there is none. The id alone is not enough: every access token contains it. */
export async function deleteSession(
  db: TenantQueryable,
  sessionId: string,
  tokenHash: Buffer,
): Promise<string | undefined> {
  const { rows } = await db.query<{ user_id: string }>(
    `delete from identity.sessions where tenant_id = $1 and id = $2 and (token_hash = $3 or $3 = any(former_token_hashes))
     returning user_id`,
    [db.tenantId, sessionId, tokenHash],
  );
  return rows[0]?.user_id;
}

/** Ends every session of a user. */
export async function deleteSessionsOfUser(tx: TenantQueryable, userId: string): Promise<void> {
  await tx.query("delete from identity.sessions where tenant_id = $1 and user_id = $2", [tx.tenantId, userId]);
}

/** Removes up to `limit` expired rows of each kind; returns whether there may be more. */
export async function sweepExpired(db: Queryable, now: Date, limit: number): Promise<boolean> {
  const sessions = await db.query(
    `delete from identity.sessions where (tenant_id, id) in
       (select tenant_id, id from identity.sessions where expire_time <= $1 limit $2)`,
    [now, limit],
  );
  const tries = await db.query(
    "delete from identity.sign_in_failures where account in (select account from identity.sign_in_failures where window_end_time <= $1 limit $2)",
    [now, limit],
  );
  return sessions.rowCount === limit || tries.rowCount === limit;
}
