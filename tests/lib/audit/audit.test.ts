import assert from "node:assert/strict";
import { test } from "node:test";
import { RecordAuditEntriesRequest } from "../../../gen/herald/identity/v1/audit_service.ts";
import { AuditAction } from "../../../gen/herald/options/v1/options.ts";
import { objectIds } from "../../../svc/lib/audit/audit.ts";
import { EchoDefinition } from "../echo.ts";
import { bootEcho } from "../echo-service.ts";
import { newId, rejectsWith, status, until, userClient } from "../harness.ts";

const tenantId = newId();

async function boot(t: Parameters<typeof bootEcho>[0], options: Parameters<typeof bootEcho>[1] = {}) {
  const service = await bootEcho(t, options);
  const userId = newId();
  const echo = await userClient(t, service.address, EchoDefinition, {
    tenantId,
    userId,
    permissions: ["echo.say", "echo.change"],
  });
  const entries = async () =>
    (
      await service.db
        .tenant(tenantId)
        .query<{ body: Buffer }>("select body from lists.outbox_messages where topic = 'audit' order by seq")
    ).rows.flatMap(({ body }) => RecordAuditEntriesRequest.decode(body).auditEntries);
  return { service, echo, userId, entries };
}

test("an audited call leaves one entry behind before its answer: who, what, which objects, through which request; nothing of the content", async (t) => {
  const { echo, userId, entries } = await boot(t);
  await echo.change({ text: "private words", thingId: "thing-1" }, { requestId: "req-1" });
  const [entry, ...more] = await entries();
  assert.deepEqual(more, []);
  assert.ok(entry);
  const { id, startTime, durationMs, ...rest } = entry;
  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.ok(Math.abs(Number(startTime) - Date.now()) < 10_000 && durationMs >= 0);
  assert.deepEqual(rest, {
    tenantId,
    rpc: "herald.lists.v1.EchoService/Change",
    action: AuditAction.AUDIT_ACTION_EDIT,
    callerKind: "user",
    callerId: userId,
    requestId: "req-1",
    clientAddress: "",
    objectIds: { thing_id: "thing-1", tenant_id: tenantId },
    status: "OK",
    count: 1,
    lastTime: startTime,
    callerName: "",
  });
  assert.ok(!JSON.stringify(entry).includes("private"));
});

test("a call that only tried leaves its entry too, with the code it ended with; one that reads leaves none", async (t) => {
  const { echo, entries, service } = await boot(t, {
    handlers: {
      change: async () => {
        throw new Error("a fault of ours");
      },
    },
  });
  await rejectsWith(echo.change({}), status.INTERNAL);
  const stranger = await userClient(t, service.address, EchoDefinition, { tenantId, permissions: [] });
  await rejectsWith(stranger.change({}), status.PERMISSION_DENIED);
  await echo.say({});
  assert.deepEqual(
    (await entries()).map(({ status }) => status),
    ["INTERNAL", "PERMISSION_DENIED"],
  );
});

test("calls that are refused alike are one entry with a count, which grows within seconds", async (t) => {
  const { service, entries } = await boot(t);
  const stranger = await userClient(t, service.address, EchoDefinition, { tenantId, permissions: [] });
  for (let i = 0; i < 200; i++) await rejectsWith(stranger.change({ text: `try ${i}` }), status.PERMISSION_DENIED);
  const kept = await until(async () => {
    const all = await entries();
    return all.some(({ count }) => count === 200) && all;
  });
  assert.equal(new Set(kept.map(({ id }) => id)).size, 1);
  assert.ok(kept.length < 20, `${kept.length} messages`);
});

test("a stream of requests is audited by its first message", async (t) => {
  const { echo, entries } = await boot(t);
  const requests = async function* () {
    yield { thingId: "first", count: 1 };
    yield { count: 1 };
  };
  await echo.sum(requests());
  assert.deepEqual(
    (await entries()).map(({ objectIds }) => objectIds),
    [{ thing_id: "first" }],
  );
});

test("a change that cannot be audited is not answered as if it had been", async (t) => {
  const { echo, service } = await boot(t);
  await echo.change({ text: "before" });
  await service.db.everyTenant().transaction(async (tx) => {
    await tx.asOwner();
    await tx.query("alter table lists.outbox_messages rename to outbox_messages_away");
  });
  await rejectsWith(echo.change({ text: "after" }), status.INTERNAL);
});

test("an RPC that is audited keeps a service without a place for the trail from starting", async (t) => {
  const { startService } = await import("../../../svc/lib/service/service.ts");
  const { commonConfig } = await import("../../../svc/lib/service/common-config.ts");
  const { readSettings } = await import("../../../svc/lib/service/config.ts");
  const { echoEnv } = await import("../echo-service.ts");
  const { echoHandlers, echoMethods } = await import("../echo.ts");
  const config = readSettings((env) => commonConfig(env, "lists"), await echoEnv(t));
  await assert.rejects(
    startService("lists", config, (parts) => parts.serve(EchoDefinition, echoHandlers()), { methods: echoMethods }),
    /is audited, and this service has no audit sink/,
  );
});

test("the ids of a message are its id fields and those of the resources in it", () => {
  const message = {
    contactListId: "l1",
    contactList: { id: "l2", name: "Spring" },
    name: "x",
    pageToken: "p",
    recordId: "",
    nested: { phone: "+15550100" },
    updateMask: ["name"],
    none: undefined,
  };
  assert.deepEqual(objectIds(message), { contact_list_id: "l2" });
  assert.deepEqual(objectIds({ jobId: "j1", job: undefined }), { job_id: "j1" });
  assert.deepEqual(objectIds({ jobId: `j\0${"x".repeat(200)}` }), { job_id: `j${"x".repeat(99)}` });
  assert.deepEqual(objectIds(undefined), {});
});
