/** Checks the settings of a provider before they are stored. Reports all violations, each with what would be right. Pure. */
import { isIP } from "node:net";
import { domainToASCII } from "node:url";
import { ReceiptIds, type SmppAccount, type SmtpAccount, SmtpTls } from "../../../gen/herald/dial/v1/provider.ts";
import type { VoiceAdapterAccount } from "../../../gen/herald/dial/v1/provider.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { LONGEST_SENDER, readEmailSender } from "../../lib/devices/email-sender.ts";
import { isRegion } from "../../lib/devices/phone.ts";
import type { Checks } from "../../lib/request/validate.ts";
import { type Account, fieldOfAccount, KINDS, splitAddress } from "./account.ts";

const HOST = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i;
const SMS_SENDER = /^(\+?\d{3,15}|[A-Za-z0-9 ]{1,11})$/;
const E164 = /^\+[1-9]\d{6,14}$/;
const LEAST_KEY_BYTES = 32;

/** Gives the account as it is stored, with its enums chosen and its secret as it was given. `prefix` is the field that holds the provider. */
export function checkAccount(check: Checks, account: Account, prefix: string): Account {
  const at = (field: string) => `${prefix}${fieldOfAccount(account.$case)}.${field}`;
  switch (account.$case) {
    case "smtp":
      return { $case: "smtp", smtp: checkSmtp(check, at, account.smtp) };
    case "smpp":
      return { $case: "smpp", smpp: checkSmpp(check, at, account.smpp) };
    case "voiceAdapter":
      return { $case: "voiceAdapter", voiceAdapter: checkVoiceAdapter(check, at, account.voiceAdapter) };
  }
}

/** A sender of the channel, or empty. */
export function checkSender(check: Checks, field: string, sender: string, channel: Channel): string {
  const text = sender.trim();
  if (text === "") return "";
  if (channel === Channel.CHANNEL_EMAIL) {
    check.that(isEmailSender(text), field, EMAIL_SENDER);
    check.shown(field, text);
  } else if (channel === Channel.CHANNEL_SMS)
    check.that(
      SMS_SENDER.test(text),
      field,
      "Must be a number (digits, + before it if it is E.164), a short code, or a name of up to 11 letters and digits.",
    );
  else check.that(E164.test(text), field, "Must be an E.164 number: `+12125550123`.");
  return text;
}

type At = (field: string) => string;

const EMAIL_SENDER = `Must be an email address, or a name and an address: \`Herald <news@example.com>\`; up to ${LONGEST_SENDER} characters.`;
const isEmailSender = (text: string) => readEmailSender(text)?.address.split("@")[1]?.includes(".") === true;

function checkSmtp(check: Checks, at: At, account: SmtpAccount): SmtpAccount {
  const envelopeSender = account.envelopeSender.trim();
  const envelope = readEmailSender(envelopeSender);
  check.that(
    envelopeSender === "" || (isEmailSender(envelopeSender) && envelope?.name === ""),
    at("envelope_sender"),
    "Must be an email address without a name: `bounces@example.com`.",
  );
  check.that(account.tls >= 0, at("tls"), "Must be one of the values of its enum.");
  return {
    ...account,
    host: checkHost(check, at("host"), account.host),
    port: check.int(at("port"), account.port, { least: 0, most: 65_535 }),
    tls: account.tls || SmtpTls.SMTP_TLS_REQUIRED,
    user: checkPlain(check, at("user"), account.user, 255),
    connections: check.int(at("connections"), account.connections, { least: 0, most: 100 }),
    password: checkSecret(check, at("password"), account.password),
    envelopeSender: envelope?.address ?? "",
  };
}

function checkSmpp(check: Checks, at: At, account: SmppAccount): SmppAccount {
  const within = (field: string, value: number | undefined, most: number) =>
    value === undefined ? undefined : check.int(at(field), value, { least: 0, most });
  check.that(account.systemId !== "", at("system_id"), "Required.");
  check.that(account.receiptIds >= 0, at("receipt_ids"), "Must be one of the values of its enum.");
  check.that(
    account.region === "" || isRegion(account.region),
    at("region"),
    "Must be a country as two capital letters, such as US.",
  );
  check.that(
    account.password.length <= 64,
    at("password"),
    `Must have at most 64 characters; it has ${account.password.length}.`,
  );
  return {
    ...account,
    host: checkHost(check, at("host"), account.host),
    port: check.int(at("port"), account.port, { least: 0, most: 65_535 }),
    systemId: checkPlain(check, at("system_id"), account.systemId, 15),
    systemType: checkPlain(check, at("system_type"), account.systemType, 12),
    password: checkSecret(check, at("password"), account.password),
    binds: check.int(at("binds"), account.binds, { least: 0, most: 20 }),
    window: check.int(at("window"), account.window, { least: 0, most: 1_000 }),
    validityHours: check.int(at("validity_hours"), account.validityHours, { least: 0, most: 720 }),
    receiptIds: account.receiptIds || ReceiptIds.RECEIPT_IDS_AUTO,
    sourceTon: within("source_ton", account.sourceTon, 7),
    sourceNpi: within("source_npi", account.sourceNpi, 15),
    destinationTon: within("destination_ton", account.destinationTon, 7),
    destinationNpi: within("destination_npi", account.destinationNpi, 15),
  };
}

function checkVoiceAdapter(check: Checks, at: At, account: VoiceAdapterAccount): VoiceAdapterAccount {
  const address = account.address.trim();
  const found = splitAddress(address);
  const isRight = found !== undefined && (isIP(found.host) > 0 || HOST.test(found.host));
  check.that(isRight, at("address"), "Must be host:port, such as `voice.example.com:9090`, or `[2001:db8::1]:9090`.");
  check.that(
    account.key === "" || Buffer.byteLength(account.key) >= LEAST_KEY_BYTES,
    at("key"),
    `Must have at least ${LEAST_KEY_BYTES} characters: it is the adapter's HERALD_VOICE_KEY.`,
  );
  return { ...account, address, key: checkSecret(check, at("key"), account.key) };
}

/** The host in ASCII. */
function checkHost(check: Checks, field: string, given: string): string {
  const text = given.trim();
  const host = isIP(text) > 0 ? text : domainToASCII(text);
  check.that(text !== "", field, "Required.");
  check.that(
    text === "" || isIP(host) > 0 || HOST.test(host),
    field,
    "Must be the name of a host or an IP address, without a port and without `smtp://`: `mail.example.com`.",
  );
  return host;
}

/** One line of characters that a protocol can carry. */
function checkPlain(check: Checks, field: string, text: string, most: number): string {
  check.that(text.length <= most, field, `Must have at most ${most} characters; it has ${text.length}.`);
  check.that(!/\p{Cc}/u.test(text), field, "Must not hold control characters.");
  return text;
}

/** The description never quotes it. */
function checkSecret(check: Checks, field: string, secret: string): string {
  check.that(!/\p{Cc}/u.test(secret), field, "Must not hold control characters.");
  return secret;
}

/** What is known about the secret of an account, beside what is given. */
export interface SecretFacts {
  /** One is stored. */
  isSet: boolean;
  /** The account leads elsewhere than before. */
  hasMoved: boolean;
  /** The update names the secret's field, so an empty one removes it. */
  isNamed: boolean;
}

/** What is to happen to the stored secret. */
export type SecretChange = { kind: "set"; secret: string } | { kind: "keep" } | { kind: "remove" };

/** Decides what becomes of the secret, and checks that the account has the one it needs. */
export function checkSecretChange(check: Checks, account: Account, facts: SecretFacts, prefix: string): SecretChange {
  const field = `${prefix}${KINDS[account.$case].secretField}`;
  const { given, need } = secretNeed(account);
  if (need === "none") {
    check.that(given === "", field, "A password needs a user: give one, or leave the password out.");
    return { kind: "remove" };
  }
  if (given !== "") return { kind: "set", secret: given };
  const isKept = facts.isSet && !facts.isNamed;
  check.that(
    !isKept || !facts.hasMoved,
    field,
    "Give it again, since the account leads to another host, port or encryption: what is stored is never sent to another server.",
  );
  check.that(isKept || need === "optional", field, "Required.");
  return isKept ? { kind: "keep" } : { kind: "remove" };
}

function secretNeed(account: Account): { given: string; need: "required" | "optional" | "none" } {
  switch (account.$case) {
    case "smtp":
      return { given: account.smtp.password, need: account.smtp.user === "" ? "none" : "required" };
    case "smpp":
      return { given: account.smpp.password, need: "optional" };
    case "voiceAdapter":
      return { given: account.voiceAdapter.key, need: "required" };
  }
}
