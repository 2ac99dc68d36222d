/** Decides what a mail server's reply is about: the recipient, the message, or us. Pure. */
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";

/** The step of the dialogue at which the server refused. */
export type SmtpStep = "sender" | "recipient" | "message";

export type SmtpVerdict =
  /** The message ended with this outcome. */
  | { kind: "ended"; state: DeliveryState }
  /**
   * The server refuses our address or domain, not this recipient. Nothing more is sent from this sender until somebody mends it, or for a
   * while if it may pass. Others may send meanwhile.
   */
  | { kind: "sender"; isPassing: boolean }
  /** The server takes nothing now, from anybody. */
  | { kind: "provider" };

/** The codes of a reply (`550 5.1.1`) without its words, which may contain addresses. Of several lines, the last refusal counts. */
export function replyStatus(reply: string): string {
  const { code, enhanced } = partsOf(reply);
  return `${code} ${enhanced}`.trim();
}

interface ReplyParts {
  code: string;
  enhanced: string;
  words: string;
}

const LINE = /^(\d{3})(?:[ -]+([245]\.\d{1,3}\.\d{1,3})(?!\d))?(.*)$/;
const LINES_MOST = 100;

function partsOf(reply: string): ReplyParts {
  const lines = reply.split(/\r\n|\r|\n/, LINES_MOST).flatMap((line) => {
    const [, code, enhanced = "", words = ""] = LINE.exec(line) ?? [];
    return code === undefined ? [] : [{ code, enhanced, words }];
  });
  const code = (lines.findLast((line) => /^[45]/.test(line.code)) ?? lines.at(-1))?.code ?? "";
  const same = lines.filter((line) => line.code === code);
  const enhanced = same.find((line) => line.enhanced !== "")?.enhanced ?? "";
  return {
    code,
    enhanced,
    words: same
      .map(({ words }) => words)
      .join(" ")
      .slice(0, 1_000),
  };
}

/** A reply of several lines of which some accept and some refuse. */
export const isContradiction = (reply: string): boolean => reply.startsWith("2") && /\n[45]\d\d/.test(reply);

/** Reads a reply other than 2xx, or one of several lines in which one refuses. */
export function readRefusal(reply: string, step: SmtpStep): SmtpVerdict {
  const parts = partsOf(reply);
  // 421: the server is closing. A reply without a refusing code means nothing to us.
  if (parts.code === "421" || !/^[45]/.test(parts.code)) return { kind: "provider" };
  const rule = RULES.find(({ when }) => when(parts, step));
  return rule?.verdict ?? (parts.code.startsWith("4") ? deferred : ended(DeliveryState.DELIVERY_STATE_FAILED));
}

const ended = (state: DeliveryState): SmtpVerdict => ({ kind: "ended", state });
const deferred = ended(DeliveryState.DELIVERY_STATE_DEFERRED);
const bounce = ended(DeliveryState.DELIVERY_STATE_HARD_BOUNCE);
const rejected = ended(DeliveryState.DELIVERY_STATE_REJECTED);
const sender: SmtpVerdict = { kind: "sender", isPassing: false };
const senderLater: SmtpVerdict = { kind: "sender", isPassing: true };
const provider: SmtpVerdict = { kind: "provider" };

/** Matches enhanced codes such as `5.1.1`, of any class. */
const subject =
  (...codes: string[]) =>
  ({ enhanced }: ReplyParts) =>
    codes.includes(enhanced.slice(2));
const says = (words: RegExp) => (reply: ReplyParts) => words.test(reply.words);
/** Both codes must be permanent: half of `550 4.1.1` says that it may pass, and then nobody is given up. */
const isFinal = ({ code, enhanced }: ReplyParts) => code.startsWith("5") && !enhanced.startsWith("4");

/**
 * The message is too long (X.2.3, X.3.4; at MAIL FROM also a bare 552, RFC 1870) or of a kind that the server does not take (X.6, but
 * X.6.7 is about addresses). Another message of the same sender is welcome.
 */
const isAboutMessage = (reply: ReplyParts, step: SmtpStep): boolean =>
  isFinal(reply) &&
  (subject("2.3", "3.4")(reply) ||
    /^5\.6\.(?!7$)/.test(reply.enhanced) ||
    (step === "sender" && reply.code === "552" && reply.enhanced === ""));

/** The words are the server's own. Replies about addresses may quote another server. */
const isOfTheSystem = ({ enhanced }: ReplyParts) => enhanced === "" || /^.\.(?:0\.0|[34]\.)/.test(enhanced);
const isOfTheMailbox = ({ enhanced }: ReplyParts) => /^.\.(?:1\.(?:[1-6]|10)|2\.\d+)$/.test(enhanced);

/** The words by which servers say that the sender's domain, address or signature is at fault. */
const ABOUT_SENDER =
  /\b(?:spf|dkim|dmarc|sender (?:address|domain|id|verify|verification)|envelope sender|return[- ]path|from (?:address|domain|header)|unauthenticated|not authenticated|authentication required|reverse dns|ptr record|helo|ehlo)\b/i;
/** …and that it takes nothing now, from anybody. */
const ABOUT_SERVER =
  /\b(?:too many connections|insufficient (?:system )?(?:storage|resources)|(?:system|server) (?:is )?(?:not accepting|busy|overloaded|unavailable|going down)|service (?:is )?(?:not available|unavailable)|shutting down)\b/i;
/** …and that it does not relay for us, or has blocked us. Whether that concerns this sender or all of us, only others' messages can show. */
const ABOUT_US =
  /\b(?:relay(?:ing)?|not permitted to relay|relay access|blacklist(?:ed)?|blocklist(?:ed)?|block list|dnsbl|rbl|spamhaus|barracuda|reputation|too many (?:connections|messages|recipients)|rate limit(?:ed)?|throttl(?:ed|ing)|access denied.*\bip\b)\b/i;
const ABOUT_RECIPIENT =
  /\b(?:mailbox|user|recipient|account|address|no such|unknown|does not exist|disabled|inactive|suspended|unavailable|invalid)\b/i;
const MAILBOX_GONE =
  /\b(?:no such (?:user|mailbox|recipient|person)|(?:user|recipient|mailbox|account|address) (?:is )?(?:unknown|disabled|inactive|suspended|deactivated|not found|not exist|unavailable)|unknown (?:user|recipient|mailbox)|(?:does not|doesn't|not) exist|invalid (?:recipient|mailbox))\b/i;
const POLICY =
  /\b(?:policy|policies|spam|junk|blocked|content|reject(?:ed|s)? (?:due|because|for)|not (?:allowed|permitted|accepted))\b/i;

/** The first rule that fits decides. Enhanced codes (RFC 3463, 7372, 7505) come before words, and words about us before words about others. */
const RULES: readonly { when: (reply: ReplyParts, step: SmtpStep) => boolean; verdict: SmtpVerdict }[] = [
  // The server as a whole: it takes no messages, or is congested.
  { when: subject("4.5", "3.2"), verdict: provider },
  { when: (reply) => !isFinal(reply) && isOfTheSystem(reply) && says(ABOUT_SERVER)(reply), verdict: provider },
  // The message itself, at any step: a server that is told the length at MAIL FROM refuses there what is too long.
  { when: isAboutMessage, verdict: ended(DeliveryState.DELIVERY_STATE_FAILED) },
  // At MAIL FROM the server does not know the recipient yet.
  { when: (reply, step) => step === "sender" && !isFinal(reply), verdict: senderLater },
  { when: (_, step) => step === "sender", verdict: sender },
  // Rate and reputation.
  { when: subject("7.28", "7.25"), verdict: senderLater },
  { when: (reply) => !isFinal(reply) && !isOfTheMailbox(reply) && says(ABOUT_US)(reply), verdict: senderLater },
  // X.1.7, X.1.8 bad sender address and domain; X.7.20 to X.7.30 signatures and SPF; X.7.8, X.7.0 with words about authentication.
  {
    when: (reply) =>
      isFinal(reply) &&
      subject("1.7", "1.8", "1.14", "7.20", "7.21", "7.22", "7.23", "7.24", "7.26", "7.27", "7.29", "7.30")(reply),
    verdict: sender,
  },
  { when: (reply) => !isFinal(reply) && subject("1.7", "1.8")(reply), verdict: senderLater },
  {
    when: (reply) => isFinal(reply) && !subject("1.1", "1.10", "2.1")(reply) && says(ABOUT_SENDER)(reply),
    verdict: sender,
  },
  {
    when: (reply) => isFinal(reply) && !subject("1.1", "1.10", "2.1")(reply) && says(ABOUT_US)(reply),
    verdict: sender,
  },
  // What may pass.
  { when: (reply) => !isFinal(reply), verdict: deferred },
  // Nobody is there: bad mailbox or system, a mailbox that has moved, a domain that takes no mail; `5.4.1` is Microsoft 365's.
  {
    when: (reply, step) =>
      step === "recipient" && subject("1.0", "1.1", "1.2", "1.3", "1.4", "1.6", "1.10", "4.1", "4.4")(reply),
    verdict: bounce,
  },
  { when: subject("1.1", "1.2", "1.3", "1.6", "1.10"), verdict: bounce },
  // Refused for its content or its origin.
  { when: ({ enhanced }) => enhanced.startsWith("5.7."), verdict: rejected },
  { when: ({ enhanced, words }) => enhanced === "" && MAILBOX_GONE.test(words), verdict: bounce },
  { when: ({ enhanced, words }) => enhanced === "" && POLICY.test(words), verdict: rejected },
  {
    when: ({ code, enhanced, words }, step) =>
      step === "recipient" &&
      enhanced === "" &&
      /^55[013]$/.test(code) &&
      (words.trim() === "" || ABOUT_RECIPIENT.test(words)),
    verdict: bounce,
  },
  {
    when: ({ code, enhanced }, step) => step === "recipient" && enhanced === "" && /^55[034]$/.test(code),
    verdict: rejected,
  },
  {
    when: ({ code, enhanced }, step) => step === "message" && enhanced === "" && /^55[04]$/.test(code),
    verdict: rejected,
  },
];
