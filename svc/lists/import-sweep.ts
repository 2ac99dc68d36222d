/** Imports whose process is gone: Postgres has rolled them back; this says so. */
import { status } from "@grpc/grpc-js";
import { Job, JobState } from "../../gen/herald/jobs/v1/job.ts";
import type { JobServiceDefinition } from "../../gen/herald/jobs/v1/job_service.ts";
import { forEachConcurrently } from "../lib/batch.ts";
import type { Calls } from "../lib/client.ts";
import type { Database } from "../lib/db.ts";
import type { Outbox, Topic } from "../lib/outbox.ts";
import type { Now } from "../lib/time.ts";
import type { Events } from "./events.ts";
import { abandonImport, holdImport, runningImports } from "./import-store.ts";

/** The outbox topic of jobs that ended with their process. */
export const JOB_ENDS_TOPIC = "job_ends";

const MESSAGE = "The service stopped while it read the file; nothing was imported. Send the file again.";

interface Deps {
  db: Database;
  outbox: Outbox;
  events: Events;
  now: Now;
}

/** Ends every import that nobody holds any more. */
export async function sweepImports({ db, outbox, events, now }: Deps): Promise<void> {
  for (const { tenantId, id, jobId } of await runningImports(db.everyTenant())) {
    const isAbandoned = await db.transaction(tenantId, async (tx) => {
      if (!(await holdImport(tx, id)) || !(await abandonImport(tx, tenantId, id, MESSAGE, now()))) return false;
      const ended = { id: jobId, state: JobState.JOB_STATE_FAILED, errorMessage: MESSAGE };
      await outbox.put(tx, tenantId, JOB_ENDS_TOPIC, [Job.toJSON(Job.fromPartial(ended))]);
      return true;
    });
    if (!isAbandoned) continue;
    events.importFailed(id, "abandoned");
    outbox.nudge(JOB_ENDS_TOPIC);
  }
}

/** Tells `jobs`; a job that it never heard of has no end to tell. */
export const jobEnds = (jobs: Calls<typeof JobServiceDefinition>): Topic<unknown> => ({
  batchRows: 50,
  deliver: (tenantId, ends, signal) =>
    forEachConcurrently(ends, 5, async (end) => {
      const scope = { tenantId, timeoutMs: 5_000, signal };
      await jobs.reportProgress({ job: Job.fromJSON(end) }, scope).catch((error: unknown) => {
        if ((error as { code?: unknown }).code !== status.NOT_FOUND) throw error;
      });
    }),
});
