/** One SMPP connection, for either end. It matches responses to requests, and writes all PDUs of one turn of the event loop together. */
import type { Socket } from "node:net";
import { GENERIC_NACK, type Pdu, RESPONSE, setSequence, STATUS, writePdu } from "./pdu.ts";
import { PduReader } from "./pdu-reader.ts";

/** The response; or `broken`: the connection ended first, and the other end may have got the request; or `unsent`: it has not got it. */
export type SmppResponse = Pdu | "broken" | "unsent";

export interface SmppConnectionEvents {
  /** Called for a request of the other end. Gives whether the request is known here. */
  requested(pdu: Pdu): boolean;
  closed(): void;
}

interface PendingRequest {
  answered: (answer: SmppResponse) => void;
  sinceMs: number;
  hasLeft: boolean;
}

const LAST_SEQUENCE = 0x7fffffff;
/** A peer that leaves so much unread is gone. */
const UNREAD_OCTETS = 8 * 1024 * 1024;
/** A peer that has not closed its end after this time is cut off. */
const CLOSE_MS = 5_000;

export class SmppConnection {
  readonly #socket: Socket;
  readonly #events: SmppConnectionEvents;
  readonly #reader = new PduReader();
  /** By sequence number, the oldest first. */
  readonly #waiting = new Map<number, PendingRequest>();
  #sequence = 0;
  #outgoing: Buffer[] = [];
  #leaving: PendingRequest[] = [];
  #isOpen = true;
  #isEnding = false;

  constructor(socket: Socket, events: SmppConnectionEvents) {
    this.#socket = socket;
    this.#events = events;
    socket.setNoDelay(true);
    socket.on("data", (octets: Buffer) => this.#read(octets));
    socket.on("error", () => {}); // its end follows
    socket.on("close", () => this.#closed());
  }

  /** Takes requests. */
  get isOpen(): boolean {
    return this.#isOpen && !this.#isEnding;
  }

  /** For how long the oldest request without a response has been waiting. */
  oldestMs(nowMs: number): number {
    for (const { sinceMs } of this.#waiting.values()) return nowMs - sinceMs;
    return 0;
  }

  /** Sends a request under the next sequence number. `answered` is called once, and never at once. */
  request(pdu: Buffer, answered: (answer: SmppResponse) => void): void {
    if (!this.isOpen) return queueMicrotask(() => answered("unsent"));
    do this.#sequence = this.#sequence === LAST_SEQUENCE ? 1 : this.#sequence + 1;
    while (this.#waiting.has(this.#sequence));
    const waiting = { answered, sinceMs: performance.now(), hasLeft: false };
    this.#waiting.set(this.#sequence, waiting);
    this.#leaving.push(waiting);
    this.#send(pdu, this.#sequence);
  }

  respond({ command, sequence }: Pdu, response: { status?: number; texts?: readonly string[] } = {}): void {
    if (this.isOpen) this.#send(writePdu(command + RESPONSE, response), sequence);
  }

  /** Nothing more is read until `resume`. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Writes what is left and closes. Open requests may still be answered until the other end closes too. */
  end(): void {
    if (!this.isOpen) return;
    this.#flush();
    this.#isEnding = true;
    this.#socket.end();
    const late = setTimeout(() => this.destroy(), CLOSE_MS).unref();
    this.#socket.once("close", () => clearTimeout(late));
  }

  /** Breaks the connection. Open requests get no answer any more. */
  destroy(): void {
    this.#socket.destroy();
    this.#closed();
  }

  #send(pdu: Buffer, sequence: number): void {
    setSequence(pdu, sequence);
    if (this.#outgoing.push(pdu) === 1) setImmediate(() => this.#flush());
  }

  /** A system call for each PDU would cost more than everything else. */
  #flush(): void {
    const outgoing = this.#outgoing;
    if (outgoing.length === 0 || !this.isOpen) return;
    this.#outgoing = [];
    for (const waiting of this.#leaving.splice(0)) waiting.hasLeft = true;
    this.#socket.write(outgoing.length === 1 ? (outgoing[0] as Buffer) : Buffer.concat(outgoing));
    if (this.#socket.writableLength > UNREAD_OCTETS) this.#socket.destroy();
  }

  #read(octets: Buffer): void {
    for (const pdu of this.#reader.read(octets)) {
      if (!this.#isOpen) return;
      if (pdu.command >= RESPONSE) this.#answered(pdu);
      else if (!this.#events.requested(pdu)) this.#refuse(pdu);
    }
    if (this.#reader.fault) this.#socket.destroy(this.#reader.fault);
  }

  /** A response to no open request is ignored. */
  #answered(pdu: Pdu): void {
    const waiting = this.#waiting.get(pdu.sequence);
    if (this.#waiting.delete(pdu.sequence)) waiting?.answered(pdu);
  }

  #refuse({ sequence }: Pdu): void {
    this.#send(writePdu(GENERIC_NACK, { status: STATUS.ESME_RINVCMDID }), sequence);
  }

  #closed(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { answered, hasLeft } of waiting) answered(hasLeft ? "broken" : "unsent");
    this.#events.closed();
  }
}
