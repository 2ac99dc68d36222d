/**
 * Measures how many attempts a second dial can report to three services. Messages are put into its outbox, 200 attempts a transaction, and
 * delivered to receivers in another process that ignore them. The limit is an insert and a delete of as many rows with the same bytes, in
 * the same run. Also prints the CPU time of this process and PostgreSQL for an attempt, which other work on the machine does not change.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { startTestServers } from "../deploy/local/test-servers.ts";
import { AttemptReport } from "../gen/herald/campaigns/v1/attempt_report.ts";
import { DialQueueServiceDefinition } from "../gen/herald/campaigns/v1/dial_queue_service.ts";
import { Channel } from "../gen/herald/common/v1/channel.ts";
import { DeliveryState } from "../gen/herald/common/v1/outcome.ts";
import { AttemptCheckServiceDefinition } from "../gen/herald/compliance/v1/attempt_check_service.ts";
import { AttemptOutcome } from "../gen/herald/compliance/v1/attempt_outcome.ts";
import { InteractionDirection, RecordedInteraction } from "../gen/herald/contacts/v1/interaction.ts";
import { InteractionServiceDefinition } from "../gen/herald/contacts/v1/interaction_service.ts";
import { SuppressionListServiceDefinition } from "../gen/herald/lists/v1/suppression_list_service.ts";
import { deliveryOutcome } from "../svc/lib/outcomes/outcomes.ts";
import { INTERACTIONS, OUTCOMES, REPORTS } from "../svc/dial/publishing/message-kinds.ts";
import { createPublishing, type Publication } from "../svc/dial/publishing/publishing.ts";
import { connect } from "../svc/lib/client/client.ts";
import { createLog } from "../svc/lib/observe/log.ts";
import { Metrics } from "../svc/lib/observe/metrics.ts";
import { messagesOf, type NewMessage } from "../svc/lib/outbox/message-kind.ts";
import { Outbox } from "../svc/lib/outbox/outbox.ts";
import { bootstrapDatabase, serviceUrl } from "../svc/lib/postgres/bootstrap.ts";
import { openDatabase } from "../svc/lib/postgres/db.ts";
import { migrate } from "../svc/lib/postgres/migrate.ts";
import { newId } from "../svc/lib/request/ids.ts";
import { until } from "../tests/lib/harness.ts";
import { printFigure, printParts } from "./lib/figures.ts";
import { cpuMicros, maxRssMb, microsEach } from "./lib/processes.ts";

const ATTEMPTS = Number(process.env["BENCH_OUTBOX_ATTEMPTS"] ?? 60_000);
const WARM_UP = 4_000;
const BATCH = 200;
const TEXT =
  "Hello Ann, your table in our garden is waiting for you. Bring your friends, and the sun. Reply STOP to opt out.";
const PATHS = [
  "/herald.campaigns.v1.DialQueueService/ReportOutcomes",
  "/herald.compliance.v1.AttemptCheckService/ReportOutcomes",
  "/herald.contacts.v1.InteractionService/RecordInteractions",
];

const servers = await startTestServers({ durable: true });
const options = { adminUrl: servers.databaseUrl, database: "bench_outbox", passwords: { dial: "for the bench alone" } };
await bootstrapDatabase(options);
const url = serviceUrl(options, "dial");
const log = createLog("bench", "silent");
await migrate({ url, service: "dial", folder: new URL("../svc/dial/sql/", import.meta.url), log });
const db = openDatabase({ url, service: "dial", connections: 10, statementTimeoutMs: 30_000, log });

const receiver = fork(fileURLToPath(new URL("./lib/receiver.ts", import.meta.url)), PATHS);
const [{ port }] = (await once(receiver, "message")) as [{ port: number }];
const connection = connect({ address: `127.0.0.1:${port}`, token: () => "", deadlineMs: 10_000 });
const outbox = new Outbox({ db, service: "dial", log, metrics: new Metrics("bench") });
const publishing = createPublishing({
  outbox,
  queue: connection.client(DialQueueServiceDefinition),
  checks: connection.client(AttemptCheckServiceDefinition),
  interactions: connection.client(InteractionServiceDefinition),
  suppressionLists: connection.client(SuppressionListServiceDefinition),
});
outbox.open();
const [tenantId, campaignGroupId] = [newId(), newId()];

type AttemptPublication = Required<Omit<Publication, "optOuts">>;

try {
  for (const attempts of [WARM_UP, ATTEMPTS]) {
    const said = Array.from({ length: attempts / BATCH }, batchOfAttempts);
    const rows = said.map((batch) => [
      ...messagesOf(REPORTS, batch.reports),
      ...messagesOf(OUTCOMES, batch.outcomes),
      ...messagesOf(INTERACTIONS, batch.interactions),
    ]);
    const limit = await measure(attempts, () => insertAndDelete(rows));
    const value = await measure(attempts, () => putAndDeliver(said));
    if (attempts === WARM_UP) continue;
    printFigure("outbox", value.perSecond, "attempts/s", limit.perSecond, maxRssMb(process));
    printParts("outbox.limit.cpu", "µs of CPU an attempt", limit.cpu);
    printParts("outbox.cpu", "µs of CPU an attempt", value.cpu);
  }
} finally {
  await outbox.stop();
  connection.close();
  receiver.disconnect();
  await db.close();
  await servers.stop();
}

async function measure(attempts: number, work: () => Promise<void>) {
  const pids = { ...servers.pids, bench: process.pid };
  const [before, begun] = [cpuMicros(pids), performance.now()];
  await work();
  const perSecond = attempts / ((performance.now() - begun) / 1_000);
  return { perSecond, cpu: microsEach(before, cpuMicros(pids), attempts) };
}

async function putAndDeliver(said: readonly AttemptPublication[]): Promise<void> {
  for (const batch of said) await db.transaction(tenantId, (tx) => publishing.put(tx, batch));
  const left = async () => (await db.tenant(tenantId).query("select from dial.outbox_messages limit 1")).rows.length;
  await until(async () => (await left()) === 0, { timeoutMs: 60_000, everyMs: 10 });
}

/** Inserts the same bytes in as many rows and transactions, and deletes the rows of each transaction in another one. */
async function insertAndDelete(batches: readonly (readonly NewMessage[])[]): Promise<void> {
  const sql = new pg.Client({ connectionString: servers.databaseUrl });
  await sql.connect();
  await sql.query("create table bare (id bigint primary key, body bytea)");
  let id = 0;
  for (const batch of batches) {
    const from = id;
    await sql.query("begin");
    for (const { body } of batch)
      await sql.query({ name: "insert", text: "insert into bare values ($1, $2)", values: [++id, body] });
    await sql.query("commit");
    await sql.query({ name: "delete", text: "delete from bare where id > $1 and id <= $2", values: [from, id] });
  }
  await sql.query("drop table bare");
  await sql.end();
}

function batchOfAttempts(): AttemptPublication {
  const ids = Array.from({ length: BATCH }, () => ({ attemptId: newId(), recordId: newId() }));
  const [time, outcome] = [new Date(), deliveryOutcome(DeliveryState.DELIVERY_STATE_DELIVERED)];
  const ended = { outcome, counts: true };
  return {
    reports: ids.map(({ attemptId, recordId }) =>
      AttemptReport.fromPartial({ campaignGroupId, recordId, attemptId, time, kind: { $case: "ended", ended } }),
    ),
    outcomes: ids.map(({ attemptId }) =>
      AttemptOutcome.fromPartial({ attemptId, outcome, counts: true, endTime: time }),
    ),
    interactions: ids.map(({ attemptId, recordId }) =>
      RecordedInteraction.fromPartial({
        clientId: "a client",
        firstName: "Ann",
        lastName: "Smith",
        interaction: {
          ...{ id: attemptId, recordId, campaignGroupId, campaignGroupName: "Spring", outcome, text: TEXT },
          direction: InteractionDirection.INTERACTION_DIRECTION_OUTBOUND,
          channel: Channel.CHANNEL_SMS,
          contactInfo: "+12125550123",
          ownAddress: "12345",
          startTime: time,
          endTime: time,
        },
      }),
    ),
  };
}
