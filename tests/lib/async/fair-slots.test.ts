import assert from "node:assert/strict";
import { test } from "node:test";
import { FairSlots } from "../../../svc/lib/async/fair-slots.ts";

const LIMITS = { most: 3, mostOfOne: 2, mostWaitingOfOne: 3 };
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Work that runs until the test ends it by its name. */
function workshop(slots: FairSlots) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const runs: Promise<void>[] = [];
  const ahead = new Map<string, number>();
  const begin = (name: string, signal = new AbortController().signal) => {
    const waits = (count: number) => ahead.set(name, count);
    const work = () => new Promise<void>((resolve) => (begun.push(name), ends.set(name, resolve)));
    const run = slots.run({ owner: name.slice(0, 1), signal, waits }, work);
    runs.push(run);
    return run;
  };
  const end = async (name: string) => {
    ends.get(name)?.();
    await turn();
  };
  return { begin, begun, end, ahead, runs };
}

test("one owner never takes every slot, and whoever has the fewest comes next", async () => {
  const { begin, begun, end, ahead } = workshop(new FairSlots(LIMITS));
  for (const name of ["a1", "a2", "a3", "b1", "a4", "b2", "c1"]) void begin(name);
  await turn();
  assert.deepEqual(begun, ["a1", "a2", "b1"]);
  assert.deepEqual(
    [...ahead],
    [
      ["a3", 0],
      ["a4", 1],
      ["b2", 2],
      ["c1", 3],
    ],
  );
  await end("a1");
  assert.deepEqual(begun.slice(3), ["c1"]);
  await end("b1");
  assert.deepEqual(begun.slice(4), ["b2"]);
  await end("c1");
  assert.deepEqual(begun.slice(5), ["a3"]);
  assert.equal(ahead.get("a4"), 0);
});

test("who leaves the queue, or fails, takes nobody's place; more than may wait are refused", async () => {
  const { begin, begun, end } = workshop(
    new FairSlots({ most: 1, mostWaitingOfOne: 2, refuse: (waiting) => new Error(`${waiting} wait`) }),
  );
  const leaving = new AbortController();
  void begin("a1");
  const gone = assert.rejects(begin("a2", leaving.signal), /left/);
  void begin("a3");
  await assert.rejects(begin("a4"), /2 wait/);
  leaving.abort(new Error("left"));
  await gone;
  await end("a1");
  assert.deepEqual(begun, ["a1", "a3"]);
  const slots = new FairSlots(LIMITS);
  const { signal } = new AbortController();
  const failing = () => slots.run({ owner: "a", signal }, () => Promise.reject(new Error("failed")));
  for (let i = 0; i < 4; i += 1) await assert.rejects(failing(), /failed/);
});

test("of owners that have the same the one comes next that came longest ago, however many of another's wait before", async () => {
  const { begin, begun, end } = workshop(new FairSlots({ most: 1, mostOfOne: 1, mostWaitingOfOne: 9 }));
  for (const name of ["a1", "a2", "a3", "b1", "b2", "c1"]) void begin(name);
  await turn();
  for (const name of ["a1", "b1", "c1", "a2", "b2"]) await end(name);
  assert.deepEqual(begun, ["a1", "b1", "c1", "a2", "b2", "a3"]);
});
