/** One bind to a message centre: submits within its window, keeps the link alive, hands on what the centre delivers. */
import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import {
  COMMAND,
  type MessageFields,
  type Pdu,
  readMessage,
  readText,
  RESPONSE,
  STATUS,
  writeBind,
  writeMessage,
  writePdu,
} from "../../lib/smpp/pdu.ts";
import { type AddressFence, AddressRefusedError } from "../../lib/outbound/address-fence.ts";
import { type SmppResponse, SmppConnection } from "../../lib/smpp/smpp-connection.ts";

export interface SmppServer {
  host: string;
  port: number;
  tls: boolean;
  systemId: string;
  password: string;
  systemType: string;
  /** Which addresses the host may have; missing means any, for a host that the operator named. */
  fence?: AddressFence | undefined;
  /** Its abort breaks the connection, whatever is under way. */
  signal?: AbortSignal | undefined;
}

/** Which way messages go over a bind; missing means both. */
export type BindDirection = "transmitter" | "receiver";

/** What has been reached of an opening bind, in this order. */
export type SmppOpeningStep = "connection" | "tls" | "credentials";

/** Why a bind did not come about. The message is for people. */
export class SmppOpeningError extends Error {
  /** The error code of the system or of TLS; empty when the centre answered. */
  readonly fault: string;
  /** The command status of its refusal; 0 when it gave none. */
  readonly status: number;

  constructor(message: string, { fault = "", status = 0 }: { fault?: string; status?: number } = {}) {
    super(message);
    this.name = "SmppOpeningError";
    this.fault = fault;
    this.status = status;
  }
}

export interface SmppOpening {
  direction?: BindDirection | undefined;
  /** Is told each step. */
  reached?: (step: SmppOpeningStep) => void;
}

const BINDS = {
  transceiver: COMMAND.bindTransceiver,
  transmitter: COMMAND.bindTransmitter,
  receiver: COMMAND.bindReceiver,
} as const;

/** The answer to a submit; or `broken`: the connection ended first, and the centre may have the message; or `unsent`: it does not have it. */
export type SubmitAnswer = { status: number; messageId: string } | "broken" | "unsent";

export interface SmppLinkEvents {
  /** A deliver_sm. Resolves to the command status to answer with. */
  delivered(message: MessageFields): Promise<number>;
  /** It takes no more submits: it was closed, retired, or the centre has taken its leave. Said once. */
  left(): void;
}

const CONNECT_MS = 10_000;
const ENQUIRE_EVERY_MS = 30_000;
/** A centre that says nothing to an enquire_link, or to a submit, for so long is gone. */
const ANSWER_MS = 30_000;
const LOOK_EVERY_MS = 5_000;
const UNBIND_MS = 1_000;
/** Deliveries that are not answered yet, and what they take; nothing more is read until one is. No centre that works comes near. */
const DELIVERIES_AT_ONCE = 10_000;
const DELIVERED_OCTETS = 16 * 1024 * 1024;

export class SmppLink {
  readonly #connection: SmppConnection;
  readonly #events: SmppLinkEvents;
  readonly #looking: NodeJS.Timeout;
  /** Resolves after the connection has ended. */
  readonly closed: Promise<void>;
  #enquiredAt = performance.now();
  #submits = 0;
  #deliveries = 0;
  #deliveredOctets = 0;
  #isPaused = false;
  #hasLeft = false;
  /** For people, once it has left. */
  whyLeft = "The message centre closed the connection.";

  private constructor(socket: Socket, events: SmppLinkEvents) {
    this.#events = events;
    let closed = () => {};
    this.closed = new Promise((resolve) => (closed = resolve));
    this.#connection = new SmppConnection(socket, {
      requested: (pdu) => this.#obey(pdu),
      closed: () => {
        clearInterval(this.#looking);
        this.#leave();
        closed();
      },
    });
    this.#looking = setInterval(() => this.#look(performance.now()), LOOK_EVERY_MS);
  }

  /** Connects and binds. Rejects with SmppOpeningError or AddressRefusedError. */
  static async open(
    server: SmppServer,
    events: SmppLinkEvents,
    { direction, reached = () => {} }: SmppOpening = {},
  ): Promise<SmppLink> {
    const socket = openSocket(server, reached);
    const link = new SmppLink(socket, events);
    let trouble: Error = new SmppOpeningError("The message centre closed the connection.", { fault: "ECONNRESET" });
    const fail = (why: Error) => {
      trouble = why;
      link.close();
    };
    socket.once("error", (error: NodeJS.ErrnoException) => fail(unreachable(error)));
    const late = setTimeout(
      () => fail(new SmppOpeningError("The message centre does not answer.", { fault: "ETIMEDOUT" })),
      CONNECT_MS,
    );
    const command = BINDS[direction ?? "transceiver"];
    const answer = await link.#request(writeBind(command, server));
    clearTimeout(late);
    if (typeof answer !== "string" && answer.status !== STATUS.ESME_ROK)
      fail(
        new SmppOpeningError(`The message centre refuses our bind (0x${answer.status.toString(16)}).`, {
          status: answer.status,
        }),
      );
    else if (typeof answer !== "string" && answer.command !== command + RESPONSE)
      fail(new SmppOpeningError("The message centre does not answer our bind as SMPP does.", { fault: "EPROTOCOL" }));
    if (!link.open) throw trouble;
    reached("credentials");
    return link;
  }

  /** Takes submits. */
  get open(): boolean {
    return !this.#hasLeft;
  }

  /** Submits that are not answered. */
  get outstanding(): number {
    return this.#submits;
  }

  async submit(fields: Partial<MessageFields>): Promise<SubmitAnswer> {
    this.#submits += 1;
    const answer = await this.#request(writeMessage(COMMAND.submit, fields));
    this.#submits -= 1;
    if (this.#hasLeft && this.#submits === 0) this.close();
    if (typeof answer === "string") return answer;
    const { command, status, body } = answer;
    if (command === COMMAND.submit + RESPONSE) return { status, messageId: readText(body) };
    // A generic_nack, or what answers something else: the centre has not taken it.
    return { status: status || STATUS.ESME_RUNKNOWNERR, messageId: "" };
  }

  /** Breaks the connection. Open submits get no answer any more. */
  close(): void {
    this.#connection.destroy();
  }

  /** Takes no more submits, and closes once those that are under way are answered. */
  retire(why: string): void {
    if (this.open) this.whyLeft = why;
    this.#leave();
    if (this.#submits === 0) this.close();
  }

  /** Says good-bye, and closes. */
  async unbind(): Promise<void> {
    if (this.#connection.isOpen) {
      const late = setTimeout(() => this.close(), UNBIND_MS);
      await this.#request(writePdu(COMMAND.unbind));
      clearTimeout(late);
    }
    this.close();
  }

  #leave(): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.#events.left();
  }

  #request(pdu: Buffer): Promise<SmppResponse> {
    return new Promise((resolve) => this.#connection.request(pdu, resolve));
  }

  /** Answers a request of the centre, if the centre may make such a request. */
  #obey(pdu: Pdu): boolean {
    switch (pdu.command) {
      case COMMAND.deliver:
        void this.#deliver(pdu);
        return true;
      case COMMAND.enquire:
        this.#connection.respond(pdu);
        return true;
      case COMMAND.unbind:
        this.#connection.respond(pdu);
        this.#connection.end();
        this.#leave();
        return true;
      default:
        return false;
    }
  }

  async #deliver(pdu: Pdu): Promise<void> {
    this.#countDelivery(1, pdu.body.length);
    const status = await this.#events.delivered(readMessage(pdu.body));
    this.#countDelivery(-1, -pdu.body.length);
    this.#connection.respond(pdu, status === STATUS.ESME_ROK ? { texts: [""] } : { status });
  }

  #countDelivery(one: 1 | -1, octets: number): void {
    this.#deliveries += one;
    this.#deliveredOctets += octets;
    const isTooMuch = this.#deliveries >= DELIVERIES_AT_ONCE || this.#deliveredOctets >= DELIVERED_OCTETS;
    if (isTooMuch === this.#isPaused) return;
    this.#isPaused = isTooMuch;
    if (isTooMuch) this.#connection.pause();
    else this.#connection.resume();
  }

  #look(nowMs: number): void {
    if (this.#connection.oldestMs(nowMs) >= ANSWER_MS) return this.close();
    if (nowMs - this.#enquiredAt < ENQUIRE_EVERY_MS) return;
    this.#enquiredAt = nowMs;
    void this.#request(writePdu(COMMAND.enquire));
  }
}

function openSocket({ host, port, tls, fence, signal }: SmppServer, reached: (step: SmppOpeningStep) => void): Socket {
  fence?.checkLiteral(host);
  const to = { host, port, ...(fence && { lookup: fence.lookup }), ...(signal && { signal }) };
  if (!tls) return connect(to, () => reached("connection"));
  const socket = connectTls({ ...to, ...(isIP(host) === 0 && { servername: host }) });
  socket.once("connect", () => reached("connection")).once("secureConnect", () => reached("tls"));
  return socket;
}

function unreachable(error: NodeJS.ErrnoException): Error {
  if (error instanceof AddressRefusedError) return error;
  const fault = error.code ?? "EPROTOCOL";
  return new SmppOpeningError(`The message centre cannot be reached (${error.code ?? "protocol error"}).`, { fault });
}
