/** SQL of the providers' passwords and keys, which are sealed before they get here. */
import type { Queryable, TenantQueryable } from "../../lib/postgres/db.ts";
import type { SealedSecret } from "../../lib/secrets/secret-box.ts";

/** A sealed secret, and where it belongs. */
export interface StoredSecret extends SealedSecret {
  tenantId: string;
  providerId: string;
  field: string;
}

interface SecretRow {
  tenant_id: string;
  provider_id: string;
  field: string;
  key_id: string;
  sealed: Buffer;
}

const toSecret = (row: SecretRow): StoredSecret => ({
  tenantId: row.tenant_id,
  providerId: row.provider_id,
  field: row.field,
  keyId: row.key_id,
  sealed: row.sealed,
});

export async function putSecret(
  tx: TenantQueryable,
  providerId: string,
  field: string,
  { keyId, sealed }: SealedSecret,
  now: Date,
): Promise<void> {
  await tx.query(
    `insert into dial.provider_secrets (tenant_id, provider_id, field, key_id, sealed, set_time) values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant_id, provider_id, field) do update set key_id = excluded.key_id, sealed = excluded.sealed, set_time = excluded.set_time`,
    [tx.tenantId, providerId, field, keyId, sealed, now],
  );
}

export async function removeSecrets(tx: TenantQueryable, providerId: string): Promise<void> {
  await tx.query("delete from dial.provider_secrets where tenant_id = $1 and provider_id = $2", [
    tx.tenantId,
    providerId,
  ]);
}

export async function findSecret(
  db: TenantQueryable,
  providerId: string,
  field: string,
): Promise<SealedSecret | undefined> {
  const { rows } = await db.query<SecretRow>(
    "select * from dial.provider_secrets where tenant_id = $1 and provider_id = $2 and field = $3",
    [db.tenantId, providerId, field],
  );
  return rows[0] && toSecret(rows[0]);
}

/** Secrets of all tenants that another key than `keyId` has sealed, after one of them in the order of their keys. */
export async function findSealedOtherwise(
  db: Queryable,
  keyId: string,
  after: StoredSecret | undefined,
  limit: number,
): Promise<StoredSecret[]> {
  const { rows } = await db.query<SecretRow>(
    `select * from dial.provider_secrets
      where key_id <> $1 and ($2::uuid is null or (tenant_id, provider_id, field) > ($2, $3::uuid, $4::text))
      order by tenant_id, provider_id, field limit $5`,
    [keyId, after?.tenantId ?? null, after?.providerId ?? null, after?.field ?? null, limit],
  );
  return rows.map(toSecret);
}

/** Replaces a sealed secret, unless somebody has changed it meanwhile. Since when it is set stays. Gives whether it was replaced. */
export async function replaceSecret(db: Queryable, before: StoredSecret, after: SealedSecret): Promise<boolean> {
  const { rowCount } = await db.query(
    `update dial.provider_secrets set key_id = $5, sealed = $6
      where tenant_id = $1 and provider_id = $2 and field = $3 and sealed = $4`,
    [before.tenantId, before.providerId, before.field, before.sealed, after.keyId, after.sealed],
  );
  return rowCount === 1;
}
