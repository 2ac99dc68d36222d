/** The settings about senders. */
import type { Env } from "../../lib/service/config.ts";
import { readSender } from "../email/email.ts";
import type { UsualSenders } from "../sessions/session-settings.ts";
import { type SenderName, senderNamed } from "./senders.ts";

export interface SenderSettings {
  /** Our own addresses, for groups that name none. */
  senders: UsualSenders;
  /** Senders that every tenant may use, including those of the settings above. */
  sharedSenders: SenderName[];
}

export function readSenderSettings(env: Env): SenderSettings {
  const senders = {
    email: emailSender(env),
    sms: env.string(
      "DIAL_SMPP_FROM",
      "",
      "number, short code or name from which SMS are sent if a group names none; empty leaves it to the message centre",
    ),
    voice: env.string(
      "DIAL_VOICE_FROM",
      "",
      "number shown to those who are called if a group names none; empty leaves it to the adapter",
    ),
  };
  const shared = env.string(
    "DIAL_SHARED_SENDERS",
    "",
    "more senders that every tenant may use: numbers, short codes, names and email addresses (for their domain), separated by commas",
  );
  const named = [...Object.values(senders), ...shared.split(",")]
    .map((sender) => sender.trim())
    .filter((sender) => sender !== "");
  const read = named.map((sender) => senderNamed(sender));
  if (read.includes(undefined))
    env.problem("DIAL_SHARED_SENDERS must be numbers, short codes, names or email addresses, separated by commas.");
  return { senders, sharedSenders: read.filter((sender) => sender !== undefined) };
}

function emailSender(env: Env): string {
  const from = env.string(
    "DIAL_SMTP_FROM",
    "",
    "address from which email is sent if a group names none: `News <news@example.com>`",
  );
  if (from !== "" && !readSender(from)) env.problem("DIAL_SMTP_FROM must be an email address, with or without a name.");
  return from;
}
