/** Every setting of `dial`. */
import { hostname } from "node:os";
import { commonConfig, type CommonConfig } from "../lib/service/common-config.ts";
import { type Env, readSettings } from "../lib/service/config.ts";
import { isRegion } from "../lib/devices/phone.ts";
import { readSender } from "./email/email.ts";
import { type SenderName, senderNamed } from "./senders/senders.ts";
import type { UsualSenders } from "./sessions/session-settings.ts";
import type { SmppServer } from "./sms/smpp-link.ts";
import type { ReceiptIds } from "./sms/sms-receipt.ts";
import type { SmtpServer } from "./email/smtp-opening.ts";
import { readTestLimits, type TestLimits } from "./test-messages/limits.ts";
import type { VoicePace } from "./voice/voice-calls.ts";

export interface DialConfig extends CommonConfig {
  /** The name of this dialer: it stays the same over restarts and differs from every other dialer's. */
  name: string;
  smtp: { server: SmtpServer; connections: number } | undefined;
  smpp: SmppSettings | undefined;
  /** `host:port` of a voice adapter. */
  voiceAdapter: string | undefined;
  /** The key that the voice adapter shares with us; undefined means the one made from the mesh key. */
  voiceKey: string | undefined;
  senders: UsualSenders;
  /** Senders that every tenant may use, including those of the settings above. */
  sharedSenders: SenderName[];
  /** Most senders that a tenant may claim. */
  mostClaims: number;
  voicePace: VoicePace;
  unsettledMost: number;
  mostCrashes: number;
  checkDeadlineMs: number;
  testLimits: TestLimits;
}

export interface SmppSettings {
  server: SmppServer;
  binds: number;
  window: number;
  attemptTlv: boolean;
  validityHours: number;
  receiptIds: ReceiptIds;
  /** Country of numbers that the centre writes without a country code, if nothing else shows it; may be empty. */
  region: string;
}

export const dialConfig = (source?: Readonly<Record<string, string | undefined>>): DialConfig =>
  readSettings(
    (env) => ({
      ...commonConfig(env, "dial"),
      ...senders(env),
      name: dialerName(env),
      smtp: smtp(env),
      smpp: smpp(env),
      voiceAdapter: voiceAdapter(env),
      voiceKey: env.optionalSecret(
        "HERALD_VOICE_KEY",
        "signs the tokens that the voice adapter verifies, at least 32 bytes; without it one is made from HERALD_MESH_KEY",
        { leastBytes: 32 },
      ),
      voicePace: {
        speed: env.number(
          "DIAL_VOICE_SPEED",
          1,
          "how much faster than real time simulated agents are; the same as the voice simulator's",
          { least: 0.01, most: 10_000 },
        ),
        agentWithinMs: env.durationMs(
          "DIAL_AGENT_WITHIN",
          2_000,
          "a person who answered is released when no agent is ready in this time; the law of several countries says two seconds",
        ),
        announcementMs: env.durationMs(
          "DIAL_ANNOUNCEMENT",
          20_000,
          "how long a call lasts after it was answered, in power mode",
        ),
      },
      mostClaims: env.int(
        "DIAL_SENDER_CLAIMS_MOST",
        100,
        "most senders that a tenant may hold, so that nobody takes hundreds away from the others",
        { least: 1, most: 100_000 },
      ),
      unsettledMost: env.int(
        "DIAL_UNSETTLED_MOST",
        500,
        "most attempts of one provider between intent and stored result; so many may be stale after a crash",
        { least: 10, most: 5_000 },
      ),
      mostCrashes: env.int(
        "DIAL_SET_ASIDE_AFTER",
        2,
        "after so many dialers in a row died while they worked on a group, it is left alone until somebody resumes it",
        { least: 1, most: 1_000 },
      ),
      checkDeadlineMs: env.durationMs(
        "DIAL_CHECK_DEADLINE",
        3_000,
        "compliance must answer in this time, or nothing is attempted",
      ),
      testLimits: readTestLimits(env),
    }),
    source,
  );

function senders(env: Env): Pick<DialConfig, "senders" | "sharedSenders"> {
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
    env.problem("DIAL_SHARED_SENDERS must be numbers, short codes, names or email addresses, parted by commas.");
  return { senders, sharedSenders: read.filter((sender) => sender !== undefined) };
}

function dialerName(env: Env): string {
  const name = env.string(
    "DIAL_NAME",
    hostname(),
    "name of this dialer, the same over restarts and different from every other dialer's",
  );
  if (!/^[\w.-]{1,100}$/.test(name))
    env.problem("DIAL_NAME must have 1 to 100 letters, digits, dots, dashes or underscores.");
  return name;
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

function smtp(env: Env): DialConfig["smtp"] {
  const connections = env.int("DIAL_SMTP_CONNECTIONS", 20, "connections to the mail server at once", {
    least: 1,
    most: 500,
  });
  const url = providerUrl(
    env,
    "DIAL_SMTP_URL",
    ["smtp:", "smtps:"],
    "smtp://user:password@host:port, or smtps:// for TLS from the first byte",
    ["tls"],
  );
  if (!url) return undefined;
  const startTls = url.searchParams.get("tls") ?? "offered";
  if (!["offered", "required", "off"].includes(startTls))
    env.problem("DIAL_SMTP_URL: tls must be offered (default), required or off.");
  const secure = url.protocol === "smtps:";
  const server = {
    host: hostOf(url),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    startTls: startTls as SmtpServer["startTls"],
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
  return { server, connections };
}

const RECEIPT_IDS: readonly ReceiptIds[] = ["auto", "same", "decimal", "hexadecimal"];
const SMPP_OPTIONS = { binds: [1, 1, 20], window: [100, 1, 1_000], validity_hours: [24, 1, 720] } as const;

function smpp(env: Env): DialConfig["smpp"] {
  const url = providerUrl(
    env,
    "DIAL_SMPP_URL",
    ["smpp:", "ssmpp:"],
    "smpp://system_id:password@host:port, or ssmpp:// for TLS",
    [...Object.keys(SMPP_OPTIONS), "system_type", "attempt_tlv", "receipt_ids", "region"],
  );
  if (!url) return undefined;
  const number = (name: keyof typeof SMPP_OPTIONS) => {
    const [usual, least, most] = SMPP_OPTIONS[name];
    const text = url.searchParams.get(name);
    const value = text === null ? usual : Number(text);
    if (!Number.isInteger(value) || value < least || value > most)
      env.problem(`DIAL_SMPP_URL: ${name} must be a whole number from ${least} to ${most}.`);
    return value;
  };
  const tls = url.protocol === "ssmpp:";
  const server = {
    host: hostOf(url),
    port: Number(url.port) || (tls ? 3550 : 2775),
    tls,
    systemId: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    systemType: url.searchParams.get("system_type") ?? "",
  };
  const attemptTlv = url.searchParams.get("attempt_tlv") === "true";
  const receiptIds = RECEIPT_IDS.find((ids) => ids === (url.searchParams.get("receipt_ids") ?? "auto"));
  if (!receiptIds) env.problem(`DIAL_SMPP_URL: receipt_ids must be one of ${RECEIPT_IDS.join(", ")}.`);
  const region = url.searchParams.get("region") ?? "";
  if (region !== "" && !isRegion(region))
    env.problem("DIAL_SMPP_URL: region must be a country as two capital letters, such as US.");
  return {
    server,
    binds: number("binds"),
    window: number("window"),
    attemptTlv,
    validityHours: number("validity_hours"),
    receiptIds: receiptIds ?? "auto",
    region,
  };
}

function voiceAdapter(env: Env): string | undefined {
  const address = env.optional("DIAL_VOICE_ADAPTER", "host:port of a voice adapter");
  if (address !== undefined && !/^[^\s/]+:\d{1,5}$/.test(address)) env.problem("DIAL_VOICE_ADAPTER must be host:port.");
  return address;
}

/** A URL that may contain a password, so problems never quote it. */
function providerUrl(
  env: Env,
  name: string,
  protocols: readonly string[],
  right: string,
  options: readonly string[],
): URL | undefined {
  const text = env.optional(name, right);
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !protocols.includes(url.protocol) || url.hostname === "")
    return env.problem(`${name} must be ${right}.`) as undefined;
  for (const option of url.searchParams.keys())
    if (!options.includes(option)) env.problem(`${name} has no option ${option}; it has ${options.join(", ")}.`);
  if (!isEncoded(url.username) || !isEncoded(url.password))
    return env.problem(`${name}: a % in the user or password is written %25.`) as undefined;
  return url;
}

function isEncoded(text: string): boolean {
  try {
    return decodeURIComponent(text) !== undefined;
  } catch {
    return false;
  }
}

/** An IPv6 address without its brackets. */
const hostOf = ({ hostname }: URL) => hostname.replace(/^\[(.*)\]$/, "$1");
