/** The dialogue on one connection to a mail server: commands, and the replies to them in order. */
import type { Socket } from "node:net";
import { isClosing, ReplyReader } from "./smtp-lines.ts";

/** Longest silence while something is asked; servers may take minutes to scan a message, RFC 5321 says ten. */
const SILENCE_MS = 120_000;
/** Longest wait for whole replies: who says a letter now and then is not silent. */
const ANSWER_MS = 600_000;
const KEEP_ALIVE_MS = 30_000;
/** A server that has not closed its end after this time is cut off. */
const CLOSE_MS = 5_000;

interface PendingCommand {
  count: number;
  done: (replies: string[]) => void;
}

export class SmtpDialogue {
  readonly #socket: Socket;
  readonly #answerMs: number;
  #late: NodeJS.Timeout | undefined;
  readonly #reader = new ReplyReader();
  readonly #read = (octets: Buffer) => this.#hear(octets.toString("latin1"));
  /** In the order in which the server replies. */
  readonly #asked: PendingCommand[] = [];
  #replies: string[] = [];
  #isOpen = true;
  /** Why it ended, as the system's error code; empty when the server closed it properly. */
  fault = "";

  constructor(socket: Socket, answerMs = ANSWER_MS) {
    this.#socket = socket;
    this.#answerMs = answerMs;
    socket.setNoDelay(true);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.setTimeout(SILENCE_MS, () => this.break("ETIMEDOUT"));
    socket.on("data", this.#read);
    socket.on("error", (error: NodeJS.ErrnoException) => (this.fault ||= error.code ?? "ESOCKET"));
    socket.on("close", () => this.#end());
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /**
   * Says `text` and gives so many replies; fewer when the connection ends before, or they take too long. Questions that were asked with those before
   * have their time once those are answered.
   */
  ask(text: string, count = 1): Promise<string[]> {
    if (!this.#isOpen) return Promise.resolve([]);
    if (this.#asked.length === 0) this.#waitAnew();
    const replies = new Promise<string[]>((done) => this.#asked.push({ count, done }));
    if (text !== "") this.#socket.write(text, "latin1"); // all of it is ASCII, which needs no conversion
    return replies;
  }

  /** Breaks the connection. Open commands get no more replies. */
  break(why: string): void {
    this.fault ||= why;
    this.#socket.destroy();
    this.#end();
  }

  /** Closes our end after everything has been sent. */
  close(): void {
    if (!this.#isOpen) return;
    const { destroyed } = this.#socket.end();
    const late = destroyed ? undefined : setTimeout(() => this.#socket.destroy(), CLOSE_MS).unref();
    this.#socket.once("close", () => clearTimeout(late));
    this.#end();
  }

  /** Hands the connection over to somebody else, without anything that came so far. */
  release(): Socket {
    this.#isOpen = false;
    clearTimeout(this.#late);
    this.#socket.off("data", this.#read).setTimeout(0).removeAllListeners("timeout");
    return this.#socket;
  }

  #hear(text: string): void {
    for (const reply of this.#reader.read(text)) {
      const [asked] = this.#asked;
      if (!asked) return isClosing(reply) ? this.close() : this.break("EPROTOCOL");
      this.#replies.push(reply);
      // Whatever else was asked: the server answers no more.
      if (isClosing(reply)) return this.close();
      if (this.#replies.length === asked.count) this.#answer();
    }
    if (this.#reader.isTooLong) this.break("EPROTOCOL");
  }

  #answer(): void {
    const [asked, replies] = [this.#asked.shift(), this.#replies];
    this.#replies = [];
    if (this.#asked.length > 0) this.#waitAnew();
    asked?.done(replies);
  }

  #waitAnew(): void {
    if (this.#late) this.#late.refresh();
    else this.#late = setTimeout(() => this.#tooLate(), this.#answerMs).unref();
  }

  #tooLate(): void {
    if (this.#asked.length > 0) this.break("ETIMEDOUT");
    this.#late = undefined;
  }

  #end(): void {
    this.#isOpen = false;
    while (this.#asked.length > 0) this.#answer();
    clearTimeout(this.#late);
  }
}
