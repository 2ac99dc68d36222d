import assert from "node:assert/strict";
import { test } from "node:test";
import { SuppressionKind, SuppressionList } from "../../../gen/herald/lists/v1/suppression_list.ts";
import {
  entryCommands,
  type ListSettings,
  removalCommands,
  settingsAfter,
  sparseAreaCodes,
} from "../../../svc/compliance/suppression/suppression-lists.ts";
import { always } from "../entries-server.ts";

const list = (more: Partial<ListSettings> = {}): ListSettings => ({
  id: "L",
  name: "List",
  byClient: false,
  channels: [],
  required: true,
  windows: false,
  dense: {},
  ...more,
});
const windowed = (value: string) => ({
  value,
  fromTime: new Date(1_000),
  untilTime: undefined,
  reason: "",
  createTime: undefined,
});

test("numbers of +1 go by area code, into a set or a bitmap; everything else into one set", () => {
  const added = always("+12125550123", "+12120000001", "+13055550123", "+442079460123", "jo@example.com");
  assert.deepEqual(entryCommands("p:", list({ dense: { 305: 1 } }), { added, removed: [] }), [
    ["SADD", "p:s:L:212", "5550123", "1"],
    ["BITFIELD", "p:b:L:305", "SET", "u1", "5550123", "1"],
    ["SADD", "p:r:L", "+442079460123", "jo@example.com"],
  ]);
  assert.deepEqual(
    entryCommands("p:", list({ byClient: true }), { added: always("+12125550123"), removed: [] }),
    [["SADD", "p:r:L", "+12125550123"]],
    "a client id may look like a number",
  );
  assert.deepEqual(sparseAreaCodes(list({ dense: { 305: 1 } }), { added }), ["212"]);
});

test("an entry lies in one place: with a window apart, without one among the others", () => {
  assert.deepEqual(
    entryCommands("p:", list({ windows: true }), { added: [windowed("a"), ...always("b")], removed: ["c"] }),
    [
      ["SREM", "p:r:L", "c", "a"],
      ["HDEL", "p:w:L", "c", "b"],
      ["HSET", "p:w:L", "a", "1000:"],
      ["SADD", "p:r:L", "b"],
    ],
  );
});

test("long changes become commands of bounded length", () => {
  const many = Array.from({ length: 4_500 }, (_, i) => `+1212${2_000_000 + i}`);
  const lengths = (dense: Record<string, 1>) =>
    entryCommands("p:", list({ dense }), { added: always(...many), removed: [] }).map(({ length }) => length);
  assert.deepEqual(lengths({}), [2_002, 2_002, 502]);
  assert.deepEqual(lengths({ 212: 1 }), [4_002, 4_002, 4_002, 4_002, 2_002]);
});

test("settings follow the list; windows and bitmaps, once there, stay", () => {
  const message = SuppressionList.fromPartial({
    id: "L",
    name: "New name",
    kind: SuppressionKind.SUPPRESSION_KIND_CLIENT_ID,
    required: false,
  });
  const before = list({ windows: true, dense: { 212: 1 } });
  assert.deepEqual(settingsAfter(message, before, []), {
    ...before,
    name: "New name",
    byClient: true,
    required: false,
  });
  assert.equal(settingsAfter(message, undefined, [windowed("a")]).windows, true);
});

test("a list that is removed leaves nothing", () => {
  const [settings, data] = removalCommands("p:", "L");
  assert.deepEqual(settings, ["HDEL", "p:lists", "L"]);
  for (const key of ["p:r:L", "p:w:L", "p:b:L:200", "p:s:L:999"]) assert.ok(data?.includes(key), key);
});
