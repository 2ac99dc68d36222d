import type { Channel } from "../api/contract.ts";

/** The ways to reach a person, in the order they are offered. */
export const channels: readonly { value: Channel; label: string }[] = [
  { value: "CHANNEL_EMAIL", label: "Email" },
  { value: "CHANNEL_SMS", label: "SMS" },
  { value: "CHANNEL_VOICE", label: "Voice" },
];

/** What people call a channel. */
export const channelLabel = (channel: Channel): string =>
  channels.find(({ value }) => value === channel)?.label ?? "Any channel";
