/** Finds from when attempts may be made at a place, by the same rules as at the attempt itself. Pure. */
import type { Channel } from "../../../../gen/herald/common/v1/channel.ts";
import { RefusalReason } from "../../../../gen/herald/compliance/v1/decision.ts";
import { decide } from "./decide.ts";
import type { Plan } from "./rule-set.ts";

/** The first open instant, and the first rule that keeps it from being earlier. */
export interface OpenMoment {
  /** Undefined when there is none unless the rules change. */
  openMs: number | undefined;
  /** UNSPECIFIED when it is the instant that was asked from. */
  reason: RefusalReason;
  ruleId: string;
}

/** The first instant from `fromMs` on at which windows and location rules allow an attempt; suppression and caps are not considered. */
export function openFrom(plan: Plan, channel: Channel, fromMs: number): OpenMoment {
  const nothing = { running: undefined, deviceFault: undefined, lists: [], caps: [], progress: undefined };
  const known = { channel, answers: false, ...nothing };
  const { reason, ruleId, earliestMs } = decide({ ...known, plan: { ...plan, caps: [] } }, fromMs);
  const isOpen = reason === RefusalReason.REFUSAL_REASON_UNSPECIFIED;
  return { openMs: isOpen ? fromMs : earliestMs, reason, ruleId };
}
