import assert from "node:assert/strict";
import { test } from "node:test";
import { AuditAction } from "../../../gen/herald/options/v1/options.ts";
import type { KeptAuditEntry } from "../../../svc/lib/audit/kept-entry.ts";
import { AuditCounter } from "../../../svc/lib/audit/audit-counter.ts";
import { networkOf } from "../../../svc/lib/request/networks.ts";
import { newId } from "../harness.ts";

const tenantId = newId();
let ids = 0;
const refused = (more: Partial<KeptAuditEntry> = {}): KeptAuditEntry => {
  const startTime = more.startTime ?? new Date("2026-03-02T15:00:00.000Z");
  return {
    id: `entry-${++ids}`,
    tenantId,
    startTime,
    durationMs: 1,
    rpc: "herald.lists.v1.RecordService/ExportRecords",
    action: AuditAction.AUDIT_ACTION_EXPORT,
    callerKind: "user",
    callerId: "u1",
    requestId: `r${ids}`,
    clientAddress: "203.0.113.7",
    objectIds: {},
    status: "PERMISSION_DENIED",
    count: 1,
    lastTime: startTime,
    callerName: "",
    ...more,
  };
};

/** Imitates the audit trail: keeps each entry by its id, with its highest count. */
function trail({ failing = () => false }: { failing?: () => boolean } = {}) {
  const rows = new Map<string, KeptAuditEntry>();
  let writes = 0;
  const counter = new AuditCounter(async (_, entries) => {
    if (failing()) throw new Error("the database is away");
    writes += 1;
    for (const entry of entries) if ((rows.get(entry.id)?.count ?? 0) < entry.count) rows.set(entry.id, entry);
  });
  return { counter, entries: () => [...rows.values()], writes: () => writes };
}

test("100,000 refusals that are alike are one entry, with the first time, the last and the count, written twice", async () => {
  const { counter, entries, writes } = trail();
  await counter.add(refused());
  assert.deepEqual(
    entries().map(({ count }) => count),
    [1],
    "the first is kept at once",
  );
  for (let i = 1; i < 100_000; i++) await counter.add(refused({ startTime: new Date("2026-03-02T15:59:00.000Z") }));
  await counter.flush();
  await counter.flush();
  assert.deepEqual(
    entries().map(({ count, startTime, lastTime }) => [count, startTime, lastTime]),
    [[100_000, new Date("2026-03-02T15:00:00.000Z"), new Date("2026-03-02T15:59:00.000Z")]],
  );
  assert.equal(writes(), 2);
});

test("another caller, address, object, outcome or hour is another entry", async () => {
  const { counter, entries } = trail();
  const others = [
    {},
    { callerId: "u2" },
    { clientAddress: "203.0.113.8" },
    { objectIds: { contact_list_id: "l1" } },
    { status: "NOT_FOUND" },
    { startTime: new Date("2026-03-02T16:00:00.000Z") },
  ];
  for (const more of others) await counter.add(refused(more));
  assert.equal(entries().length, others.length);
});

test("what differs each time is told together beyond a bound, for each tenant, and nothing of it is lost", async () => {
  const { counter, entries } = trail();
  for (let i = 0; i < 5_000; i++) counter.count(refused({ clientAddress: `10.0.${i >> 8}.${i & 255}` }));
  for (let i = 0; i < 5_000; i++) counter.count(refused({ callerId: `u${i}`, clientAddress: `10.1.0.${i & 255}` }));
  counter.count(refused({ tenantId: newId() }));
  await counter.flush();
  const own = entries().filter((entry) => entry.tenantId === tenantId);
  assert.equal(own.length, 1_001);
  assert.equal(
    own.reduce((sum, { count }) => sum + count, 0),
    10_000,
  );
  const [several] = own.filter(({ clientAddress, callerId }) => clientAddress === "*" && callerId === "u1");
  assert.ok((several?.count ?? 0) >= 4_800);
  assert.equal(own.filter(({ callerId, rpc }) => callerId === "*" && rpc === "*").length, 1);
  assert.equal(entries().length, 1_002, "another tenant has its own");
});

test("what could not be written is written later", async () => {
  let away = true;
  const { counter, entries } = trail({ failing: () => away });
  await assert.rejects(counter.add(refused()));
  counter.count(refused());
  await assert.rejects(counter.flush());
  away = false;
  await counter.flush();
  assert.deepEqual(
    entries().map(({ count }) => count),
    [2],
  );
});

test("an IPv6 address counts as its network of 64 bits, however it is written; an IPv4 address as itself", () => {
  const networks: [string, string][] = [
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0DB8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["203.0.113.7", "203.0.113.7"],
    ["", ""],
  ];
  for (const [address, network] of networks) assert.equal(networkOf(address), network, address);
});
