import assert from "node:assert/strict";
import { test } from "node:test";
import { CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import {
  applyCommand,
  type GroupCommand,
  isOpen,
  stateName,
  whenLoaded,
} from "../../../svc/campaigns/groups/group-states.ts";

const COMMANDS = ["load", "start", "pause", "resume", "stop", "delete"] as const satisfies GroupCommand[];
const STATES = ["NOT_LOADED", "LOADING", "ACTIVE", "RUNNING", "PAUSED", "STOPPED"] as const;
const code = (name: (typeof STATES)[number]) => CampaignGroupState[`CAMPAIGN_GROUP_STATE_${name}`];

/** The state to which each command leads from each state; `-` is refused, `=` changes nothing. */
const TABLE: Record<GroupCommand, string[]> = {
  //        NOT_LOADED, LOADING,  ACTIVE,    RUNNING,   PAUSED,    STOPPED
  load: ["LOADING", "-", "-", "-", "-", "LOADING"],
  start: ["LOADING, then start", "LOADING, then start", "RUNNING", "=", "-", "LOADING, then start"],
  pause: ["-", "-", "-", "PAUSED", "=", "-"],
  resume: ["-", "-", "-", "-", "RUNNING", "-"],
  stop: ["-", "STOPPED", "STOPPED", "STOPPED", "STOPPED", "="],
  delete: ["=", "-", "-", "-", "-", "="],
};

test("every command does in every state what the table says", () => {
  for (const command of COMMANDS) {
    const made = STATES.map((state) => {
      const move = applyCommand(command, { state: code(state), startWhenLoaded: false });
      if (move.kind !== "moved") return move.kind === "already" ? "=" : "-";
      return stateName(move.life.state) + (move.life.startWhenLoaded ? ", then start" : "");
    });
    assert.deepEqual(made, TABLE[command], command);
  }
});

test("a refusal names exactly the states in which the command is possible", () => {
  for (const command of COMMANDS) {
    const possible = STATES.filter((_, i) => TABLE[command][i] !== "-").map(code);
    for (const state of STATES) {
      const move = applyCommand(command, { state: code(state), startWhenLoaded: false });
      if (move.kind === "refused") assert.deepEqual(new Set(move.allowed), new Set(possible), command);
    }
  }
});

test("a load that is under way is started once", () => {
  const loading = { state: code("LOADING"), startWhenLoaded: true };
  assert.deepEqual(applyCommand("start", loading), { kind: "already" });
  assert.equal(whenLoaded(loading), code("RUNNING"));
  assert.equal(whenLoaded({ ...loading, startWhenLoaded: false }), code("ACTIVE"));
});

test("chains are scheduled again while the group is loaded, and not after it was stopped", () => {
  assert.deepEqual(
    STATES.filter((state) => isOpen(code(state))),
    ["ACTIVE", "RUNNING", "PAUSED"],
  );
});
