import type { Channel } from "../api/contract.ts";

/** The channels, in the order in which they are offered. */
export const channels: readonly { value: Channel; label: string }[] = [
  { value: "CHANNEL_EMAIL", label: "Email" },
  { value: "CHANNEL_SMS", label: "SMS" },
  { value: "CHANNEL_VOICE", label: "Voice" },
];

/** The name of a channel for people. */
export const channelLabel = (channel: Channel): string =>
  channels.find(({ value }) => value === channel)?.label ?? "Any channel";
