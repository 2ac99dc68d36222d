/** Messages that could not be delivered to another service, or results that could not be stored, are shown to people without their content. They are delivered again when people ask for it. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { AttemptReport } from "../../../gen/herald/campaigns/v1/attempt_report.ts";
import { OutboxServiceDefinition } from "../../../gen/herald/common/v1/outbox_service.ts";
import { AttemptState } from "../../../gen/herald/dial/v1/attempt.ts";
import { UndeliveredServiceDefinition } from "../../../gen/herald/dial/v1/undelivered_service.ts";
import { AuditServiceDefinition } from "../../../gen/herald/identity/v1/audit_service.ts";
import { OPT_OUTS, REPORTS } from "../../../svc/dial/publishing/message-kinds.ts";
import { startJobs } from "../../../svc/jobs/service.ts";
import { AUDIT_ENTRIES } from "../../../svc/lib/audit/audit-entries.ts";
import type { Database } from "../../../svc/lib/postgres/db.ts";
import type { Owner } from "../../lib/cleanup.ts";
import { meshClient, newId, rejectsWith, started, status, testKeys, until, userClient } from "../../lib/harness.ts";
import { keptAuditEntry, setAside } from "../../lib/set-aside.ts";
import { databaseOf, testDatabase } from "../../lib/servers.ts";
import {
  attemptsOf,
  boot,
  dialIn,
  makeList,
  office,
  phones,
  progressOf,
  smsGroup,
  startGroup,
  type DialWorld,
  world,
} from "../boot.ts";
import { OUTBOX_SERVICES } from "../../../svc/lib/service/service-names.ts";

const KEEPERS = [...OUTBOX_SERVICES].sort();

const undeliveredOf = (t: Owner, { addresses }: DialWorld, tenantId: string) =>
  userClient(t, addresses.dial, UndeliveredServiceDefinition, {
    tenantId,
    permissions: ["undelivered.read", "undelivered.write"],
  });

test("every service that has an outbox is asked for what it has set aside", () => {
  const services = readdirSync(new URL("../../../svc/", import.meta.url)).filter((name) => name !== "lib");
  const withOutbox = services.filter((name) =>
    readFileSync(new URL(`../../../svc/${name}/service.ts`, import.meta.url), "utf8").includes("parts.outbox("),
  );
  assert.deepEqual(withOutbox, KEEPERS);
});

test("a receipt with a NUL in it is written; a result that cannot be is set aside, shown, and written when asked for", async (t) => {
  const booted = await boot(t);
  const [at, dialDb] = [await office(t, booted), booted.database("dial")];
  const { smsc } = booted.simulators;
  const undelivered = await undeliveredOf(t, booted, at.tenantId);
  for (const ending of ["00", "01", "02", "03"]) smsc.settings.endings[ending] = "no_receipt";
  const list = await makeList(booted.database("lists"), at, phones(4));
  const groupId = await startGroup(at, smsGroup([list]));
  const sent = await until(async () => {
    const attempts = await attemptsOf(at, groupId, AttemptState.ATTEMPT_STATE_IN_FLIGHT);
    return attempts.length === 4 && attempts;
  });

  // The message centre's own 8-bit alphabet, and an error code with a NUL: both are accepted, without what cannot be stored.
  const receipt = (i: number, text: string) =>
    smsc.deliver({
      source_addr: sent[i]?.contactInfo.slice(1),
      destination_addr: "12345",
      esm_class: 4,
      data_coding: 3,
      short_message: Buffer.from(`id:${sent[i]?.providerMessageId} ${text}`, "latin1"),
    });
  await dialDb.everyTenant().transaction(async (tx) => {
    await tx.asOwner();
    await tx.query(
      "alter table dial.attempts add constraint refuses check (provider_status <> 'UNDELIV 666') not valid",
    );
  });
  await Promise.all([
    receipt(0, "stat:DELIVRD err:0\x000"),
    receipt(1, "stat:UNDELIV err:666"),
    receipt(2, "stat:DELIVRD err:\x00\x00"),
    receipt(3, "stat:DELIVRD err:000"),
  ]);
  const bad = sent[1]?.id ?? "";
  await until(async () => (await attemptsOf(at, groupId, AttemptState.ATTEMPT_STATE_ENDED)).length === 3);
  assert.equal((await at.attempts.getAttempt({ attemptId: bad })).attempt?.state, AttemptState.ATTEMPT_STATE_STALE);

  const [shown, ...others] = (await undelivered.listUndelivered({})).undelivered;
  assert.deepEqual(others, []);
  assert.deepEqual(
    [shown?.service, shown?.topic, shown?.itemCount, shown?.attemptIds, shown?.tryCount],
    ["dial", "results", 1, [bad], 1],
  );
  assert.match(shown?.reason ?? "", /violates check constraint …/);
  const undeliveredId = shown?.id ?? "";
  await undelivered.redeliver({ undeliveredId });
  assert.equal(
    (await undelivered.listUndelivered({})).undelivered[0]?.tryCount,
    2,
    "refused again, and back with its reason",
  );

  await dialDb.everyTenant().transaction(async (tx) => {
    await tx.asOwner();
    await tx.query("alter table dial.attempts drop constraint refuses");
  });
  await undelivered.redeliver({ undeliveredId });
  const { attempt } = await at.attempts.getAttempt({ attemptId: bad });
  assert.deepEqual([attempt?.state, attempt?.providerStatus], [AttemptState.ATTEMPT_STATE_ENDED, "UNDELIV 666"]);
  assert.deepEqual((await undelivered.listUndelivered({})).undelivered, []);
  await until(async () => (await progressOf(at, groupId)).stale === 0);
});

test("what services have set aside is one list, in pages, without what it says of people; it is delivered when asked for", async (t) => {
  const around = await world(t);
  const { jobs: jobsUrl } = await testDatabase(t, "jobs");
  const jobs = await started(
    t,
    startJobs({ env: { ...around.envOf("lists"), DATABASE_URL: jobsUrl, PORT: "0" }, keys: testKeys }),
  );
  await dialIn(t, around, { HERALD_MESH_JOBS: jobs.address });
  const [at, stranger] = [await office(t, around), await office(t, around)];
  const undelivered = await undeliveredOf(t, around, at.tenantId);
  const databases = Object.fromEntries(
    KEEPERS.map((name) => [
      name,
      databaseOf(t, name, name === "jobs" ? jobsUrl : around.envOf(name as "lists")["DATABASE_URL"]),
    ]),
  ) as Record<string, Database>;
  const place = (service: string, tenantId = at.tenantId) => ({
    db: (databases[service] as Database).tenant(tenantId),
    service,
    tenantId,
  });

  const entries = KEEPERS.map(() => keptAuditEntry(at.tenantId));
  const ids: string[] = [];
  for (const [i, service] of KEEPERS.entries())
    ids.push(await setAside(place(service), AUDIT_ENTRIES, entries.slice(i, i + 1)));
  const attemptId = newId();
  const reason =
    'entries[0].value: "+12125550123" is no number; Ann <ann＠example.com>, +1 (212) 555 0124 and «Bob Miller';
  const optOuts = await setAside({ ...place("dial"), reason }, OPT_OUTS, ["+12125550123"]);
  const about = [{ attemptId }, { attemptId: "not an id" }].map((one) => AttemptReport.fromPartial(one));
  const reports = await setAside(place("dial"), REPORTS, about);
  const broken = await setAside(place("lists"), AUDIT_ENTRIES, [keptAuditEntry(at.tenantId, "no id")]);
  await setAside(place("lists", stranger.tenantId), AUDIT_ENTRIES, [keptAuditEntry(stranger.tenantId)]);
  ids.push(optOuts, reports, broken);

  await t.test("in pages that meet, filtered by service and topic, of the tenant alone", async () => {
    const found = [];
    for (let pageToken: string | undefined; pageToken !== "";) {
      const page = await undelivered.listUndelivered({ pageSize: 4, pageToken: pageToken ?? "" });
      found.push(...page.undelivered);
      pageToken = page.nextPageToken;
    }
    assert.deepEqual(
      found.map(({ id }) => id),
      ids.toReversed(),
    );
    const named = async (filter: object) => (await undelivered.listUndelivered(filter)).undelivered.map(({ id }) => id);
    assert.deepEqual(await named({ topic: "opt_outs" }), [optOuts]);
    assert.deepEqual(await named({ service: "jobs" }), [ids[KEEPERS.indexOf("jobs")]]);
    assert.deepEqual(await named({ service: "jobs", topic: "opt_outs" }), []);
    await rejectsWith(
      undelivered.listUndelivered({ service: "post" }),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_FIELDS_INVALID",
    );
  });

  await t.test("with why, how much and about which attempts, and with no number, address or text", async () => {
    const { undelivered: some } = await undelivered.listUndelivered({ service: "dial" });
    const byId = new Map(some.map((one) => [one.id, one]));
    assert.equal(byId.get(optOuts)?.reason, "entries[0].value: … is no number; Ann … … and …");
    assert.deepEqual([byId.get(reports)?.itemCount, byId.get(reports)?.attemptIds], [2, [attemptId]]);
    assert.ok(!/555|@/.test(JSON.stringify(some)));
  });

  await t.test("nobody redelivers what is another tenant's", async () => {
    const strangers = await undeliveredOf(t, around, stranger.tenantId);
    await rejectsWith(
      strangers.redeliver({ undeliveredId: ids[0] ?? "" }),
      status.NOT_FOUND,
      "ERROR_REASON_UNDELIVERED_NOT_FOUND",
    );
    const asked = meshClient(t, around.addresses.lists, OutboxServiceDefinition, stranger.tenantId);
    await assert.rejects(
      asked.listSetAside({ limit: 10 }),
      { code: status.UNAUTHENTICATED },
      "a token for another service",
    );
  });

  await t.test("redelivered, the good arrive and the bad are back with the receiver's reason", async () => {
    const before = (await undelivered.listUndelivered({ service: "lists" })).undelivered.length;
    assert.equal(before, 2);
    const { redeliveredCount, unreachedServices } = await undelivered.redeliverAll({ topic: "audit" });
    assert.deepEqual([redeliveredCount, unreachedServices], [KEEPERS.length + 1, []]);
    const trail = await userClient(t, around.addresses.identity, AuditServiceDefinition, {
      tenantId: at.tenantId,
      permissions: ["audit.read"],
    });
    await until(async () => {
      const { auditEntries } = await trail.listAuditEntries({ pageSize: 100 });
      const isAudited = auditEntries.some(({ rpc }) => rpc === "herald.dial.v1.UndeliveredService/RedeliverAll");
      return isAudited && entries.every(({ id }) => auditEntries.some((one) => one.id === id));
    });
    const back = await until(async () => (await undelivered.listUndelivered({ service: "lists" })).undelivered[0]);
    assert.deepEqual([back.id, back.tryCount], [broken, 9]);
    assert.match(back.reason, /audit_entries/);
  });

  await t.test("a service that is away is named, and its messages are not said to be unknown", async () => {
    await jobs.stop();
    const unknown = undelivered.redeliver({ undeliveredId: newId() });
    await rejectsWith(unknown, status.UNAVAILABLE, "ERROR_REASON_DEPENDENCY_UNAVAILABLE");
    assert.deepEqual((await undelivered.listUndelivered({})).unreachedServices, ["jobs"]);
  });
});
