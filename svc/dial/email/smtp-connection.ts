/** One connection to a mail server, one message at a time: its envelope in one write where the server offers PIPELINING (RFC 2920). */
import { asData, type Extensions } from "./smtp-lines.ts";
import type { SmtpDialogue } from "./smtp-dialogue.ts";
import { openSmtp, type SmtpOpeningStep, type SmtpServer } from "./smtp-opening.ts";
import { isContradiction, replyStatus, type SmtpStep } from "./smtp-reply.ts";

/** What became of a message. */
export type SmtpOutcome =
  | { kind: "taken"; reply: string }
  | { kind: "refused"; reply: string; step: SmtpStep }
  /** The connection broke; `handedOver` says whether the server may have the message. */
  | { kind: "broken"; handedOver: boolean; why: string };

/** What the server would have said to a message that it does not want to hear of. */
const TOO_LONG: SmtpOutcome = { kind: "refused", reply: "552 5.3.4 Longer than the server takes", step: "message" };

/** Nobody waits longer for the answer to a good-bye. */
const GOOD_BYE_MS = 1_000;

export class SmtpLink {
  readonly #dialogue: SmtpDialogue;
  readonly #extensions: Extensions;

  private constructor(dialogue: SmtpDialogue, extensions: Extensions) {
    this.#dialogue = dialogue;
    this.#extensions = extensions;
  }

  /** Connects and signs in. Rejects with a message for people. */
  static async open(server: SmtpServer, reached?: (step: SmtpOpeningStep) => void): Promise<SmtpLink> {
    const { dialogue, extensions } = await openSmtp(server, reached);
    return new SmtpLink(dialogue, { ...extensions, pipelining: extensions.pipelining && !server.noPipelining });
  }

  get usable(): boolean {
    return this.#dialogue.isOpen;
  }

  /** Sends an ASCII message from one ASCII address to another. */
  async send(from: string, to: string, message: string): Promise<SmtpOutcome> {
    const { mostBytes, size } = this.#extensions;
    if (mostBytes > 0 && message.length > mostBytes) return TOO_LONG;
    const sender = `MAIL FROM:<${from}>${size ? ` SIZE=${message.length}` : ""}\r\n`;
    const replies = await this.#askForEach([sender, `RCPT TO:<${to}>\r\n`, "DATA\r\n"]);
    const refusal = refusalIn(replies);
    if (refusal) return this.#refused(refusal.reply, refusal.step, replies[2]);
    if (replies.length < ENVELOPE.length || !this.usable) return this.#broken(false);
    const [reply] = await this.#dialogue.ask(asData(message));
    if (reply === undefined) return this.#broken(true);
    return ACCEPTED.test(reply) && !isContradiction(reply) ? { kind: "taken", reply } : this.#refused(reply, "message");
  }

  /** Asks whether the server takes this sender; undefined if it does, or else its refusal. No message follows. */
  async refusalOf(sender: string): Promise<string | undefined> {
    const [reply] = await this.#dialogue.ask(`MAIL FROM:<${sender}>\r\n`);
    await this.#dialogue.ask("RSET\r\n");
    if (reply === undefined) return this.#dialogue.fault || "ECONNECTION";
    return ACCEPTED.test(reply) && !isContradiction(reply) ? undefined : replyStatus(reply);
  }

  close(): void {
    this.#dialogue.close();
  }

  async quit(): Promise<void> {
    const late = setTimeout(() => this.close(), GOOD_BYE_MS);
    await this.#dialogue.ask("QUIT\r\n");
    clearTimeout(late);
    this.close();
  }

  /** Sends the commands all at once, or one after the other until one is refused. */
  async #askForEach(commands: readonly string[]): Promise<string[]> {
    if (this.#extensions.pipelining) return this.#dialogue.ask(commands.join(""), commands.length);
    const replies: string[] = [];
    for (const command of commands) {
      const [reply] = await this.#dialogue.ask(command);
      if (reply === undefined) return replies;
      replies.push(reply);
      if (refusalIn(replies)) return replies;
    }
    return replies;
  }

  /** Leaves the connection as it was before the message. `toData`: what the server said to a DATA that had gone along. */
  async #refused(reply: string, step: SmtpStep, toData = ""): Promise<SmtpOutcome> {
    // One that contradicts itself may hold anything, and one that waits for a message from nobody is not trusted with it.
    if (isContradiction(reply) || (step === "sender" && WAITS.test(toData))) this.close();
    // One that waits for a message to nobody gets an empty one.
    if (WAITS.test(toData)) await this.#dialogue.ask(".\r\n");
    const [toReset] = await this.#dialogue.ask("RSET\r\n");
    if (toReset === undefined || !ACCEPTED.test(toReset)) this.close();
    return { kind: "refused", reply, step };
  }

  #broken(handedOver: boolean): SmtpOutcome {
    return { kind: "broken", handedOver, why: this.#dialogue.fault || "ECONNECTION" };
  }
}

const ACCEPTED = /^2/;
/** To DATA; some say 250, where 354 is right. */
const WAITS = /^[23]/;
/** What is said before a message, and what a server says to go on. */
const ENVELOPE: readonly { step: SmtpStep; goesOn: RegExp }[] = [
  { step: "sender", goesOn: ACCEPTED },
  { step: "recipient", goesOn: ACCEPTED },
  // Nobody knows about whom it is: the recipient was taken.
  { step: "sender", goesOn: WAITS },
];

/** The first refusal: by its first line, or by another, where a server takes in one and refuses in the next. */
function refusalIn(replies: readonly string[]): { reply: string; step: SmtpStep } | undefined {
  for (const [i, reply] of replies.entries()) {
    const { step, goesOn } = ENVELOPE[i] as (typeof ENVELOPE)[number];
    if (!goesOn.test(reply) || isContradiction(reply)) return { reply, step };
  }
  return undefined;
}
