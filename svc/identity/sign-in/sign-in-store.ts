/** SQL of tries of passwords and of known devices. */
import type { Queryable, TenantQueryable, Transaction } from "../../lib/postgres/db.ts";
import { type PacedKey, waitAfter } from "./sign-in-pace.ts";

interface TriesRow {
  account: Buffer;
  failures: number;
  next_time: Date | number;
  window_end_time: Date;
}

/**
 * Counts a try before its password is checked, so that simultaneous tries count one after the other. If it comes too early, gives the
 * wait in milliseconds; such a try is not counted, or nobody could ever sign in again.
 */
export async function admitTry(tx: Transaction, keys: readonly PacedKey[], now: Date, keptMs: number): Promise<number> {
  const ids = keys.map(({ key }) => key);
  // A try that has to wait leaves no row: with a new account name each time it would fill the table.
  const early = await tx.query<{ next_time: Date }>(
    "select next_time from identity.sign_in_failures where account = any($1::bytea[]) and next_time > $2",
    [ids, now],
  );
  if (early.rowCount > 0) return Math.max(...early.rows.map(({ next_time: next }) => Number(next) - now.getTime()));
  const end = new Date(now.getTime() + keptMs);
  await tx.query(
    `insert into identity.sign_in_failures (account, failures, window_end_time)
     select id, 0, $2 from unnest($1::bytea[]) as id order by id on conflict do nothing`,
    [ids, end],
  );
  const { rows } = await tx.query<TriesRow>(
    `select account, failures, next_time, window_end_time from identity.sign_in_failures
      where account = any($1::bytea[]) order by account for update`,
    [ids],
  );
  const waitMs = Math.max(0, ...rows.map(({ next_time: next }) => Number(next) - now.getTime()));
  if (waitMs > 0) return waitMs;
  const tries = keys.map(({ key, pace }) => {
    const row = rows.find(({ account }) => account.equals(key));
    const count = row && row.window_end_time > now ? Math.min(row.failures, 1_000_000) + 1 : 1;
    return { key, count, next: new Date(now.getTime() + waitAfter(count, pace)) };
  });
  await tx.query(
    `update identity.sign_in_failures f set failures = t.count, next_time = t.next, window_end_time = $4
       from unnest($1::bytea[], $2::integer[], $3::timestamptz[]) as t (account, count, next) where f.account = t.account`,
    [tries.map(({ key }) => key), tries.map(({ count }) => count), tries.map(({ next }) => next), end],
  );
  return 0;
}

/** After a right password, takes this try back and forgets those of the account. `shared` are keys for which others are counted too. */
export async function forgetTries(db: Queryable, own: readonly Buffer[], shared: readonly Buffer[]): Promise<void> {
  await db.query("delete from identity.sign_in_failures where account = any($1::bytea[])", [own]);
  await db.query(
    "update identity.sign_in_failures set failures = greatest(0, failures - 1), next_time = '-infinity' where account = any($1::bytea[])",
    [shared],
  );
}

/** Notes a wrong password, so that the user can be told. Without a user it does the same work for nobody. */
export async function noteRefusal(db: TenantQueryable, userId: string | undefined, now: Date): Promise<void> {
  await db.query(
    `update identity.users set refused_sign_ins = least(refused_sign_ins, 1000000) + 1, last_refused_sign_in_time = $3
      where tenant_id = $1 and id = $2`,
    [db.tenantId, userId ?? null, now],
  );
}

/** How many tries were refused since the last sign-in. Sets the count back to zero. */
export async function takeRefusals(
  tx: TenantQueryable,
  userId: string,
): Promise<{ refusedSignIns: number; lastRefusedSignInTime: Date | undefined }> {
  const { rows } = await tx.query<{ refused_sign_ins: number; last_refused_sign_in_time: Date | null }>(
    `with before as (select refused_sign_ins, last_refused_sign_in_time from identity.users where tenant_id = $1 and id = $2 for update)
     update identity.users set refused_sign_ins = 0 from before
      where tenant_id = $1 and id = $2 returning before.refused_sign_ins, before.last_refused_sign_in_time`,
    [tx.tenantId, userId],
  );
  const { refused_sign_ins: refusedSignIns = 0, last_refused_sign_in_time: last } = rows[0] ?? {};
  return { refusedSignIns, lastRefusedSignInTime: refusedSignIns > 0 ? (last ?? undefined) : undefined };
}

/** The user whose device has this secret. */
export async function userOfDevice(
  db: TenantQueryable,
  deviceId: string,
  secretHash: Buffer,
): Promise<string | undefined> {
  const { rows } = await db.query<{ user_id: string }>(
    "select user_id from identity.devices where tenant_id = $1 and id = $2 and secret_hash = $3",
    [db.tenantId, deviceId, secretHash],
  );
  return rows[0]?.user_id;
}

/** Notes that a device was used now. Keeps only the `most` devices of a user that were used last. */
export async function keepDevice(
  tx: Queryable,
  device: { tenantId: string; id: string; userId: string; secretHash: Buffer },
  most: number,
  now: Date,
): Promise<void> {
  const { tenantId, id, userId, secretHash } = device;
  await tx.query(
    `insert into identity.devices (tenant_id, id, user_id, secret_hash, last_use_time) values ($1, $2, $3, $4, $5)
     on conflict (tenant_id, id) do update set last_use_time = excluded.last_use_time`,
    [tenantId, id, userId, secretHash, now],
  );
  await tx.query(
    `delete from identity.devices where tenant_id = $1 and id in
       (select id from identity.devices where tenant_id = $1 and user_id = $2 order by last_use_time desc, id offset $3)`,
    [tenantId, userId, most],
  );
}

/** Forgets the devices of a user, after somebody else set the password. */
export async function deleteDevicesOfUser(tx: TenantQueryable, userId: string): Promise<void> {
  await tx.query("delete from identity.devices where tenant_id = $1 and user_id = $2", [tx.tenantId, userId]);
}
