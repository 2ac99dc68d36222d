/** SQL of keywords. */
import type { Keyword, KeywordKind } from "../../../gen/herald/dial/v1/keyword.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { etagOf } from "../../lib/request/etag.ts";
import { newId } from "../../lib/request/ids.ts";
import { assignments } from "../../lib/request/mask.ts";
import { keywordNotFound } from "../errors.ts";

export type KeywordFields = Pick<Keyword, "language" | "words" | "answer" | "silent">;

interface KeywordRow {
  id: string;
  kind: KeywordKind;
  program_id: string | null;
  language: string;
  words: string[];
  answer: string;
  silent: boolean;
  create_time: Date;
  update_time: Date;
  version: number;
}

const COLUMNS = "id, kind, program_id, language, words, answer, silent, create_time, update_time, version";

/** All of a tenant, oldest first: at most 200. */
export async function listKeywords(db: TenantQueryable): Promise<Keyword[]> {
  const { rows } = await db.query<KeywordRow>(
    { name: "list_keywords", text: `select ${COLUMNS} from dial.keywords where tenant_id = $1 order by id` },
    [db.tenantId],
  );
  return rows.map(toKeyword);
}

/** Throws NOT_FOUND. */
export async function getKeyword(db: TenantQueryable, id: string): Promise<Keyword> {
  const { rows } = await db.query<KeywordRow>(`select ${COLUMNS} from dial.keywords where tenant_id = $1 and id = $2`, [
    db.tenantId,
    id,
  ]);
  if (!rows[0]) throw keywordNotFound(id);
  return toKeyword(rows[0]);
}

export async function findKeywordOfRequest(db: TenantQueryable, requestId: string): Promise<Keyword | undefined> {
  const { rows } = await db.query<KeywordRow>(
    `select ${COLUMNS} from dial.keywords where tenant_id = $1 and request_id = $2`,
    [db.tenantId, requestId],
  );
  return rows[0] && toKeyword(rows[0]);
}

/** Makes the tenant's other changes of keywords wait until the transaction ends, so that no word gets two meanings. */
export async function lockKeywords(tx: TenantQueryable): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('dial.keywords ' || $1, 0))", [tx.tenantId]);
}

export async function insertKeyword(
  tx: TenantQueryable,
  { kind, programId, language, words, answer, silent }: KeywordFields & Pick<Keyword, "kind" | "programId">,
  requestId: string | undefined,
  now: Date,
): Promise<Keyword> {
  const { rows } = await tx.query<KeywordRow>(
    `insert into dial.keywords (tenant_id, id, kind, program_id, language, words, answer, silent, request_id, create_time, update_time)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) returning ${COLUMNS}`,
    [tx.tenantId, newId(), kind, programId || null, language, words, answer, silent, requestId ?? null, now],
  );
  return toKeyword(rows[0] as KeywordRow);
}

/** Changes a keyword; undefined when `version` is given and no longer the row's. */
export async function updateKeyword(
  tx: TenantQueryable,
  id: string,
  version: number | undefined,
  set: Partial<KeywordFields>,
  now: Date,
): Promise<Keyword | undefined> {
  const changed = assignments({ ...set, updateTime: now }, 4);
  const { rows } = await tx.query<KeywordRow>(
    `update dial.keywords set ${changed.sql}, version = version + 1
      where tenant_id = $1 and id = $2 and ($3::integer is null or version = $3) returning ${COLUMNS}`,
    [tx.tenantId, id, version, ...changed.values],
  );
  return rows[0] && toKeyword(rows[0]);
}

/** Throws NOT_FOUND. */
export async function deleteKeyword(db: TenantQueryable, id: string): Promise<void> {
  const { rowCount } = await db.query("delete from dial.keywords where tenant_id = $1 and id = $2", [db.tenantId, id]);
  if (rowCount !== 1) throw keywordNotFound(id);
}

/** Removes the keywords of a program. */
export async function deleteKeywordsOf(db: TenantQueryable, programId: string): Promise<void> {
  await db.query("delete from dial.keywords where tenant_id = $1 and program_id = $2", [db.tenantId, programId]);
}

const toKeyword = (row: KeywordRow): Keyword => ({
  id: row.id,
  kind: row.kind,
  programId: row.program_id ?? "",
  language: row.language,
  words: row.words,
  answer: row.answer,
  silent: row.silent,
  createTime: row.create_time,
  updateTime: row.update_time,
  etag: etagOf(row.version),
});
