/**
 * One connection to a mail server. Where the server offers PIPELINING (RFC 2920) the envelope of a message goes in one write, and with the end of the
 * message before it if there was one.
 */
import { asData, type Extensions } from "./smtp-lines.ts";
import type { SmtpDialogue } from "./smtp-dialogue.ts";
import { openSmtp, type SmtpOpeningStep, type SmtpServer } from "./smtp-opening.ts";
import { isContradiction, replyStatus, type SmtpStep } from "./smtp-reply.ts";

/** What became of a message. */
export type SmtpOutcome =
  | { kind: "taken"; reply: string }
  | { kind: "refused"; reply: string; step: SmtpStep }
  /**
   * The connection broke; `handedOver` says whether the server may have the message. `outOfStep`: we left it, since its replies to an early envelope
   * may have been about something else.
   */
  | { kind: "broken"; handedOver: boolean; why: string; outOfStep?: true };

/** A message in ASCII, from one ASCII address to another. */
export interface SmtpMessage {
  from: string;
  to: string;
  text: string;
}

/** An envelope that was sent with the end of the message before it. */
interface EarlyEnvelope {
  replies: Promise<string[]>;
  /** The server refused the message before it: whatever it says to the envelope may be about that. */
  afterRefusal: boolean;
}

/** What the server would have said to a message that it does not want to hear of. */
const TOO_LONG: SmtpOutcome = { kind: "refused", reply: "552 5.3.4 Longer than the server takes", step: "message" };

/** Nobody waits longer for the answer to a good-bye. */
const GOOD_BYE_MS = 1_000;

export class SmtpLink {
  readonly #dialogue: SmtpDialogue;
  readonly #extensions: Extensions;
  #early: EarlyEnvelope | undefined;

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

  /** Whether the server has the envelope of the next message already. */
  get hasEarly(): boolean {
    return this.#early !== undefined;
  }

  /** Sends a message. With its end goes the envelope of the message that `next` gives, if the server takes several commands at once. */
  async send(message: SmtpMessage, next?: () => SmtpMessage | undefined): Promise<SmtpOutcome> {
    if (this.#isTooLong(message)) return TOO_LONG;
    const early = this.#early;
    this.#early = undefined;
    const replies = await (early?.replies ?? this.#askForEach(this.#envelopeOf(message)));
    const refusal = refusalIn(replies);
    if (replies.length < ENVELOPE.length && (early || !refusal)) return this.#broken(false);
    if (early && !isPlain(replies, refusal, early)) return this.#leave();
    if (refusal) {
      const outcome = await this.#refused(refusal.reply, refusal.step, replies[DATA]);
      return early && !this.usable ? this.#leave() : outcome;
    }
    if (!this.usable) return this.#broken(false);
    const [reply] = await this.#end(message, this.#extensions.pipelining ? next?.() : undefined);
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

  #isTooLong({ text }: SmtpMessage): boolean {
    const { mostBytes } = this.#extensions;
    return mostBytes > 0 && text.length > mostBytes;
  }

  #envelopeOf({ from, to, text }: SmtpMessage): string[] {
    const size = this.#extensions.size ? ` SIZE=${text.length}` : "";
    return [`MAIL FROM:<${from}>${size}\r\n`, `RCPT TO:<${to}>\r\n`, "DATA\r\n"];
  }

  /** Sends the message itself, and the envelope of the next. Gives the reply to the message. */
  #end(message: SmtpMessage, next: SmtpMessage | undefined): Promise<string[]> {
    if (!next || this.#isTooLong(next)) return this.#dialogue.ask(asData(message.text));
    const commands = this.#envelopeOf(next);
    const reply = this.#dialogue.ask(asData(message.text) + commands.join(""));
    this.#early = { replies: this.#dialogue.ask("", commands.length), afterRefusal: false };
    return reply;
  }

  /** Leaves a server whose replies are out of step with our commands. */
  #leave(): SmtpOutcome {
    this.close();
    return { ...this.#broken(false), outOfStep: true };
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
    // The envelope of the next is there already, and the server has cleared the message as after any.
    if (this.#early) {
      this.#early.afterRefusal = true;
      return { kind: "refused", reply, step };
    }
    // One that waits for a message to nobody gets an empty one.
    if (WAITS.test(toData)) await this.#dialogue.ask(".\r\n");
    const [toReset] = await this.#dialogue.ask("RSET\r\n");
    if (toReset === undefined || !ACCEPTED.test(toReset)) this.close();
    return { kind: "refused", reply, step };
  }

  #broken(handedOver: boolean): SmtpOutcome & { kind: "broken" } {
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

/**
 * Whether replies to an early envelope can only be those to it. Before it, a server may have said a word too much, or kept a message that it refused:
 * then nothing that it says is taken to be about this message.
 */
const isPlain = (replies: readonly string[], refusal: ReturnType<typeof refusalIn>, early: EarlyEnvelope): boolean =>
  refusal ? !early.afterRefusal && refusal.place < DATA : replies[DATA]?.startsWith("354") === true;

/** The place of DATA in an envelope. */
const DATA = 2;

/** The first refusal: by its first line, or by another, where a server takes in one and refuses in the next. */
function refusalIn(replies: readonly string[]): { reply: string; step: SmtpStep; place: number } | undefined {
  for (const [place, reply] of replies.entries()) {
    const { step, goesOn } = ENVELOPE[place] as (typeof ENVELOPE)[number];
    if (!goesOn.test(reply) || isContradiction(reply)) return { reply, step, place };
  }
  return undefined;
}
