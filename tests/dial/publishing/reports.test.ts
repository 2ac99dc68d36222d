import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { CallResult, DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import type { AttemptChange } from "../../../svc/dial/attempts/attempt.ts";
import { callOutcome, deliveryOutcome } from "../../../svc/lib/outcomes/outcomes.ts";
import { complianceOutcome } from "../../../svc/dial/publishing/reports.ts";
import { newId } from "../../lib/harness.ts";

const at = new Date();
const about = (channel: Channel) => ({
  key: { tenantId: newId(), id: newId(), channel, origin: { kind: "test", groupId: newId() } } as const,
  attempt: undefined,
  at,
});
const texts = { providerStatus: "", providerMessageId: "", sentAt: undefined };

test("compliance hears of each call that ended, and of a message only when it does not count", () => {
  const answered = callOutcome(CallResult.CALL_RESULT_ANSWER);
  const delivered = deliveryOutcome(DeliveryState.DELIVERY_STATE_DELIVERED);
  const heardOf = (change: AttemptChange) => complianceOutcome(change)?.counts;
  const call = about(Channel.CHANNEL_VOICE);
  const message = about(Channel.CHANNEL_SMS);
  assert.equal(heardOf({ ...call, ...texts, kind: "ended", outcome: answered, counts: true }), true);
  assert.equal(heardOf({ ...call, ...texts, kind: "ended", outcome: answered, counts: false }), false);
  assert.equal(heardOf({ ...call, kind: "stale", outcome: answered, providerStatus: "" }), true);
  assert.equal(heardOf({ ...message, ...texts, kind: "ended", outcome: delivered, counts: true }), undefined);
  assert.equal(heardOf({ ...message, ...texts, kind: "ended", outcome: delivered, counts: false }), false);
  assert.equal(heardOf({ ...message, kind: "stale", outcome: delivered, providerStatus: "" }), undefined);
  assert.equal(heardOf({ ...message, kind: "returned", reason: "stopped" }), false);
});
