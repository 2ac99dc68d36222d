/** Ends imports whose process is gone. Postgres has rolled them back already; this notes it. */
import { status } from "@grpc/grpc-js";
import { Job, JobState } from "../../../gen/herald/jobs/v1/job.ts";
import { type JobServiceDefinition, ReportProgressRequest } from "../../../gen/herald/jobs/v1/job_service.ts";
import type { Calls } from "../../lib/client/client.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { type MessageKind, messagesOf } from "../../lib/outbox/message-kind.ts";
import type { Outbox } from "../../lib/outbox/outbox.ts";
import { type Now, pause } from "../../lib/async/time.ts";
import type { Events } from "../events.ts";
import { abandonImport, holdImport, type RunningImport, silentImports } from "./import-store.ts";

/** Jobs that ended with their process. */
const JOB_ENDS: MessageKind<ReportProgressRequest, Job> = {
  topic: "job_ends",
  request: ReportProgressRequest,
  mostItems: 1,
  wrap: ([job]) => ({ job }),
  unwrap: ({ job }) => (job ? [job] : []),
  fromJson: (job) => ({ job: Job.fromJSON(job) }),
};

const MESSAGE = "The service stopped while it read the file; nothing was imported. Send the file again.";

interface Deps {
  db: Database;
  outbox: Outbox;
  events: Events;
  now: Now;
}

/** An import that waits for its turn, or has just rolled back, holds no lock but reports every second. */
const SILENT_SECONDS = 8;
/** An import that fails by itself holds no lock either, from its rollback until the reason is noted. */
const GRACE_MS = 2_000;

/** Ends every import that nobody holds any more. */
export async function sweepImports(deps: Deps): Promise<void> {
  const left = await importsThatNobodyHolds(deps.db);
  if (left.length === 0) return;
  await pause(GRACE_MS);
  for (const one of left) await abandon(deps, one);
}

async function importsThatNobodyHolds(db: Database): Promise<RunningImport[]> {
  const left: RunningImport[] = [];
  for (const one of await silentImports(db.everyTenant(), SILENT_SECONDS)) {
    if (await db.transaction(one.tenantId, (tx) => holdImport(tx, one.id))) left.push(one);
  }
  return left;
}

async function abandon({ db, outbox, events, now }: Deps, { tenantId, id, jobId }: RunningImport): Promise<void> {
  const isAbandoned = await db.transaction(tenantId, async (tx) => {
    if (!(await holdImport(tx, id)) || !(await abandonImport(tx, id, MESSAGE, now()))) return false;
    const ended = { id: jobId, state: JobState.JOB_STATE_FAILED, errorMessage: MESSAGE };
    await outbox.put(tx, messagesOf(JOB_ENDS, [Job.fromPartial(ended)]));
    return true;
  });
  if (!isAbandoned) return;
  events.importFailed(id, "abandoned");
}

/** Reports the ends to `jobs`. A job that was never registered there needs none. */
export function relayJobEnds(outbox: Outbox, jobs: Calls<typeof JobServiceDefinition>): void {
  outbox.relay(JOB_ENDS, (request, scope) =>
    jobs.reportProgress(request, scope).catch((error: unknown) => {
      if ((error as { code?: unknown }).code !== status.NOT_FOUND) throw error;
    }),
  );
}
