/** SQL of API keys. */
import type { ApiKey } from "../../../gen/herald/identity/v1/api_key.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { type Page, pageOf } from "../../lib/request/page.ts";
import { apiKeyNotFound } from "../errors.ts";

export interface NewApiKey {
  id: string;
  name: string;
  roleIds: readonly string[];
  expireTime: Date | undefined;
  secretHash: Buffer;
}

/** What is needed to sign a program in. */
export interface ApiKeyProof {
  secretHash: Buffer;
  expireTime: Date | null;
  tenantSuspended: boolean;
}

interface ApiKeyRow {
  id: string;
  name: string;
  role_ids: string[];
  expire_time: Date | null;
  create_time: Date;
  last_use_time: Date | null;
}

const COLUMNS = `id, name, expire_time, create_time, last_use_time,
  array(select role_id::text from identity.api_key_roles r where r.tenant_id = api_keys.tenant_id and r.api_key_id = api_keys.id order by role_id) as role_ids`;

/** Throws NOT_FOUND. */
export async function getApiKey(db: TenantQueryable, apiKeyId: string): Promise<ApiKey> {
  const { rows } = await db.query<ApiKeyRow>(
    `select ${COLUMNS} from identity.api_keys where tenant_id = $1 and id = $2`,
    [db.tenantId, apiKeyId],
  );
  if (!rows[0]) throw apiKeyNotFound(apiKeyId);
  return toApiKey(rows[0]);
}

/** Newest first. */
export async function listApiKeys(
  db: TenantQueryable,
  page: Page,
): Promise<{ items: ApiKey[]; nextPageToken: string }> {
  const [after = null] = page.after ?? [];
  const { rows } = await db.query<ApiKeyRow>(
    `select ${COLUMNS} from identity.api_keys where tenant_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [db.tenantId, after, page.limit],
  );
  return pageOf(page, rows, (row) => [row.id], toApiKey);
}

export async function insertApiKey(tx: TenantQueryable, key: NewApiKey, now: Date): Promise<void> {
  await tx.query(
    "insert into identity.api_keys (tenant_id, id, name, secret_hash, expire_time, create_time) values ($1, $2, $3, $4, $5, $6)",
    [tx.tenantId, key.id, key.name, key.secretHash, key.expireTime, now],
  );
  await tx.query(
    "insert into identity.api_key_roles (tenant_id, api_key_id, role_id) select $1, $2, unnest($3::uuid[])",
    [tx.tenantId, key.id, key.roleIds],
  );
}

export async function deleteApiKey(db: TenantQueryable, apiKeyId: string): Promise<boolean> {
  const { rowCount } = await db.query("delete from identity.api_keys where tenant_id = $1 and id = $2", [
    db.tenantId,
    apiKeyId,
  ]);
  return rowCount === 1;
}

export async function getApiKeyProof(db: TenantQueryable, apiKeyId: string): Promise<ApiKeyProof | undefined> {
  const { rows } = await db.query<{ secret_hash: Buffer; expire_time: Date | null; suspended: boolean }>(
    {
      name: "api_key_proof",
      text: `select secret_hash, expire_time, suspended from identity.api_keys join identity.tenants using (tenant_id)
              where tenant_id = $1 and id = $2`,
    },
    [db.tenantId, apiKeyId],
  );
  return (
    rows[0] && { secretHash: rows[0].secret_hash, expireTime: rows[0].expire_time, tenantSuspended: rows[0].suspended }
  );
}

/** Notes to the minute when a key was last used, so that a busy program does not write a row for each of its tokens. */
export async function touchApiKey(db: TenantQueryable, apiKeyId: string, now: Date): Promise<void> {
  await db.query(
    `update identity.api_keys set last_use_time = $3
      where tenant_id = $1 and id = $2 and (last_use_time is null or last_use_time < $3::timestamptz - interval '1 minute')`,
    [db.tenantId, apiKeyId, now],
  );
}

const toApiKey = (row: ApiKeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  roleIds: row.role_ids,
  expireTime: row.expire_time ?? undefined,
  createTime: row.create_time,
  lastUseTime: row.last_use_time ?? undefined,
});
