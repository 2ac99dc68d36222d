/** One bind to a message centre: submits within its window, keeps the link alive, hands on what the centre delivers. */
import smpp, { type Pdu, type PduFields, type Session } from "smpp";

export interface SmppServer {
  host: string;
  port: number;
  tls: boolean;
  systemId: string;
  password: string;
  systemType: string;
}

/** The answer to a submit; or `broken`: the connection ended first, and the centre may have taken it; or `unsent`: it has not. */
export type SubmitAnswer = Pdu | "broken" | "unsent";

export interface SmppLinkEvents {
  /** A deliver_sm. Resolves to the command status to answer with, or to undefined to leave it unanswered. */
  delivered(pdu: Pdu): Promise<number | undefined>;
  closed(): void;
}

const CONNECT_MS = 10_000;
const ENQUIRE_EVERY_MS = 30_000;
/** A centre that says nothing to an enquire_link, or to a submit, for so long is gone. */
const ANSWER_MS = 30_000;
const UNBIND_MS = 1_000;

/** The attempt's id goes along in the range that is left to users, for centres that keep it. */
smpp.addTLV("herald_attempt_id", { id: 0x1501, type: smpp.types.tlv.string });

/** The octets of what is delivered stay as they came: the package guesses their alphabet by the low four bits of data_coding. */
const { message } = smpp.filters;
smpp.commands.deliver_sm.params.short_message.filter = { encode: message.encode, decode: (octets) => octets };
smpp.tlvs.message_payload.filter = {
  encode: message.encode,
  decode(octets, skipHeader) {
    return this.command === "deliver_sm" ? octets : message.decode.call(this, octets, skipHeader);
  },
};

export class SmppLink {
  readonly #session: Session;
  readonly #events: SmppLinkEvents;
  /** By submit: ends its waiting. */
  readonly #waiting = new Map<symbol, (answer: SubmitAnswer) => void>();
  readonly #keepAlive: NodeJS.Timeout;
  #open = true;

  private constructor(session: Session, events: SmppLinkEvents) {
    this.#session = session;
    this.#events = events;
    session.socket.setNoDelay(true);
    session.on("close", () => this.#closed());
    session.on("deliver_sm", (pdu: Pdu) => void this.#deliver(pdu));
    session.on("enquire_link", (pdu: Pdu) => session.send(pdu.response()));
    session.on("unbind", (pdu: Pdu) => {
      session.send(pdu.response());
      this.close();
    });
    this.#keepAlive = setInterval(() => void this.#enquire(), ENQUIRE_EVERY_MS);
  }

  /** Connects and binds; rejects with words for people. */
  static open(server: SmppServer, events: SmppLinkEvents): Promise<SmppLink> {
    const { host, port, tls, systemId, password, systemType } = server;
    const session = smpp.connect({ host, port, tls, servername: host });
    return new Promise((resolve, reject) => {
      const fail = (why: string) => {
        clearTimeout(late);
        session.destroy();
        reject(new Error(why));
      };
      const late = setTimeout(() => fail("The message centre does not answer."), CONNECT_MS);
      session.on("error", (error: NodeJS.ErrnoException) =>
        fail(`The message centre cannot be reached (${error.code ?? "protocol error"}).`),
      );
      session.once("close", () => fail("The message centre closed the connection."));
      session.once(tls ? "secureConnect" : "connect", () => {
        const fields = { system_id: systemId, password, system_type: systemType, interface_version: 0x34 };
        session.bind_transceiver(fields, ({ command_status: status }) => {
          if (status !== 0) return fail(`The message centre refuses our bind (0x${status.toString(16)}).`);
          clearTimeout(late);
          resolve(new SmppLink(session, events));
        });
      });
    });
  }

  get open(): boolean {
    return this.#open;
  }

  /** Submits that are not answered. */
  get outstanding(): number {
    return this.#waiting.size;
  }

  submit(fields: PduFields): Promise<SubmitAnswer> {
    return new Promise((resolve) => {
      const name = Symbol("submit");
      const end = (answer: SubmitAnswer) => {
        clearTimeout(late);
        if (this.#waiting.delete(name)) resolve(answer);
      };
      const late = setTimeout(() => this.close(), ANSWER_MS);
      this.#waiting.set(name, end);
      this.#gather();
      if (!this.#open || !this.#session.submit_sm(fields, end)) end("unsent");
    });
  }

  /** Breaks the connection; what is not answered by now never is. */
  close(): void {
    this.#session.destroy();
    this.#closed();
  }

  /** Says good-bye, and closes. */
  async unbind(): Promise<void> {
    if (this.#open) {
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, UNBIND_MS);
        const done = () => (clearTimeout(late), resolve());
        this.#session.once("close", done);
        this.#session.unbind({}, done);
      });
    }
    this.close();
  }

  async #deliver(pdu: Pdu): Promise<void> {
    const status = await this.#events.delivered(pdu);
    if (status === undefined || !this.#open) return;
    this.#gather();
    this.#session.send(pdu.response({ command_status: status }));
  }

  /** What is written in one turn of the event loop goes out together: a system call each would cost more than all else. */
  #gather(): void {
    const { socket } = this.#session;
    if (socket.writableCorked > 0) return;
    socket.cork();
    setImmediate(() => socket.uncork());
  }

  async #enquire(): Promise<void> {
    const late = setTimeout(() => this.close(), ANSWER_MS);
    await new Promise<void>((resolve) => this.#session.enquire_link({}, () => resolve()));
    clearTimeout(late);
  }

  #closed(): void {
    if (!this.#open) return;
    this.#open = false;
    clearInterval(this.#keepAlive);
    for (const end of [...this.#waiting.values()]) end("broken");
    this.#events.closed();
  }
}
