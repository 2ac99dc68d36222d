/** The RPCs of JobService. */
import type { Job } from "../../gen/herald/jobs/v1/job.ts";
import type { JobServiceImplementation } from "../../gen/herald/jobs/v1/job_service.ts";
import type { Handlers } from "../lib/rpc/context.ts";
import type { Database } from "../lib/postgres/db.ts";
import { readId } from "../lib/request/ids.ts";
import { readPage } from "../lib/request/page.ts";
import type { Now } from "../lib/async/time.ts";
import { Checks } from "../lib/request/validate.ts";
import { jobEnded, jobNotFound } from "./errors.ts";
import type { Events } from "./events.ts";
import { advance, hasEnded, looksDifferent, type ProgressReport } from "./progress.ts";
import {
  announce,
  getJob,
  holdProgress,
  keepProgress,
  listJobs,
  type NewJob,
  registerJob,
  requestCancel,
} from "./store.ts";
import type { JobFeeds } from "./watch.ts";

interface Deps {
  db: Database;
  watching: JobFeeds;
  events: Events;
  now: Now;
}

export const jobService = ({ db, watching, events, now }: Deps): Handlers<JobServiceImplementation> => ({
  async getJob(req, ctx) {
    const jobId = readId(req.jobId, "job_id");
    return { job: await getJob(db.tenant(ctx.tenantId), jobId) };
  },

  async listJobs(req, ctx) {
    const { items, nextPageToken } = await listJobs(
      db.tenant(ctx.tenantId),
      req,
      readPage(req, { usual: 50, most: 500 }),
    );
    return { jobs: items, nextPageToken };
  },

  async *watchJob(req, ctx) {
    const jobId = readId(req.jobId, "job_id");
    const first = await getJob(db.tenant(ctx.tenantId), jobId);
    for await (const job of watching.follow(ctx.tenantId, first, ctx.signal)) yield { job };
  },

  async cancelJob(req, ctx) {
    const { tenantId } = ctx;
    const jobId = readId(req.jobId, "job_id");
    const job = await db.transaction(tenantId, async (tx) => {
      const cancelled = await requestCancel(tx, jobId);
      if (cancelled) await announce(tx, jobId);
      return cancelled;
    });
    if (job) return { job };
    await getJob(db.tenant(tenantId), jobId);
    throw jobEnded(jobId);
  },

  async registerJob(req, ctx) {
    const fresh = readNewJob(req.job);
    const scope = db.tenant(ctx.tenantId);
    await registerJob(scope, fresh, now());
    return { job: await getJob(scope, fresh.id) };
  },

  async reportProgress(req, ctx) {
    const { tenantId } = ctx;
    const { jobId, report } = readReport(req.job);
    const { cancelRequested, ended } = await db.transaction(tenantId, async (tx) => {
      const before = await holdProgress(tx, jobId);
      if (!before) throw jobNotFound(jobId);
      const after = advance(before, report, now());
      if (after) await keepProgress(tx, jobId, after, now());
      if (after && looksDifferent(before, after)) await announce(tx, jobId);
      return { cancelRequested: before.cancelRequested, ended: after !== undefined && hasEnded(after.state) };
    });
    if (ended) events.jobEnded({ id: jobId, kind: req.job?.kind ?? "", state: report.state });
    return { cancelRequested };
  },
});

const MOST_COUNTS = 100;
const LONGEST_TITLE = 300;
const LONGEST_ERROR = 2_000;

function readNewJob(job: Job | undefined): NewJob {
  const check = new Checks();
  const fresh = {
    id: check.id("job.id", job?.id),
    kind: check.text("job.kind", job?.kind, { most: 60 }),
    service: check.text("job.service", job?.service, { most: 40 }),
    title: clip(job?.title ?? "", LONGEST_TITLE),
    objectId: check.text("job.object_id", job?.objectId, { least: 0, most: 100 }),
    unit: check.text("job.unit", job?.unit, { least: 0, most: 40 }),
    totalUnits: checkUnits(check, "job.total_units", job?.totalUnits ?? 0),
  };
  check.done();
  return fresh;
}

function readReport(job: Job | undefined): { jobId: string; report: ProgressReport } {
  const check = new Checks();
  const jobId = check.id("job.id", job?.id);
  const counts = job?.counts ?? {};
  check.chosen("job.state", job?.state ?? 0);
  check.count("job.counts", Object.keys(counts), { most: MOST_COUNTS });
  const report: ProgressReport = {
    state: job?.state ?? 0,
    doneUnits: checkUnits(check, "job.done_units", job?.doneUnits ?? 0),
    totalUnits: checkUnits(check, "job.total_units", job?.totalUnits ?? 0),
    counts,
    errorMessage: clip(job?.errorMessage ?? "", LONGEST_ERROR),
  };
  check.done();
  return { jobId, report };
}

const checkUnits = (check: Checks, field: string, units: number) =>
  check.int(field, units, { least: 0, most: Number.MAX_SAFE_INTEGER });

/** Cuts texts that are too long: a job must not be lost because its service sent too much about it. */
const clip = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
