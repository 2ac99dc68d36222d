/** Boots `jobs` for its tests. */
import type { TestContext } from "node:test";
import type { Job } from "../../gen/herald/jobs/v1/job.ts";
import { JobServiceDefinition } from "../../gen/herald/jobs/v1/job_service.ts";
import type { BoundCalls } from "../../svc/lib/client/client.ts";
import type { RunningService } from "../../svc/lib/service/run.ts";
import { startJobs } from "../../svc/jobs/service.ts";
import { fakeClock, meshClient, newId, started, testEnv, testKeys, userClient } from "../lib/harness.ts";

export type JobCalls = BoundCalls<typeof JobServiceDefinition>;

export interface Jobs extends RunningService {
  env: Record<string, string>;
  clock: ReturnType<typeof fakeClock>;
  /** A person who may see and stop jobs of this tenant. */
  person(tenantId: string): Promise<JobCalls>;
  /** A service that does long work for this tenant. */
  doer(tenantId: string): JobCalls;
}

export async function bootJobs(t: TestContext, more: Record<string, string> = {}): Promise<Jobs> {
  const clock = fakeClock();
  const env = await testEnv(t, "jobs", { JOBS_SWEEP_EVERY: "25ms", JOBS_WATCH_EVERY: "20ms", ...more });
  const service = await started(t, startJobs({ env, keys: testKeys, now: clock.now }));
  return {
    ...service,
    env,
    clock,
    person: (tenantId) =>
      userClient(t, service.address, JobServiceDefinition, { tenantId, permissions: ["jobs.read", "jobs.cancel"] }),
    doer: (tenantId) => meshClient(t, service.address, JobServiceDefinition, tenantId, "lists"),
  };
}

/** A job as a service would make it known. */
export const aJob = (more: Partial<Job> = {}): Partial<Job> => ({
  id: newId(),
  kind: "lists.import",
  service: "lists",
  title: "Import spring.csv into Spring",
  objectId: newId(),
  unit: "rows",
  totalUnits: 1_000,
  ...more,
});
