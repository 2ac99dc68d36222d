/** SQL of email domains and their keys. */
import {
  type DkimAlgorithm,
  type DkimKey,
  DkimKeyState,
  type EmailDomain,
} from "../../../gen/herald/dial/v1/email_domain.ts";
import type { Queryable, TenantQueryable } from "../../lib/postgres/db.ts";
import type { SealedSecret } from "../../lib/secrets/secret-box.ts";
import { emailDomainNotFound } from "../errors.ts";
import { recordName, recordValue } from "./dkim-key.ts";

/** A key as it is stored. */
export interface StoredKey extends SealedSecret {
  tenantId: string;
  domain: string;
  selector: string;
  algorithm: DkimAlgorithm;
  state: DkimKeyState;
  publicKey: string;
}

interface KeyRow {
  tenant_id: string;
  domain: string;
  selector: string;
  algorithm: DkimAlgorithm;
  state: DkimKeyState;
  public_key: string;
  key_id: string;
  sealed: Buffer;
  record_problem: string;
  check_time: Date | null;
  create_time: Date;
  sign_time: Date | null;
  retire_time: Date | null;
}

const {
  DKIM_KEY_STATE_PENDING: PENDING,
  DKIM_KEY_STATE_SIGNING: SIGNING,
  DKIM_KEY_STATE_RETIRED: RETIRED,
} = DkimKeyState;

/** Adds a domain; false when it is there already. */
export async function insertDomain(tx: TenantQueryable, domain: string, now: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    "insert into dial.email_domains (tenant_id, domain, create_time) values ($1, $2, $3) on conflict do nothing",
    [tx.tenantId, domain, now],
  );
  return rowCount === 1;
}

export async function countDomains(tx: TenantQueryable): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    "select count(*)::int as count from dial.email_domains where tenant_id = $1",
    [tx.tenantId],
  );
  return rows[0]?.count ?? 0;
}

/** Locks a domain, so that two changes of its keys follow each other. Throws NOT_FOUND. */
export async function lockDomain(tx: TenantQueryable, domain: string): Promise<void> {
  const { rowCount } = await tx.query(
    "select from dial.email_domains where tenant_id = $1 and domain = $2 for update",
    [tx.tenantId, domain],
  );
  if (rowCount === 0) throw emailDomainNotFound(domain);
}

/** Throws NOT_FOUND. */
export async function deleteDomain(db: TenantQueryable, domain: string): Promise<void> {
  const { rowCount } = await db.query("delete from dial.email_domains where tenant_id = $1 and domain = $2", [
    db.tenantId,
    domain,
  ]);
  if (rowCount === 0) throw emailDomainNotFound(domain);
}

export async function insertKey(
  tx: TenantQueryable,
  key: Omit<StoredKey, "tenantId" | "state">,
  now: Date,
): Promise<void> {
  await tx.query(
    `insert into dial.dkim_keys (tenant_id, domain, selector, algorithm, public_key, key_id, sealed, create_time)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tx.tenantId, key.domain, key.selector, key.algorithm, key.publicKey, key.keyId, key.sealed, now],
  );
}

export async function removePending(tx: TenantQueryable, domain: string): Promise<void> {
  await tx.query("delete from dial.dkim_keys where tenant_id = $1 and domain = $2 and state = $3", [
    tx.tenantId,
    domain,
    PENDING,
  ]);
}

/** The keys of a domain, or of all, the newest first. */
async function keyRows(db: TenantQueryable, domain: string | undefined): Promise<KeyRow[]> {
  const { rows } = await db.query<KeyRow>(
    `select * from dial.dkim_keys where tenant_id = $1 and ($2::text is null or domain = $2)
      order by domain, create_time desc, algorithm, selector`,
    [db.tenantId, domain ?? null],
  );
  return rows;
}

export async function listDomains(db: TenantQueryable): Promise<EmailDomain[]> {
  const { rows } = await db.query<{ domain: string; create_time: Date }>(
    "select domain, create_time from dial.email_domains where tenant_id = $1 order by domain",
    [db.tenantId],
  );
  const keys = await keyRows(db, undefined);
  return rows.map((row) =>
    toDomain(
      row,
      keys.filter(({ domain }) => domain === row.domain),
    ),
  );
}

/** Throws NOT_FOUND. */
export async function getDomain(db: TenantQueryable, domain: string): Promise<EmailDomain> {
  const { rows } = await db.query<{ domain: string; create_time: Date }>(
    "select domain, create_time from dial.email_domains where tenant_id = $1 and domain = $2",
    [db.tenantId, domain],
  );
  if (!rows[0]) throw emailDomainNotFound(domain);
  return toDomain(rows[0], await keyRows(db, domain));
}

export const findKeys = async (db: TenantQueryable, domain: string): Promise<StoredKey[]> =>
  (await keyRows(db, domain)).map(toKey);

/** The keys that sign emails of the first of these domains that has any. */
export async function findSigning(db: TenantQueryable, domains: readonly string[]): Promise<StoredKey[]> {
  const { rows } = await db.query<KeyRow>(
    `select * from dial.dkim_keys where tenant_id = $1 and domain = any($2) and state = $3 order by algorithm, selector`,
    [db.tenantId, domains, SIGNING],
  );
  const first = domains.find((domain) => rows.some((row) => row.domain === domain));
  return rows.filter(({ domain }) => domain === first).map(toKey);
}

export async function noteCheck(
  tx: TenantQueryable,
  { domain, selector }: StoredKey,
  problem: string,
  now: Date,
): Promise<void> {
  await tx.query(
    "update dial.dkim_keys set record_problem = $4, check_time = $5 where tenant_id = $1 and domain = $2 and selector = $3",
    [tx.tenantId, domain, selector, problem, now],
  );
}

/** Lets a key sign, and retires the others of its algorithm that sign. */
export async function beginSigning(
  tx: TenantQueryable,
  { domain, selector, algorithm }: StoredKey,
  now: Date,
): Promise<void> {
  await tx.query(
    `update dial.dkim_keys
        set state = case when selector = $3 then $6 else $7 end,
            sign_time = case when selector = $3 then $5 else sign_time end,
            retire_time = case when selector = $3 then retire_time else $5 end
      where tenant_id = $1 and domain = $2 and algorithm = $4 and (selector = $3 or state = $6)`,
    [tx.tenantId, domain, selector, algorithm, now, SIGNING, RETIRED],
  );
}

/** Keys of all tenants that another key than `keyId` has sealed, after one of them in the order of their keys. */
export async function findSealedOtherwise(
  db: Queryable,
  keyId: string,
  after: StoredKey | undefined,
  limit: number,
): Promise<StoredKey[]> {
  const { rows } = await db.query<KeyRow>(
    `select * from dial.dkim_keys
      where key_id <> $1 and ($2::uuid is null or (tenant_id, domain, selector) > ($2, $3::text, $4::text))
      order by tenant_id, domain, selector limit $5`,
    [keyId, after?.tenantId ?? null, after?.domain ?? null, after?.selector ?? null, limit],
  );
  return rows.map(toKey);
}

export async function replaceSealed(db: Queryable, before: StoredKey, after: SealedSecret): Promise<boolean> {
  const { rowCount } = await db.query(
    "update dial.dkim_keys set key_id = $5, sealed = $6 where tenant_id = $1 and domain = $2 and selector = $3 and sealed = $4",
    [before.tenantId, before.domain, before.selector, before.sealed, after.keyId, after.sealed],
  );
  return rowCount === 1;
}

const toKey = (row: KeyRow): StoredKey => ({
  tenantId: row.tenant_id,
  domain: row.domain,
  selector: row.selector,
  algorithm: row.algorithm,
  state: row.state,
  publicKey: row.public_key,
  keyId: row.key_id,
  sealed: row.sealed,
});

const toDomain = (row: { domain: string; create_time: Date }, keys: readonly KeyRow[]): EmailDomain => ({
  domain: row.domain,
  dkimKeys: keys.map(toShown),
  createTime: row.create_time,
});

const toShown = (row: KeyRow): DkimKey => ({
  selector: row.selector,
  algorithm: row.algorithm,
  state: row.state,
  recordName: recordName(row.selector, row.domain),
  recordValue: recordValue(row.algorithm, row.public_key),
  recordProblem: row.record_problem,
  checkTime: row.check_time ?? undefined,
  createTime: row.create_time,
  signTime: row.sign_time ?? undefined,
  retireTime: row.retire_time ?? undefined,
});
