/** All SQL of `jobs`. */
import { type Job, JobState, type JobState as State } from "../../gen/herald/jobs/v1/job.ts";
import type { Queryable, TenantQueryable, TenantTransaction, Transaction } from "../lib/postgres/db.ts";
import { type Page, pageOf } from "../lib/request/page.ts";
import { type JobProgress, remainingSeconds, SILENT_MESSAGE } from "./progress.ts";
import { jobNotFound } from "./errors.ts";

/** What a service says about a job when it registers it. */
export type NewJob = Pick<Job, "id" | "kind" | "service" | "title" | "objectId" | "unit" | "totalUnits">;

/** Which jobs are wanted. An empty field does not narrow the search. */
export interface JobFilter {
  state: State;
  kind: string;
  objectId: string;
}

/** The channel on which every process hears of changed jobs: `<tenant id>/<job id>`. */
export const CHANGES_CHANNEL = "jobs_changed";

interface JobRow {
  id: string;
  kind: string;
  service: string;
  title: string;
  object_id: string;
  unit: string;
  state: number;
  done_units: number;
  total_units: number;
  units_per_second: number;
  sample_units: number;
  sample_time: Date;
  counts: Record<string, number>;
  error_message: string;
  cancel_requested: boolean;
  silent: boolean;
  create_time: Date;
  update_time: Date;
  end_time: Date | null;
}

const COLUMNS = `id, kind, service, title, object_id, unit, state, done_units::float8, total_units::float8, units_per_second,
  sample_units::float8, sample_time, counts, error_message, cancel_requested, silent, create_time, update_time, end_time`;

/** Throws NOT_FOUND. */
export async function getJob(db: TenantQueryable, jobId: string): Promise<Job> {
  const job = await findJob(db, jobId);
  if (!job) throw jobNotFound(jobId);
  return job;
}

export async function findJob(db: TenantQueryable, jobId: string): Promise<Job | undefined> {
  const text = `select ${COLUMNS} from jobs.jobs where tenant_id = $1 and id = $2`;
  const { rows } = await db.query<JobRow>({ name: "get_job", text }, [db.tenantId, jobId]);
  return rows[0] && toJob(rows[0]);
}

/** Newest first. */
export async function listJobs(
  db: TenantQueryable,
  filter: JobFilter,
  page: Page,
): Promise<{ items: Job[]; nextPageToken: string }> {
  const values: unknown[] = [db.tenantId, page.limit];
  const conditions = ["tenant_id = $1"];
  const narrow = (condition: (parameter: string) => string, value: unknown) =>
    conditions.push(condition(`$${values.push(value)}`));
  // The state is part of the statement, so that the partial index of running jobs is used.
  if (filter.state > 0) conditions.push(`state = ${Math.trunc(filter.state)}`);
  if (filter.kind) narrow((p) => `kind = ${p}`, filter.kind);
  if (filter.objectId) narrow((p) => `object_id = ${p}`, filter.objectId);
  if (page.after) {
    const [time, id] = page.after;
    conditions.push(`(create_time, id) < ($${values.push(time)}::timestamptz, $${values.push(id)}::uuid)`);
  }
  const { rows } = await db.query<JobRow>(
    `select ${COLUMNS} from jobs.jobs where ${conditions.join(" and ")} order by create_time desc, id desc limit $2`,
    values,
  );
  return pageOf(page, rows, (row) => [row.create_time.toISOString(), row.id], toJob);
}

/** Registers a job, unless it is registered already. */
export async function registerJob(db: TenantQueryable, job: NewJob, now: Date): Promise<void> {
  await db.query(
    `insert into jobs.jobs (tenant_id, id, kind, service, title, object_id, unit, state, done_units, total_units, units_per_second,
       sample_units, sample_time, counts, error_message, cancel_requested, silent, create_time, update_time)
     values ($1, $2, $3, $4, $5, $6, $7, ${JobState.JOB_STATE_RUNNING}, 0, $8, 0, 0, $9, '{}', '', false, false, $9, $9)
     on conflict do nothing`,
    [db.tenantId, job.id, job.kind, job.service, job.title, job.objectId, job.unit, job.totalUnits, now],
  );
}

/** A job's progress, locked until the transaction ends, so that reports are applied one after another. */
export async function holdProgress(
  tx: TenantTransaction,
  jobId: string,
): Promise<(JobProgress & { cancelRequested: boolean }) | undefined> {
  const text = `select ${COLUMNS} from jobs.jobs where tenant_id = $1 and id = $2 for no key update`;
  const { rows } = await tx.query<JobRow>({ name: "hold_progress", text }, [tx.tenantId, jobId]);
  return rows[0] && toProgress(rows[0]);
}

/** Stores a job's progress. */
export async function keepProgress(
  tx: TenantTransaction,
  jobId: string,
  progress: JobProgress,
  now: Date,
): Promise<void> {
  const {
    state,
    doneUnits,
    totalUnits,
    unitsPerSecond,
    sampleUnits,
    sampleTime,
    counts,
    errorMessage,
    silent,
    endTime,
  } = progress;
  await tx.query(
    {
      name: "keep_progress",
      text: `update jobs.jobs set state = $3, done_units = $4, total_units = $5, units_per_second = $6, sample_units = $7, sample_time = $8,
               counts = $9, error_message = $10, silent = $11, end_time = $12, update_time = $13
              where tenant_id = $1 and id = $2`,
    },
    [
      tx.tenantId,
      jobId,
      state,
      doneUnits,
      totalUnits,
      unitsPerSecond,
      sampleUnits,
      sampleTime,
      JSON.stringify(counts),
      errorMessage,
      silent,
      endTime,
      now,
    ],
  );
}

/** Notes that somebody cancelled a running job; undefined when there is no running job with this id. */
export async function requestCancel(tx: TenantTransaction, jobId: string): Promise<Job | undefined> {
  const { rows } = await tx.query<JobRow>(
    `update jobs.jobs set cancel_requested = true
      where tenant_id = $1 and id = $2 and state = ${JobState.JOB_STATE_RUNNING} returning ${COLUMNS}`,
    [tx.tenantId, jobId],
  );
  return rows[0] && toJob(rows[0]);
}

/** Tells every process, once the transaction commits, that a job has changed. */
export async function announce(tx: TenantQueryable, jobId: string): Promise<void> {
  await tx.query({ name: "announce", text: `select pg_notify('${CHANGES_CHANNEL}', $1)` }, [`${tx.tenantId}/${jobId}`]);
}

/** Ends up to `limit` running jobs that nobody reported on since `since`, and announces it. Returns how many. */
export async function failSilent(tx: Transaction, since: Date, now: Date, limit: number): Promise<number> {
  const { rowCount } = await tx.query(
    `with silent as (
       update jobs.jobs set state = ${JobState.JOB_STATE_FAILED}, silent = true, error_message = $4, end_time = $2
        where (tenant_id, id) in (select tenant_id, id from jobs.jobs
                                   where state = ${JobState.JOB_STATE_RUNNING} and update_time < $1
                                   limit $3 for update skip locked)
       returning tenant_id, id)
     select pg_notify('${CHANGES_CHANNEL}', tenant_id || '/' || id) from silent`,
    [since, now, limit, SILENT_MESSAGE],
  );
  return rowCount;
}

/** Removes up to `limit` jobs that ended before `before`. Returns how many. */
export async function removeOld(db: Queryable, before: Date, limit: number): Promise<number> {
  const { rowCount } = await db.query(
    `delete from jobs.jobs where (tenant_id, id) in (select tenant_id, id from jobs.jobs where end_time < $1 limit $2)`,
    [before, limit],
  );
  return rowCount;
}

const toProgress = (row: JobRow): JobProgress & { cancelRequested: boolean } => ({
  state: row.state as State,
  doneUnits: row.done_units,
  totalUnits: row.total_units,
  unitsPerSecond: row.units_per_second,
  sampleUnits: row.sample_units,
  sampleTime: row.sample_time,
  counts: row.counts,
  errorMessage: row.error_message,
  silent: row.silent,
  createTime: row.create_time,
  endTime: row.end_time ?? undefined,
  cancelRequested: row.cancel_requested,
});

function toJob(row: JobRow): Job {
  const { state, doneUnits, totalUnits, unitsPerSecond, counts, errorMessage, createTime, endTime, cancelRequested } =
    toProgress(row);
  return {
    id: row.id,
    kind: row.kind,
    service: row.service,
    title: row.title,
    objectId: row.object_id,
    state,
    doneUnits,
    totalUnits,
    unit: row.unit,
    unitsPerSecond,
    remainingSeconds: remainingSeconds({ state, doneUnits, totalUnits, unitsPerSecond }),
    counts,
    errorMessage,
    cancelRequested,
    createTime,
    updateTime: row.update_time,
    endTime,
  };
}
