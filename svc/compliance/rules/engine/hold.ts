/**
 * While an attempt is in progress it holds its device and its client: no other attempt to them is allowed. A call holds them until its outcome is
 * reported, a message for some time, both as the tenant's policy says. Pure.
 */
import { Channel } from "../../../../gen/herald/common/v1/channel.ts";

/** How long calls and messages hold their device and client at most, in milliseconds. 0: not at all. */
export interface HoldPolicy {
  callMs: number;
  messageMs: number;
}

/** The attempt in progress that another one has to wait for. */
export interface Hold {
  kind: "call" | "message";
  /** Whether it holds the same device, or another device of the same client. */
  subject: "device" | "client";
  /** When it ends by itself. */
  untilMs: number;
}

/** The result of looking for an attempt in progress. */
export interface HoldAnswer {
  policy: HoldPolicy;
  /** Undefined when nothing is in progress. */
  hold: Hold | undefined;
}

/** The default policy: a call holds at most as long as campaigns waits for its result, a message for a minute. */
export const USUAL_POLICY: HoldPolicy = { callMs: 7_200_000, messageMs: 60_000 };

/** Nobody knows when a call will end. Who waits for it asks again after this time. */
const CALL_LOOK_AGAIN_MS = 10_000;

/** Whether attempts of any kind hold. */
export const anyHolds = ({ callMs, messageMs }: HoldPolicy): boolean => callMs > 0 || messageMs > 0;

/** How long an attempt on a channel holds at the most. */
export const holdMs = ({ callMs, messageMs }: HoldPolicy, channel: Channel): number =>
  channel === Channel.CHANNEL_VOICE ? callMs : messageMs;

/** Names the holds of a policy among the counters in Redis. With another policy they have to be filled again. */
export const holdsId = ({ callMs, messageMs }: HoldPolicy): string => `holds:${callMs}:${messageMs}`;

/** The keys that an attempt holds, below the tenant's prefix. `lua/check.lua` says the same. */
export const holdKeys = ({ device, clientId }: { device: string; clientId: string }): string[] => [
  `h:d:${device}`,
  ...(clientId === "" ? [] : [`h:c:${clientId}`]),
];

/** When to ask again. */
export const askAgainMs = ({ kind, untilMs }: Hold, nowMs: number): number =>
  kind === "message" ? untilMs : Math.min(untilMs, nowMs + CALL_LOOK_AGAIN_MS);
