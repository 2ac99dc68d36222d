/** Shows long work of this service in `jobs`: its progress and its end. People may cancel it there. */
import { Job, JobState, type Job as JobMessage } from "../../../gen/herald/jobs/v1/job.ts";
import type { JobServiceDefinition } from "../../../gen/herald/jobs/v1/job_service.ts";
import type { Calls } from "./client.ts";
import { newId } from "../request/ids.ts";
import type { Logger } from "../observe/log.ts";
import { pause } from "../async/time.ts";

/** A job before it has begun. The service may choose the id, so that it can store the id first. */
export interface NewJob {
  id?: string;
  tenantId: string;
  /** `lists.import` */
  kind: string;
  /** Shown to people; no contact data. */
  title: string;
  objectId: string;
  unit: string;
  /** 0 while not known. */
  totalUnits?: number;
}

/** A running job. Nothing here waits for `jobs` or fails because of it: the work goes on while `jobs` is away. */
export interface RunningJob {
  readonly id: string;
  /** Aborts when somebody asked to stop the job. */
  readonly signal: AbortSignal;
  /** Reports progress. It is sent at most every half second. */
  progress(doneUnits: number, more?: { totalUnits?: number; counts?: Record<string, number> }): void;
  succeed(counts?: Record<string, number>): Promise<void>;
  fail(errorMessage: string, counts?: Record<string, number>): Promise<void>;
  cancelled(counts?: Record<string, number>): Promise<void>;
}

const REPORT_EVERY_MS = 500;
/** For how long the end of a job is sent again and again, before only the log has it. */
const END_TRIES = 8;

/** `const jobs = jobReporter("lists", parts.client(JobServiceDefinition), log); const job = jobs.start({ … });` */
export function jobReporter(
  service: string,
  client: Calls<typeof JobServiceDefinition>,
  log: Logger,
): { start(job: NewJob): RunningJob } {
  return { start: (job) => new JobReporter(service, job, client, log) };
}

class JobReporter implements RunningJob {
  readonly id: string;
  readonly #tenantId: string;
  readonly #client: Calls<typeof JobServiceDefinition>;
  readonly #log: Logger;
  readonly #cancel = new AbortController();
  readonly #over = new AbortController();
  readonly #job: JobMessage;
  readonly #reporting: Promise<void>;
  #registered = false;

  constructor(
    service: string,
    { tenantId, id = newId(), ...job }: NewJob,
    client: Calls<typeof JobServiceDefinition>,
    log: Logger,
  ) {
    this.id = id;
    this.#tenantId = tenantId;
    this.#client = client;
    this.#log = log;
    this.#job = Job.fromPartial({ ...job, id, service, state: JobState.JOB_STATE_RUNNING });
    this.#reporting = this.#report();
  }

  get signal(): AbortSignal {
    return this.#cancel.signal;
  }

  progress(
    doneUnits: number,
    { totalUnits, counts }: { totalUnits?: number; counts?: Record<string, number> } = {},
  ): void {
    this.#job.doneUnits = doneUnits;
    if (totalUnits !== undefined) this.#job.totalUnits = totalUnits;
    if (counts) this.#job.counts = counts;
  }

  succeed(counts?: Record<string, number>): Promise<void> {
    return this.#end(JobState.JOB_STATE_SUCCEEDED, "", counts);
  }

  fail(errorMessage: string, counts?: Record<string, number>): Promise<void> {
    return this.#end(JobState.JOB_STATE_FAILED, errorMessage, counts);
  }

  cancelled(counts?: Record<string, number>): Promise<void> {
    return this.#end(JobState.JOB_STATE_CANCELLED, "", counts);
  }

  /** The answer to each report also says whether somebody cancelled the job. */
  async #report(): Promise<void> {
    while (!this.#over.signal.aborted) {
      await this.#tell().catch((error: unknown) => this.#log.debug({ error, jobId: this.id }, "job progress not told"));
      await pause(REPORT_EVERY_MS, this.#over.signal);
    }
  }

  async #tell(): Promise<void> {
    const scope = { tenantId: this.#tenantId, timeoutMs: 3_000 };
    if (!this.#registered)
      await this.#client.registerJob({ job: { ...this.#job, state: JobState.JOB_STATE_RUNNING } }, scope);
    this.#registered = true;
    const { cancelRequested } = await this.#client.reportProgress({ job: this.#job }, scope);
    if (cancelRequested) this.#cancel.abort();
  }

  async #end(state: JobState, errorMessage: string, counts: Record<string, number> | undefined): Promise<void> {
    this.#over.abort();
    await this.#reporting;
    Object.assign(this.#job, { state, errorMessage, ...(counts && { counts }) });
    for (let attempt = 1; attempt <= END_TRIES; attempt++) {
      try {
        return await this.#tell();
      } catch (error) {
        this.#log.warn({ error, jobId: this.id, attempt }, "the end of a job could not be told yet");
        await pause(Math.min(200 * 2 ** attempt, 5_000));
      }
    }
  }
}
