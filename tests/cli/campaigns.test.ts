import assert from "node:assert/strict";
import { test } from "node:test";
import { previewText } from "../../cli/commands/campaign-run.ts";
import { whyNothingToday } from "../../cli/quiet-day.ts";
import { CampaignGroupState } from "../../gen/herald/campaigns/v1/campaign_group.ts";
import {
  PreviewStartResponse,
  WatchCampaignGroupResponse,
} from "../../gen/herald/campaigns/v1/campaign_group_service.ts";

const { CAMPAIGN_GROUP_STATE_RUNNING: RUNNING, CAMPAIGN_GROUP_STATE_PAUSED: PAUSED } = CampaignGroupState;
const NOT_STARTED = [
  CampaignGroupState.CAMPAIGN_GROUP_STATE_NOT_LOADED,
  CampaignGroupState.CAMPAIGN_GROUP_STATE_ACTIVE,
] as const;
const now = new Date(2026, 2, 3, 12);
const tonight = new Date(2026, 2, 3, 23, 59);
const tomorrow = new Date(2026, 2, 4, 0, 0);

/** What a watch answers about a group. */
const seen = (state: CampaignGroupState, nextDueTime: Date | undefined, inFlight = 0) =>
  WatchCampaignGroupResponse.fromPartial({
    campaignGroup: { state },
    progress: { nextDueTime, inFlight, stalls: [{ reason: 15, explanation: "2 contacts are suppressed." }] },
  });

test("a watch ends when nothing can happen today, and says why", () => {
  const cases: [what: string, answer: WatchCampaignGroupResponse, ends: boolean][] = [
    ["the next is due tomorrow", seen(RUNNING, tomorrow), true],
    ["the next is due today", seen(RUNNING, tonight), false],
    ["something is due now", seen(RUNNING, undefined), false],
    ["a result may come any moment", seen(RUNNING, tomorrow, 1), false],
    ["somebody may resume it any moment", seen(PAUSED, tomorrow), false],
  ];
  for (const state of NOT_STARTED) cases.push(["not started", seen(state, undefined), true]);
  for (const [what, answer, ends] of cases) assert.equal(whyNothingToday(answer, now) !== undefined, ends, what);
  assert.match(
    whyNothingToday(seen(RUNNING, tomorrow), now) ?? "",
    /2026-03-04 00:00:00 \S+: 2 contacts are suppressed/,
  );
});

test("a start tells how many, from whom, who is left out and what would stay empty", () => {
  const told = previewText(
    PreviewStartResponse.fromPartial({
      people: 340,
      dueNow: 300,
      contactedBefore: 12,
      leftAlone: 4,
      leftOutByReason: { duplicate_device: 3 },
      sender: "news@example.com",
      checked: 50,
      checkedAllowed: 48,
      checkedRefusedByReason: { suppressed_device: 2 },
      firstAttemptTime: now,
      placeholderProblems: [{ field: "text", name: "nick", explanation: "No list of the campaign has a column nick." }],
    }),
  ).join("\n");
  for (const part of [
    "340 people",
    "300 of them",
    "from news@example.com",
    "12 of them were contacted",
    "4 people of the run before",
    "duplicate_device 3",
    "48 may be",
    "suppressed_device 2",
    "{{ nick }} in text",
  ])
    assert.ok(told.includes(part), `${part} in ${told}`);
});
