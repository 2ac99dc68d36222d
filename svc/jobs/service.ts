/** Wires `jobs`. */
import { JobServiceDefinition } from "../../gen/herald/jobs/v1/job_service.ts";
import { ChangeStream } from "../lib/watch/change-stream.ts";
import { type Parts, type RunningService, startService, type StartOptions } from "../lib/service/service.ts";
import { jobsConfig, type JobsConfig } from "./config.ts";
import { jobsEvents } from "./events.ts";
import { jobService } from "./job-service.ts";
import { CHANGES_CHANNEL, findJob } from "./store.ts";
import { sweeper } from "./sweep.ts";
import { createJobFeeds } from "./watch.ts";

export const startJobs = (given: StartOptions = {}): Promise<RunningService> =>
  startService("jobs", jobsConfig(given.env), build, given);

function build(parts: Parts<JobsConfig>): void {
  const { config, log, metrics, now } = parts;
  const db = parts.database(new URL("./sql/", import.meta.url));
  const events = jobsEvents(metrics, log);
  const changes = new ChangeStream();
  const read = (tenantId: string, jobId: string) => findJob(db.tenant(tenantId), jobId);
  const watching = createJobFeeds({ changes, read, paceMs: config.watchEveryMs });
  parts.outbox(db);

  parts.serve(JobServiceDefinition, jobService({ db, watching, events, now }));

  const listening = changes.listen(db, CHANGES_CHANNEL);
  parts.onStop(() => listening.stop());
  parts.loop({ name: "sweep", everyMs: config.sweepEveryMs, work: sweeper({ db, rules: config, events, now }) });
}
