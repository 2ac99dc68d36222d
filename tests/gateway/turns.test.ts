/** Callers take turns at the body check, and who holds most of the room makes room. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type BodyTurn, BodyTurns } from "../../gateway/body-check/turns.ts";
import { until } from "../lib/harness.ts";

/** Enters whole requests of ten bytes, and notes which are read and given up. One was read just now, so that they wait. */
function bootTurns(mostBytes: number) {
  const turns = new BodyTurns(mostBytes);
  const [read, givenUp]: [string[], string[]] = [[], []];
  const enter = (caller: string, what: string): BodyTurn => {
    const turn = turns.enter(caller, () => givenUp.push(what));
    turn.hold(10);
    turn.ready(() => read.push(what));
    return turn;
  };
  enter("first", "first");
  assert.deepEqual(read.splice(0), ["first"], "where nobody waits a body is read at once");
  return { enter, read, givenUp };
}

test("each caller has one body read before any has the next", async () => {
  const { enter, read } = bootTurns(1_000);
  for (const what of ["a1", "a2", "a3", "b1", "b2", "c1"]) enter(what.slice(0, 1), what);
  assert.deepEqual(read, [], "nothing is read before the network was heard");
  await until(() => read.length === 6);
  assert.deepEqual(read, ["a1", "b1", "c1", "a2", "b2", "a3"]);
});

test("what nobody waits for any more is not read", async () => {
  const { enter, read } = bootTurns(1_000);
  enter("a", "a1").leave();
  enter("b", "b1");
  enter("a", "a2");
  await until(() => read.length === 2);
  assert.deepEqual(read, ["b1", "a2"]);
});

test("where there is no room, the newest of who holds most goes", async () => {
  const { enter, read, givenUp } = bootTurns(40);
  for (const what of ["a1", "a2", "a3", "b1"]) enter(what.slice(0, 1), what);
  assert.deepEqual(givenUp, []);
  enter("c", "c1");
  enter("c", "c2");
  assert.deepEqual(givenUp, ["a3", "a2"].slice(0, givenUp.length));
  await until(() => read.length + givenUp.length === 6);
  assert.deepEqual(read.toSorted(), ["a1", "b1", "c1", "c2"]);
  enter("a", "a4");
  await until(() => read.includes("a4"));
});
