/** What `jobs` counts and logs. */
import { type Job, JobState } from "../../gen/herald/jobs/v1/job.ts";
import type { Logger } from "../lib/observe/log.ts";
import type { Metrics } from "../lib/observe/metrics.ts";

export interface Events {
  jobEnded(job: Pick<Job, "id" | "kind" | "state">): void;
  jobsFellSilent(count: number): void;
}

const ENDS: Record<number, string> = {
  [JobState.JOB_STATE_SUCCEEDED]: "succeeded",
  [JobState.JOB_STATE_FAILED]: "failed",
  [JobState.JOB_STATE_CANCELLED]: "cancelled",
};

export function jobsEvents(metrics: Metrics, log: Logger): Events {
  const ended = metrics.counter("herald_jobs_ended_total", "Jobs that ended, by how.", ["end"]);
  return {
    jobEnded({ id: jobId, kind, state }) {
      const end = ENDS[state] ?? "unknown";
      ended.inc({ end });
      log.info({ jobId, kind, end }, "job ended");
    },
    jobsFellSilent(count) {
      ended.inc({ end: "silent" }, count);
      log.warn({ jobs: count }, "jobs failed because their service stopped reporting");
    },
  };
}
