/**
 * An attempt holds its device and its client: while it is in progress, others to them are kept off. A call holds until its outcome is reported, a
 * message for a time, both as the tenant's policy says. Pure.
 */
import { Channel } from "../../../../gen/herald/common/v1/channel.ts";

/** How attempts keep out of each other's way. Milliseconds; 0 where attempts of that kind hold nothing. */
export interface HoldPolicy {
  callMs: number;
  messageMs: number;
}

/** Why an attempt has to wait: what is in progress, and where. */
export interface Hold {
  kind: "call" | "message";
  /** Held is the device, or only the client. */
  subject: "device" | "client";
  /** When it ends by itself. */
  untilMs: number;
}

/** What was found when holds were asked for. */
export interface HoldAnswer {
  policy: HoldPolicy;
  /** Undefined when nothing is in progress. */
  hold: Hold | undefined;
}

/** A tenant that changed nothing: a call holds as long as campaigns waits for its result, a message for a minute. */
export const USUAL_POLICY: HoldPolicy = { callMs: 7_200_000, messageMs: 60_000 };

/** Nobody can know when a call ends: who waits for it asks again after this time. */
const CALL_LOOK_AGAIN_MS = 15_000;

/** Whether attempts of any kind hold. */
export const anyHolds = ({ callMs, messageMs }: HoldPolicy): boolean => callMs > 0 || messageMs > 0;

/** How long an attempt on a channel holds at the most. */
export const holdMs = ({ callMs, messageMs }: HoldPolicy, channel: Channel): number =>
  channel === Channel.CHANNEL_VOICE ? callMs : messageMs;

/** Names what is held in Redis under a policy, among the counters: as long as it stays, so does what was held by it. */
export const holdsId = ({ callMs, messageMs }: HoldPolicy): string => `holds:${callMs}:${messageMs}`;

/** The keys that an attempt holds, below the tenant's prefix. `lua/check.lua` says the same. */
export const holdKeys = ({ device, clientId }: { device: string; clientId: string }): string[] => [
  `h:d:${device}`,
  ...(clientId === "" ? [] : [`h:c:${clientId}`]),
];

/** When to ask again. */
export const askAgainMs = ({ kind, untilMs }: Hold, nowMs: number): number =>
  kind === "message" ? untilMs : Math.min(untilMs, nowMs + CALL_LOOK_AGAIN_MS);
