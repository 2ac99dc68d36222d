/** SQL of the signing keys, which belong to the platform and to no tenant. */
import type { JWK } from "jose";
import type { Queryable, Transaction } from "../../lib/postgres/db.ts";
import type { StoredKey } from "./signing-keys.ts";

interface KeyRow {
  id: string;
  public_key: JWK;
  sealed_private_key: Buffer;
  create_time: Date;
  use_time: Date;
}

/** All keys, oldest first. */
export async function listSigningKeys(db: Queryable): Promise<StoredKey[]> {
  const { rows } = await db.query<KeyRow>(
    "select id, public_key, sealed_private_key, create_time, use_time from identity.signing_keys order by use_time, id",
  );
  return rows.map((row) => ({
    id: row.id,
    publicKey: row.public_key,
    sealedPrivateKey: row.sealed_private_key,
    createTime: row.create_time,
    useTime: row.use_time,
  }));
}

/** Lets one process at a time plan and make keys. The others wait, and then see its keys. */
export const lockSigningKeys = (tx: Transaction) =>
  tx.query("select pg_advisory_xact_lock(hashtextextended('herald identity signing keys', 0))");

export async function insertSigningKey(tx: Transaction, key: StoredKey): Promise<void> {
  await tx.query(
    "insert into identity.signing_keys (id, public_key, sealed_private_key, create_time, use_time) values ($1, $2, $3, $4, $5)",
    [key.id, JSON.stringify(key.publicKey), key.sealedPrivateKey, key.createTime, key.useTime],
  );
}

export async function deleteSigningKeys(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.query("delete from identity.signing_keys where id = any($1)", [ids]);
}
