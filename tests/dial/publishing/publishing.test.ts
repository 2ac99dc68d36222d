/** The messages that dial publishes, from its outbox to receivers behind a real gRPC server. */
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { handleUnaryCall } from "@grpc/grpc-js";
import { AttemptReport } from "../../../gen/herald/campaigns/v1/attempt_report.ts";
import { DialQueueServiceDefinition } from "../../../gen/herald/campaigns/v1/dial_queue_service.ts";
import { OptOutChange } from "../../../gen/herald/lists/v1/opt_out_change.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import { AttemptCheckServiceDefinition } from "../../../gen/herald/compliance/v1/attempt_check_service.ts";
import { AttemptOutcome } from "../../../gen/herald/compliance/v1/attempt_outcome.ts";
import { InteractionDirection, RecordedInteraction } from "../../../gen/herald/contacts/v1/interaction.ts";
import { InteractionServiceDefinition } from "../../../gen/herald/contacts/v1/interaction_service.ts";
import { SuppressionListServiceDefinition } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import { createPublishing } from "../../../svc/dial/publishing/publishing.ts";
import { deliveryOutcome } from "../../../svc/lib/outcomes/outcomes.ts";
import { createLog } from "../../../svc/lib/observe/log.ts";
import { Metrics } from "../../../svc/lib/observe/metrics.ts";
import { Outbox } from "../../../svc/lib/outbox/outbox.ts";
import { migrate } from "../../../svc/lib/postgres/migrate.ts";
import { type GenericDefinition, type GenericMethod, grpcMethod } from "../../../svc/lib/rpc/definitions.ts";
import { openBareServer } from "../../lib/bare-server.ts";
import { cleanup } from "../../lib/cleanup.ts";
import { newId, until } from "../../lib/harness.ts";
import { databaseOf, testDatabaseFrom } from "../../lib/servers.ts";

const SQL = new URL("../../../svc/dial/sql/", import.meta.url);
const FIRST_WITH_LINES = "0015";
const log = createLog("dial", "silent");
const tenantId = newId();

/** Receives the messages that dial publishes, and keeps them by RPC. */
async function openReceivers(t: TestContext) {
  const got = new Map<string, unknown[]>();
  const { server, connection } = await openBareServer(t);
  const answer = (definition: GenericDefinition, method: GenericMethod) => {
    const rpc = grpcMethod(definition, method);
    const take: handleUnaryCall<unknown, object> = ({ request }, done) => {
      got.set(rpc.path, [...(got.get(rpc.path) ?? []), request]);
      done(null, {});
    };
    server.addService({ take: rpc }, { take });
    return rpc.path;
  };
  const paths = {
    reports: answer(DialQueueServiceDefinition, DialQueueServiceDefinition.methods.reportOutcomes),
    outcomes: answer(AttemptCheckServiceDefinition, AttemptCheckServiceDefinition.methods.reportOutcomes),
    interactions: answer(InteractionServiceDefinition, InteractionServiceDefinition.methods.recordInteractions),
    optOuts: answer(SuppressionListServiceDefinition, SuppressionListServiceDefinition.methods.recordOptOuts),
  };
  return { connection, of: (name: keyof typeof paths) => got.get(paths[name]) ?? [] };
}

async function openPublishing(t: TestContext, url: string) {
  const { connection, of } = await openReceivers(t);
  const db = databaseOf(t, "dial", url);
  const outbox = new Outbox({ db, service: "dial", log, metrics: new Metrics("dial") });
  const publishing = createPublishing({
    outbox,
    queue: connection.client(DialQueueServiceDefinition),
    checks: connection.client(AttemptCheckServiceDefinition),
    interactions: connection.client(InteractionServiceDefinition),
    suppressionLists: connection.client(SuppressionListServiceDefinition),
  });
  await outbox.prepare();
  outbox.open();
  cleanup(t, () => outbox.stop());
  const empty = async () => {
    const { rows } = await db.tenant(tenantId).query("select from dial.outbox_messages where due_at < 'infinity'");
    return rows.length === 0;
  };
  return { db, outbox, publishing, of, empty };
}

const anOutcome = deliveryOutcome(DeliveryState.DELIVERY_STATE_DELIVERED);

/** The messages of dial about one attempt. */
function said(attemptId = newId()) {
  const time = new Date("2026-03-02T15:00:00.123Z");
  const ended = { outcome: anOutcome, counts: true };
  const interaction = {
    id: attemptId,
    direction: InteractionDirection.INTERACTION_DIRECTION_OUTBOUND,
    channel: Channel.CHANNEL_SMS,
    contactInfo: "+12125550123",
    text: "Hello Ann",
    startTime: time,
    outcome: anOutcome,
  };
  return {
    report: AttemptReport.fromPartial({ attemptId, recordId: newId(), time, kind: { $case: "ended", ended } }),
    outcome: AttemptOutcome.fromPartial({ attemptId, outcome: anOutcome, counts: true, endTime: time }),
    interaction: RecordedInteraction.fromPartial({ interaction, firstName: "Ann" }),
  };
}

test("what is said of attempts arrives as it was said, each kind with one call, and opt-outs with why", async (t) => {
  const { dial: url } = await testDatabaseFrom(t, { dial: SQL });
  const { db, publishing, of, empty } = await openPublishing(t, url);
  const [one, two] = [said(), said()];
  const optOut = OptOutChange.fromPartial({ optOutId: newId(), contactInfos: ["+12125550123"], reason: "Opted out" });
  await db.transaction(tenantId, (tx) =>
    publishing.put(tx, {
      reports: [one.report, two.report],
      outcomes: [one.outcome, two.outcome],
      interactions: [one.interaction, two.interaction],
      optOuts: [optOut],
    }),
  );
  await until(empty);
  assert.deepEqual(of("reports"), [{ reports: [one.report, two.report] }]);
  assert.deepEqual(of("outcomes"), [{ outcomes: [one.outcome, two.outcome] }]);
  assert.deepEqual(of("interactions"), [{ interactions: [one.interaction, two.interaction] }]);
  assert.deepEqual(of("optOuts"), [
    { channel: Channel.CHANNEL_UNSPECIFIED, contactInfos: [], reason: "", changes: [optOut] },
  ]);
});

test("what a version before kept as JSON arrives after the update as it was said, before what came since; what it set aside still tells of its attempts", async (t) => {
  const before = mkdtempSync(join(tmpdir(), "herald-dial-before-"));
  cleanup(t, () => rmSync(before, { recursive: true }));
  for (const file of readdirSync(SQL).filter((name) => name < FIRST_WITH_LINES))
    copyFileSync(fileURLToPath(new URL(file, SQL)), join(before, file));
  const { dial: url } = await testDatabaseFrom(t, { dial: pathToFileURL(`${before}/`) });
  const db = databaseOf(t, "dial", url);
  const [one, two, three] = [said(), said(), said()];
  const keep = (topic: string, payload: unknown, dueAt = "now") =>
    db
      .tenant(tenantId)
      .query("insert into dial.outbox (tenant_id, id, topic, payload, due_at) values ($1, $2, $3, $4, $5)", [
        tenantId,
        newId(),
        topic,
        JSON.stringify(payload),
        dueAt,
      ]);
  await keep("campaigns", [AttemptReport.toJSON(one.report)]);
  await keep("campaigns", [AttemptReport.toJSON(two.report)]);
  await keep("compliance", [AttemptOutcome.toJSON(one.outcome)]);
  await keep("contacts", [RecordedInteraction.toJSON(one.interaction)]);
  await keep("opt_outs", ["+12125550123"]);
  await keep(
    "contacts",
    [two, three].map(({ interaction }) => RecordedInteraction.toJSON(interaction)),
    "infinity",
  );

  await migrate({ url, service: "dial", folder: SQL, log });
  const { publishing, outbox, of, empty } = await openPublishing(t, url);
  await publishing.put(db.tenant(tenantId), { reports: [three.report] });
  await until(empty);
  const reports = of("reports").flatMap((request) => (request as { reports: AttemptReport[] }).reports);
  assert.deepEqual(reports, [one.report, two.report, three.report]);
  assert.deepEqual(of("outcomes"), [{ outcomes: [one.outcome] }]);
  assert.deepEqual(of("interactions"), [{ interactions: [one.interaction] }]);
  assert.deepEqual(of("optOuts"), [
    { channel: Channel.CHANNEL_SMS, contactInfos: ["+12125550123"], reason: "Opted out by SMS", changes: [] },
  ]);

  const [shown] = await outbox.setAside.list(tenantId, { topic: "", beforeId: "", limit: 10 });
  assert.deepEqual(
    [shown?.topic, shown?.itemCount, shown?.attemptIds],
    ["contacts", 2, [two, three].map(({ report }) => report.attemptId)],
  );
  await outbox.setAside.deliver(tenantId, { undeliveredId: shown?.id ?? "", topic: "" });
  await until(() => of("interactions").length === 2);
  assert.deepEqual(of("interactions")[1], { interactions: [two.interaction, three.interaction] });
});
