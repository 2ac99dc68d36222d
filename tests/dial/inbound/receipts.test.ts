/** Finds the message of a receipt, on a real database. A message id in another number base is never matched to the wrong message. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import { AttemptState } from "../../../gen/herald/dial/v1/attempt.ts";
import type { Attempt } from "../../../svc/dial/attempts/attempt.ts";
import { findAttempts, insertAttempts } from "../../../svc/dial/attempts/attempt-store.ts";
import { createEvents } from "../../../svc/dial/events.ts";
import { Receipts } from "../../../svc/dial/inbound/receipts.ts";
import { Results } from "../../../svc/dial/pipeline/settle/results.ts";
import { createPublishing } from "../../../svc/dial/publishing/publishing.ts";
import type { Database } from "../../../svc/lib/postgres/db.ts";
import { createLog } from "../../../svc/lib/observe/log.ts";
import { Metrics } from "../../../svc/lib/observe/metrics.ts";
import { Outbox } from "../../../svc/lib/outbox/outbox.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { newId } from "../../lib/harness.ts";
import { databaseOf, testDatabase } from "../../lib/servers.ts";
import { anAttempt, aTry } from "../an-attempt.ts";

const OWNER = "dialer/1";
const [ADA, BEN] = ["+12125550101", "+12125550102"];
/** One id in two number bases: a message centre may use one in its responses and the other in its receipts. */
const [HEXADECIMAL, DECIMAL] = ["39f99dd5", "972660181"];

const { dial: url } = await testDatabase(wholeFile, "dial");
const db = databaseOf(wholeFile, "dial", url);

/** A dialer that has just started: it remembers nothing. */
function dialer() {
  const [log, metrics] = [createLog("dial", "silent"), new Metrics("dial")];
  const events = createEvents(metrics, log);
  const outbox = new Outbox({ db, service: "dial", log, metrics });
  // Nothing is delivered here, so messages stay in the outbox.
  const publishing = createPublishing({
    outbox,
    queue: {},
    checks: {},
    interactions: {},
    suppressionLists: {},
  } as never);
  const results = new Results({ db, publishing, callRefusals: async () => {}, events, owner: OWNER });
  return { results, receipts: new Receipts({ db, results, events, now: () => new Date() }) };
}

/** The operator's message centre. */
const SOURCE = { tenantId: "", providerId: "", ids: "auto" } as const;

interface SentParts {
  name: string;
  to: string;
  /** Its own receipt has come already. */
  hasEnded?: boolean;
}

/** Creates messages of one tenant that the message centre has accepted under these ids. */
async function send(tenantId: string, messages: readonly SentParts[]): Promise<Attempt[]> {
  const [{ results, receipts }, groupId] = [dialer(), newId()];
  const origin = aTry({ groupId });
  const attempts = messages.map(({ to }) => anAttempt({ tenantId, origin, contactInfo: to }));
  await db
    .tenant(tenantId)
    .query(
      "insert into dial.sessions (tenant_id, campaign_group_id, channel, state, campaign_group) values ($1, $2, 2, 1, '{}')",
      [tenantId, groupId],
    );
  await insertAttempts(
    db.tenant(tenantId),
    OWNER,
    attempts.map((attempt) => ({ attempt, refusal: undefined })),
    new Date(),
  );
  for (const [i, { name, to, hasEnded }] of messages.entries()) {
    const key = attempts[i] as Attempt;
    await results.put({
      key,
      attempt: undefined,
      at: new Date(),
      kind: "sent",
      providerMessageId: name,
      receiptUntil: undefined,
    });
    if (hasEnded) assert.ok(await receipts.receive(receiptOf(name, to), SOURCE));
  }
  return attempts;
}

const receiptOf = (messageId: string, from: string) => ({
  messageId,
  state: DeliveryState.DELIVERY_STATE_UNDELIVERABLE,
  providerStatus: "UNDELIV 001",
  numbers: [from.slice(1), "12345"],
});

async function statesOf(database: Database, attempts: readonly Attempt[]): Promise<(AttemptState | undefined)[]> {
  const tenantId = attempts[0]?.tenantId ?? "";
  const rows = await findAttempts(
    database.tenant(tenantId),
    attempts.map(({ id }) => id),
  );
  return attempts.map(({ id }) => rows.find((row) => row.id === id)?.state);
}

const { ATTEMPT_STATE_IN_FLIGHT: OPEN, ATTEMPT_STATE_ENDED: ENDED } = AttemptState;

const CASES: { title: string; sent: SentParts[]; receipt: [name: string, from: string]; states: AttemptState[] }[] = [
  {
    title: "names a message as the centre's answer did",
    sent: [{ name: HEXADECIMAL, to: ADA }],
    receipt: [HEXADECIMAL, ADA],
    states: [ENDED],
  },
  {
    title: "names it in the other base, and comes from its recipient",
    sent: [{ name: DECIMAL, to: ADA }],
    receipt: [HEXADECIMAL, ADA],
    states: [ENDED],
  },
  {
    title: "names it in the other base, and comes from somebody else",
    sent: [{ name: DECIMAL, to: ADA }],
    receipt: [HEXADECIMAL, BEN],
    states: [OPEN],
  },
  {
    title: "fits two messages to two people",
    sent: [
      { name: DECIMAL, to: ADA },
      { name: HEXADECIMAL, to: BEN },
    ],
    receipt: [HEXADECIMAL, BEN],
    states: [OPEN, ENDED],
  },
  {
    title: "fits two messages to one person, and is of the one whose very name it has",
    sent: [
      { name: DECIMAL, to: ADA },
      { name: HEXADECIMAL, to: ADA },
    ],
    receipt: [DECIMAL, ADA],
    states: [ENDED, OPEN],
  },
  {
    title: "comes again for a message that has ended, while one to the same person bears its name in the other base",
    sent: [
      { name: DECIMAL, to: ADA },
      { name: HEXADECIMAL, to: ADA, hasEnded: true },
    ],
    receipt: [HEXADECIMAL, ADA],
    states: [OPEN, ENDED],
  },
];

for (const { title, sent, receipt, states } of CASES)
  test(`a receipt that ${title}`, async () => {
    const attempts = await send(newId(), sent);
    const before = await statesOf(db, attempts);
    const isMatched = await dialer().receipts.receive(receiptOf(...receipt), SOURCE);
    assert.deepEqual(await statesOf(db, attempts), states);
    assert.equal(isMatched, before.join() !== states.join(), "who took nothing does not say so");
    await closeAll();
  });

test("a receipt that comes again for another tenant's ended message takes nobody's", async () => {
  const ours = await send(newId(), [{ name: DECIMAL, to: ADA }]);
  await send(newId(), [{ name: HEXADECIMAL, to: ADA, hasEnded: true }]);
  const remembering = dialer();
  remembering.receipts.expect(DECIMAL, ours[0] as Attempt);
  for (const { receipts } of [dialer(), remembering])
    assert.equal(await receipts.receive(receiptOf(HEXADECIMAL, ADA), SOURCE), false);
  assert.deepEqual(await statesOf(db, ours), [OPEN]);
});

/** Deletes all messages. Their ids are matched across all tenants, so those of one test could affect the next. */
const closeAll = async () => {
  for (const table of ["open_attempts", "attempts"]) await db.everyTenant().query(`delete from dial.${table}`);
};
