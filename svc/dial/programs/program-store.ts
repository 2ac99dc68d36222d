/** SQL of programs. The usual program of a tenant has the tenant's id, and its row is made on first use. */
import type { Program } from "../../../gen/herald/dial/v1/program.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { etagOf } from "../../lib/request/etag.ts";
import { newId } from "../../lib/request/ids.ts";
import { assignments } from "../../lib/request/mask.ts";
import { programNotFound } from "../errors.ts";

export type ProgramFields = Pick<Program, "name" | "language" | "contactWords">;

interface ProgramRow {
  id: string;
  name: string;
  language: string;
  contact_words: string;
  create_time: Date;
  update_time: Date;
  version: number;
}

const COLUMNS = "id, name, language, contact_words, create_time, update_time, version";
const USUAL_NAME = "Our messages";

/** Makes the usual program, unless it is there. */
async function ensureUsual(db: TenantQueryable, now: Date): Promise<void> {
  await db.query(
    `insert into dial.programs (tenant_id, id, name, create_time, update_time) values ($1, $1, $2, $3, $3)
     on conflict do nothing`,
    [db.tenantId, USUAL_NAME, now],
  );
}

/** One program; undefined if the tenant does not have it. An empty id means the usual one. */
export async function findProgram(db: TenantQueryable, programId: string, now: Date): Promise<Program | undefined> {
  if (programId === "" || programId === db.tenantId) await ensureUsual(db, now);
  const { rows } = await db.query<ProgramRow>(`select ${COLUMNS} from dial.programs where tenant_id = $1 and id = $2`, [
    db.tenantId,
    programId || db.tenantId,
  ]);
  return rows[0] && toProgram(db, rows[0]);
}

/** Throws NOT_FOUND. */
export async function getProgram(db: TenantQueryable, programId: string, now: Date): Promise<Program> {
  const program = await findProgram(db, programId, now);
  if (!program) throw programNotFound(programId);
  return program;
}

/** The usual program first, the others by name. */
export async function listPrograms(db: TenantQueryable, now: Date): Promise<Program[]> {
  await ensureUsual(db, now);
  const { rows } = await db.query<ProgramRow>(
    `select ${COLUMNS} from dial.programs where tenant_id = $1 order by id <> $1, lower(name)`,
    [db.tenantId],
  );
  return rows.map((row) => toProgram(db, row));
}

/** Makes a program. The same request again gives the first result. Throws a unique violation of `programs_name`. */
export async function insertProgram(
  db: TenantQueryable,
  { name, language, contactWords }: ProgramFields,
  requestId: string | undefined,
  now: Date,
): Promise<Program> {
  const { rows } = await db.query<ProgramRow>(
    `insert into dial.programs (tenant_id, id, name, language, contact_words, request_id, create_time, update_time)
     values ($1, $2, $3, $4, $5, $6, $7, $7)
     on conflict (tenant_id, request_id) where request_id is not null do nothing returning ${COLUMNS}`,
    [db.tenantId, newId(), name, language, contactWords, requestId ?? null, now],
  );
  if (rows[0]) return toProgram(db, rows[0]);
  const made = await findByRequest(db, requestId ?? "");
  return made as Program;
}

export async function findByRequest(db: TenantQueryable, requestId: string): Promise<Program | undefined> {
  const { rows } = await db.query<ProgramRow>(
    `select ${COLUMNS} from dial.programs where tenant_id = $1 and request_id = $2`,
    [db.tenantId, requestId],
  );
  return rows[0] && toProgram(db, rows[0]);
}

/** Changes a program; undefined when `version` is given and no longer the row's. */
export async function updateProgram(
  db: TenantQueryable,
  programId: string,
  version: number | undefined,
  set: Partial<ProgramFields>,
  now: Date,
): Promise<Program | undefined> {
  const changed = assignments({ ...set, updateTime: now }, 4);
  const { rows } = await db.query<ProgramRow>(
    `update dial.programs set ${changed.sql}, version = version + 1
      where tenant_id = $1 and id = $2 and ($3::integer is null or version = $3) returning ${COLUMNS}`,
    [db.tenantId, programId, version, ...changed.values],
  );
  return rows[0] && toProgram(db, rows[0]);
}

/** False when there is none of that id. */
export async function deleteProgram(db: TenantQueryable, programId: string): Promise<boolean> {
  const { rowCount } = await db.query("delete from dial.programs where tenant_id = $1 and id = $2", [
    db.tenantId,
    programId,
  ]);
  return rowCount === 1;
}

const toProgram = ({ tenantId }: TenantQueryable, row: ProgramRow): Program => ({
  id: row.id,
  name: row.name,
  language: row.language,
  contactWords: row.contact_words,
  usual: row.id === tenantId,
  createTime: row.create_time,
  updateTime: row.update_time,
  etag: etagOf(row.version),
});
