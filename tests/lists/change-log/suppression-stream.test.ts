import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { StreamEntriesResponse } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import { rejectsWith, status, until } from "../../lib/harness.ts";
import { bootLists, importEntries, officeOf, secondLists, suppressionStream } from "../lists.ts";

test("a listener gets a snapshot of all tenants, then every change within a second", async (t) => {
  const lists = await bootLists(t);
  const [one, two] = [await lists.openOffice(), await lists.openOffice()];
  const first = await one.newSuppressionList({ name: "First", required: true });
  const second = await two.newSuppressionList({ name: "Second" });
  await one.suppression.addEntries({ suppressionListId: first, entries: [{ value: "+12125550113", reason: "STOP" }] });
  const listener = listen(t, lists.address);
  await until(() => listener.isWhole);
  assert.deepEqual(listener.values(), { [first]: ["+12125550113"], [second]: [] });
  assert.equal(listener.messages[0]?.snapshotStart, true);
  assert.equal(new Set(listener.messages.map(({ sequence }) => sequence)).size, 1);
  assert.equal(listener.lists.get(first)?.required, true);

  await two.suppression.addEntries({ suppressionListId: second, entries: [{ value: "jo@example.com" }] });
  const addedAt = performance.now();
  await until(() => listener.values()[second]?.includes("jo@example.com"));
  assert.ok(performance.now() - addedAt < 1_000);
  await one.suppression.removeEntries({ suppressionListId: first, values: ["+12125550113"] });
  await until(() => listener.values()[first]?.length === 0);
  await one.suppression.updateSuppressionList({
    suppressionList: { id: first, required: false },
    updateMask: ["required"],
  });
  await until(() => listener.lists.get(first)?.required === false);
  await one.suppression.deleteSuppressionList({ suppressionListId: first });
  await until(() => !listener.lists.has(first));
});

test("a listener hears something every second, and goes on from where it was", async (t) => {
  const lists = await bootLists(t);
  const office = await lists.openOffice();
  const suppressionListId = await office.newSuppressionList();
  const listener = listen(t, lists.address);
  await until(() => listener.isWhole);
  const { length } = listener.messages;
  const begun = performance.now();
  await until(() => listener.messages.length >= length + 2);
  assert.ok(performance.now() - begun < 2_500);
  const position = listener.position;
  listener.stop();
  await office.suppression.addEntries({ suppressionListId, entries: [{ value: "+12125550113" }] });
  await office.suppression.addEntries({ suppressionListId, entries: [{ value: "+12125550114" }] });
  const again = listen(t, lists.address, position);
  await until(() => again.messages.length >= 2);
  assert.deepEqual(
    again.messages
      .slice(0, 2)
      .map(({ sequence, snapshotStart, added }) => [sequence, snapshotStart, added.map(({ value }) => value)]),
    [
      [position + 1, false, ["+12125550113"]],
      [position + 2, false, ["+12125550114"]],
    ],
  );
});

test("a position that the log does not have begins with a snapshot", async (t) => {
  const lists = await bootLists(t, { more: { LISTS_SUPPRESSION_CHANGES_KEPT: "1h" } });
  const office = await lists.openOffice();
  await office.newSuppressionList();
  const listener = listen(t, lists.address, 1_000_000);
  await until(() => listener.isWhole);
  assert.equal(listener.messages[0]?.snapshotStart, true);
});

test("whoever writes, and however many at once, no listener of any process misses or repeats a change", async (t) => {
  const lists = await bootLists(t);
  const other = await secondLists(t, lists);
  const office = await lists.openOffice();
  const elsewhere = await officeOf(t, office.tenantId, other.address, lists.jobsAddress);
  const suppressionListIds = [
    await office.newSuppressionList(),
    await office.newSuppressionList(),
    await office.newSuppressionList(),
  ];
  const listeners = [listen(t, lists.address), listen(t, other.address)];
  await until(() => listeners.every((listener) => listener.isWhole));
  const begin = Math.max(...listeners.map((listener) => listener.position));
  const writes = Array.from({ length: 120 }, (_, i) => {
    const suppressionListId = suppressionListIds[i % 3] ?? "";
    const entries = [{ value: `+1212555${String(1_000 + i)}` }];
    return (i % 2 ? office : elsewhere).suppression.addEntries({ suppressionListId, entries });
  });
  await Promise.all(writes);
  for (const listener of listeners) {
    await until(() => listener.position >= begin + 120);
    const sequences = listener
      .changes()
      .map(({ sequence }) => sequence)
      .filter((sequence) => sequence > begin);
    assert.deepEqual(
      sequences,
      Array.from({ length: 120 }, (_, i) => begin + 1 + i),
    );
    assert.equal(Object.values(listener.values()).flat().length, 120);
  }
});

test("an import arrives whole, after changes that were made while it ran", async (t) => {
  const lists = await bootLists(t);
  const office = await lists.openOffice();
  const suppressionListId = await office.newSuppressionList();
  const listener = listen(t, lists.address);
  await until(() => listener.isWhole);
  let goOn = () => {};
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  async function* file() {
    yield Buffer.from(`value\n${Array.from({ length: 12_000 }, (_, i) => `+1212${2_000_000 + i}\n`).join("")}`);
    await gate;
    yield Buffer.from("jo@example.com\n");
  }
  const importing = importEntries(office, suppressionListId, file());
  await office.suppression.addEntries({ suppressionListId, entries: [{ value: "ada@example.com" }] });
  await until(() => listener.values()[suppressionListId]?.length === 1);
  const goneOnAt = new Date();
  goOn();
  assert.equal((await importing).acceptedCount, 12_001);
  await until(() => listener.values()[suppressionListId]?.length === 12_002);
  const parts = listener
    .changes()
    .slice(-3)
    .map(({ added }) => added.length);
  assert.deepEqual(parts, [5_000, 5_000, 2_001]);
  for (const { acceptTime } of listener.changes().slice(-3))
    assert.ok(acceptTime && acceptTime >= goneOnAt, "accepted when the file was whole, not when a part of it was read");
  const late = listen(t, lists.address, listener.position - 1);
  await until(() => late.messages.length > 0);
  assert.deepEqual([late.messages[0]?.added.length, late.messages[0]?.sequence], [2_001, listener.position]);
});

test("only services that act for every tenant may listen", async (t) => {
  const lists = await bootLists(t);
  const office = await lists.openOffice();
  await rejectsWith(office.suppression.streamEntries({}), status.PERMISSION_DENIED, "ERROR_REASON_PERMISSION_MISSING");
  const single = suppressionStream(t, lists.address, office.tenantId);
  await rejectsWith(single.streamEntries({}), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
});

/** What compliance does with the stream, as simply as can be. */
function listen(t: TestContext, address: string, afterSequence = 0) {
  const ending = new AbortController();
  const messages: StreamEntriesResponse[] = [];
  const lists = new Map<string, { required: boolean; values: Set<string> }>();
  const listener = {
    messages,
    lists,
    isWhole: false,
    position: afterSequence,
    values: () => Object.fromEntries([...lists].map(([id, { values }]) => [id, [...values].sort()])),
    changes: () =>
      messages.filter(
        ({ added, removed, suppressionList, removedListId }) =>
          added.length + removed.length > 0 || suppressionList || removedListId,
      ),
    stop: () => ending.abort(),
  };
  const apply = (message: StreamEntriesResponse) => {
    const { suppressionList: list, removedListId, added, removed } = message;
    if (message.snapshotStart) lists.clear();
    if (list) lists.set(list.id, { required: list.required, values: lists.get(list.id)?.values ?? new Set() });
    lists.delete(removedListId);
    for (const { value } of added) lists.get(list?.id ?? "")?.values.add(value);
    for (const value of removed) lists.get(list?.id ?? "")?.values.delete(value);
    listener.isWhole ||= message.snapshotEnd;
    listener.position = message.sequence;
    messages.push(message);
  };
  void (async () => {
    const stream = suppressionStream(t, address).streamEntries(
      { afterSequence },
      { timeoutMs: Infinity, signal: ending.signal },
    );
    for await (const message of stream) apply(message);
    // At the end of a test the service goes first; a stream that ends before it leaves a wait unfulfilled.
  })().catch(() => {});
  return listener;
}
