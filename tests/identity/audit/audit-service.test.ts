import assert from "node:assert/strict";
import { test } from "node:test";
import type { AuditEntry } from "../../../gen/herald/identity/v1/audit_entry.ts";
import { AuditServiceDefinition } from "../../../gen/herald/identity/v1/audit_service.ts";
import { AuditAction } from "../../../gen/herald/options/v1/options.ts";
import { meshClient, newId, rejectsWith, status } from "../../lib/harness.ts";
import { asEveryTenant } from "../database.ts";
import { allPages, badFields, bootIdentity, type Office, openOffice, PASSWORD } from "../identity.ts";

const anEntry = (tenantId: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  id: newId(),
  tenantId,
  startTime: new Date("2026-03-02T15:00:00.123Z"),
  durationMs: 12,
  rpc: "herald.lists.v1.ContactListService/DeleteContactList",
  action: AuditAction.AUDIT_ACTION_DELETE,
  callerKind: "user",
  callerId: newId(),
  requestId: newId(),
  objectIds: { contact_list_id: newId() },
  status: "OK",
  clientAddress: "203.0.113.7",
  count: 1,
  lastTime: more.startTime ?? new Date("2026-03-02T15:00:00.123Z"),
  callerName: "",
  ...more,
});

/** The trail of an office without how it signed in. */
async function changesOf(office: Office): Promise<AuditEntry[]> {
  const { auditEntries } = await office.audit.listAuditEntries({});
  return auditEntries.filter(({ action }) => action !== AuditAction.AUDIT_ACTION_SIGN_IN);
}

test("every write of this service is in the trail, with who, what, through which request and how it ended", async (t) => {
  const identity = await bootIdentity(t);
  const office = await openOffice(identity);
  const roleIds = [await office.roleId("Viewer")];
  const { user } = await office.users.createUser({ user: { email: "ada@example.com", roleIds }, password: PASSWORD });
  await rejectsWith(office.users.deleteUser({ userId: office.adminUserId }), status.FAILED_PRECONDITION);
  const auditEntries = await changesOf(office);
  assert.deepEqual(
    auditEntries.map(({ rpc, status: end, action }) => [rpc, end, action]),
    [
      ["herald.identity.v1.UserService/DeleteUser", "FAILED_PRECONDITION", AuditAction.AUDIT_ACTION_DELETE],
      ["herald.identity.v1.UserService/CreateUser", "OK", AuditAction.AUDIT_ACTION_CREATE],
    ],
  );
  const [, created] = auditEntries;
  assert.deepEqual(
    [created?.callerKind, created?.callerId, created?.tenantId],
    ["user", office.adminUserId, office.tenantId],
  );
  assert.equal(created?.objectIds["user_id"], user?.id);
  assert.ok(created?.requestId && created.startTime);
  assert.ok(!JSON.stringify(auditEntries).includes("ada@example.com"), "the trail holds no contact data");
});

test("services add entries, each kept once by its id", async (t) => {
  const identity = await bootIdentity(t);
  const office = await openOffice(identity);
  const lists = meshClient(t, identity.address, AuditServiceDefinition, office.tenantId, "lists");
  const entries = [anEntry(office.tenantId), anEntry(office.tenantId, { requestId: "" })];
  await lists.recordAuditEntries({ auditEntries: entries });
  await lists.recordAuditEntries({ auditEntries: [...entries, ...entries] });
  await lists.recordAuditEntries({ auditEntries: [] });
  const auditEntries = await changesOf(office);
  assert.deepEqual(new Set(auditEntries.map(({ id }) => id)), new Set(entries.map(({ id }) => id)));
  assert.deepEqual(
    auditEntries.find(({ id }) => id === entries[0]?.id),
    entries[0],
  );
});

test("an entry that comes again with a higher count grows, and never shrinks; it is found by the time of its last call", async (t) => {
  const identity = await bootIdentity(t);
  const office = await openOffice(identity);
  const lists = meshClient(t, identity.address, AuditServiceDefinition, office.tenantId, "lists");
  const minute = (n: number) => new Date(Date.UTC(2026, 2, 2, 15, n));
  const counted = (count: number) => ({ ...entry, count, lastTime: minute(count) });
  const entry = anEntry(office.tenantId, {
    startTime: minute(0),
    clientAddress: "2001:db8:1:2::/64",
    status: "NOT_FOUND",
  });
  const told = async (filter: object) =>
    (await office.audit.listAuditEntries({ ...filter, refused: true })).auditEntries;
  await lists.recordAuditEntries({ auditEntries: [entry, counted(3), counted(2)] });
  assert.deepEqual(await told({}), [counted(3)]);
  await lists.recordAuditEntries({ auditEntries: [counted(30)] });
  await lists.recordAuditEntries({ auditEntries: [counted(4), entry] });
  assert.deepEqual(await told({}), [counted(30)]);
  assert.equal((await told({ startTime: minute(20), endTime: minute(59) })).length, 1);
  assert.equal((await told({ startTime: minute(31) })).length, 0);
  assert.equal((await told({ clientAddress: "2001:db8:1:2::5" })).length, 1);
  assert.deepEqual(await badFields(lists.recordAuditEntries({ auditEntries: [counted(-1)] })), [
    "audit_entries[0].count",
  ]);
});

test("the list narrows by caller, request, object, action and time, in pages that meet without gap or repeat", async (t) => {
  const identity = await bootIdentity(t);
  const office = await openOffice(identity);
  const callerId = newId();
  const listId = newId();
  const at = (i: number) => new Date(Date.UTC(2026, 2, 2, 15, Math.floor(i / 2)));
  const entries = Array.from({ length: 11 }, (_, i) =>
    anEntry(office.tenantId, {
      startTime: at(i),
      ...(i < 6 && { callerId }),
      ...(i % 3 === 0 && { objectIds: { contact_list_id: listId, job_id: newId() } }),
      ...(i === 4 && { requestId: "request-4", action: AuditAction.AUDIT_ACTION_ALTER }),
      ...(i === 7 && { status: "PERMISSION_DENIED" }),
      ...(i === 8 && { clientAddress: "198.51.100.20" }),
    }),
  );
  await meshClient(t, identity.address, AuditServiceDefinition, "*").recordAuditEntries({ auditEntries: entries });
  const found = async (filter: object) => {
    const all = await allPages(async (pageToken) => {
      const page = await office.audit.listAuditEntries({ ...filter, pageSize: 2, pageToken });
      return { items: page.auditEntries, nextPageToken: page.nextPageToken };
    });
    return all.map(({ id }) => entries.findIndex((entry) => entry.id === id)).filter((i) => i >= 0);
  };
  assert.deepEqual(await found({}), [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  assert.deepEqual(await found({ callerId }), [5, 4, 3, 2, 1, 0]);
  assert.deepEqual(await found({ objectId: listId }), [9, 6, 3, 0]);
  assert.deepEqual(await found({ objectId: listId, callerId }), [3, 0]);
  assert.deepEqual(await found({ requestId: "request-4" }), [4]);
  assert.deepEqual(await found({ action: AuditAction.AUDIT_ACTION_ALTER }), [4]);
  assert.deepEqual(await found({ clientAddress: "198.51.100.20" }), [8]);
  assert.deepEqual(await found({ refused: true }), [7]);
  assert.deepEqual(await found({ startTime: at(4), endTime: at(8) }), [7, 6, 5, 4]);
  assert.deepEqual(await found({ callerId: newId() }), []);
  assert.deepEqual(await badFields(office.audit.listAuditEntries({ pageSize: -1 })), ["page_size"]);
  const odd = office.audit.listAuditEntries({ pageToken: "x" });
  await rejectsWith(odd, status.INVALID_ARGUMENT, "ERROR_REASON_PAGE_TOKEN_INVALID");
});

test("bad entries refuse the whole call, naming the fields; entries of another tenant than the call's too", async (t) => {
  const identity = await bootIdentity(t);
  const office = await openOffice(identity);
  const lists = meshClient(t, identity.address, AuditServiceDefinition, office.tenantId, "lists");
  const record = (...auditEntries: object[]) => badFields(lists.recordAuditEntries({ auditEntries }));
  const bad = {
    ...anEntry(office.tenantId),
    id: "x",
    startTime: undefined,
    action: AuditAction.AUDIT_ACTION_UNSPECIFIED,
  };
  assert.deepEqual(await record(anEntry(office.tenantId), bad), [
    "audit_entries[1].id",
    "audit_entries[1].start_time",
    "audit_entries[1].action",
  ]);
  assert.deepEqual(await record(anEntry(newId())), ["audit_entries[0].tenant_id"]);
  assert.deepEqual(await record(...Array.from({ length: 1_001 }, () => anEntry(office.tenantId))), ["audit_entries"]);
  assert.deepEqual(await changesOf(office), []);
});

test("people cannot write the trail, another tenant does not see it, and nobody can change what is in it", async (t) => {
  const identity = await bootIdentity(t);
  const [office, other] = [await openOffice(identity), await openOffice(identity)];
  await rejectsWith(office.audit.recordAuditEntries({ auditEntries: [] }), status.PERMISSION_DENIED);
  const lists = meshClient(t, identity.address, AuditServiceDefinition, office.tenantId, "lists");
  await lists.recordAuditEntries({ auditEntries: [anEntry(office.tenantId)] });
  assert.deepEqual(await changesOf(other), []);
  for (const statement of [
    "update identity.audit_entries set status = 'OK'",
    "delete from identity.audit_entries",
    "truncate identity.audit_entries",
    "delete from identity.audit_entry_objects",
    "update identity.audit_entries set count = 0",
    "update identity.audit_entries set count = 5, last_time = 'epoch'",
  ]) {
    await assert.rejects(asEveryTenant(identity, statement), { code: "42501" }, statement);
  }
});
