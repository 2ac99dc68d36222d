/** Results on a real database: one that cannot be stored, and one that comes while the process ends. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { AttemptState } from "../../../gen/herald/dial/v1/attempt.ts";
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import type { Attempt, AttemptChange } from "../../../svc/dial/attempts/attempt.ts";
import { findAttempts, insertAttempts } from "../../../svc/dial/attempts/attempt-store.ts";
import { createEvents } from "../../../svc/dial/events.ts";
import { deliveryOutcome } from "../../../svc/lib/outcomes/outcomes.ts";
import { NotWrittenError, Results } from "../../../svc/dial/pipeline/settle/results.ts";
import { createPublishing } from "../../../svc/dial/publishing/publishing.ts";
import { createLog } from "../../../svc/lib/observe/log.ts";
import { Metrics } from "../../../svc/lib/observe/metrics.ts";
import { Outbox } from "../../../svc/lib/outbox/outbox.ts";
import { newId } from "../../lib/harness.ts";
import { databaseOf, testDatabase } from "../../lib/servers.ts";
import type { Owner } from "../../lib/cleanup.ts";
import { anAttempt, aTry } from "../an-attempt.ts";

const owner = "dialer/1";
const tenantId = newId();

async function open(t: Owner, given?: string) {
  const { dial: url } = given === undefined ? await testDatabase(t, "dial") : { dial: given };
  const db = databaseOf(t, "dial", url);
  const [log, metrics] = [createLog("dial", "silent"), new Metrics("dial")];
  const outbox = new Outbox({ db, service: "dial", log, metrics });
  // Nothing is delivered here, so messages stay in the outbox.
  const nobody = { queue: {}, checks: {}, interactions: {}, suppressionLists: {} } as never as Omit<
    Parameters<typeof createPublishing>[0],
    "outbox"
  >;
  const publishing = createPublishing({ outbox, ...nobody });
  return {
    db,
    results: new Results({ db, publishing, callRefusals: async () => {}, events: createEvents(metrics, log), owner }),
  };
}

const origin = aTry();
const ours = () => anAttempt({ tenantId, origin });

const endedAs = (attempt: Attempt, state: DeliveryState, providerStatus = ""): AttemptChange => ({
  key: attempt,
  attempt: undefined,
  at: new Date(),
  kind: "ended",
  outcome: deliveryOutcome(state),
  counts: true,
  providerStatus,
  providerMessageId: "",
  sentAt: undefined,
});

test("one result that cannot be written is set aside, and those with it are written", async (t) => {
  const { db, results } = await open(t);
  const attempts = Array.from({ length: 7 }, ours);
  await insertAttempts(
    db.tenant(tenantId),
    owner,
    attempts.map((attempt) => ({ attempt, refusal: undefined })),
    new Date(),
  );
  const { DELIVERY_STATE_DELIVERED: DELIVERED } = DeliveryState;
  const bad = attempts[3] as Attempt;
  await Promise.all(
    attempts.map((attempt, i) =>
      results.put(endedAs(attempt, attempt === bad ? (1_000_000 as DeliveryState) : DELIVERED, `DELIVRD \0${i}\ud800`)),
    ),
  );
  const rows = await findAttempts(
    db.tenant(tenantId),
    attempts.map(({ id }) => id),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  assert.deepEqual(
    attempts.map(({ id }) => byId.get(id)?.state),
    attempts.map((one) => (one === bad ? AttemptState.ATTEMPT_STATE_STALE : AttemptState.ATTEMPT_STATE_ENDED)),
  );
  assert.equal(byId.get(attempts[0]?.id ?? "")?.provider_status, "DELIVRD 0\ufffd", "without what cannot be kept");
  const kept = await db
    .tenant(tenantId)
    .query<{ attempt_id: string; kind: string; reason: string }>("select * from dial.unwritten_results");
  assert.deepEqual(
    kept.rows.map(({ attempt_id, kind }) => [attempt_id, kind]),
    [[bad.id, "ended"]],
  );
  assert.match(kept.rows[0]?.reason ?? "", /out of range/);
  await results.put(endedAs(attempts[0] as Attempt, DELIVERED));
});

test("a result that the end of the process leaves unwritten is not said to be written", async (t) => {
  const { results } = await open(t, "postgres://herald_dial@127.0.0.1:1/away");
  const attempt = ours();
  const put = results.put(endedAs(attempt, DeliveryState.DELIVERY_STATE_DELIVERED));
  const rejected = assert.rejects(put, NotWrittenError);
  results.stop();
  await rejected;
  await assert.rejects(results.put(endedAs(attempt, DeliveryState.DELIVERY_STATE_DELIVERED)), NotWrittenError);
});
