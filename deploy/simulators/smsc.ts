/** A message centre that speaks SMPP 3.4: takes submit_sm, sends receipts and inbound messages to whoever is bound. */
import { createHash } from "node:crypto";
import type { AddressInfo } from "node:net";
import smpp, { type Pdu, type PduFields, type Session } from "smpp";
import { type Arrival, Arrivals, type Bounds } from "./arrivals.ts";
import { DeliveryQueue } from "./smsc-delivery.ts";
import { outcomeOf, RECEIPTS, receiptText, type SmsOutcome, USUAL_ENDINGS } from "./sms-outcomes.ts";

/** One submit_sm, as it arrived: a message, or one part of it. */
export interface ArrivedSms extends Arrival {
  from: string;
  text: string;
  /** Which part of how many; 1 of 1 for a message that fits into one. */
  part: number;
  parts: number;
  dataCoding: number;
  messageId: string;
  time: string;
}

/** A message from a phone. Numbers travel as written, but for a plus sign; their types are 0 unless given. */
export interface InboundMessage {
  from: string;
  to: string;
  text: string;
  fromType?: number | undefined;
  toType?: number | undefined;
}

/** What can be changed while it runs. */
export interface SmscSettings {
  /** Submits a second before ESME_RTHROTTLED; 0 is unlimited. */
  ratePerSecond: number;
  receiptDelayMs: number;
  /** Outcome by ending of the destination. */
  endings: Record<string, SmsOutcome>;
  /** The next so many submits are taken and not answered. */
  unanswered: number;
  /** Whether receipts name messages as submit_sm_resp did, or in decimal where that was hexadecimal. */
  receiptIds: "same" | "decimal";
}

export interface Smsc {
  /** Where to bind, user and password included: `smpp://herald:password@127.0.0.1:2775`. */
  url: string;
  arrivals: Arrivals<ArrivedSms>;
  settings: SmscSettings;
  /** submit_sm refused so far, by command status. */
  refused: Map<number, number>;
  bound(): number;
  /** Sends a message from a phone to whoever is bound; resolves once it was acknowledged. */
  inbound(message: InboundMessage): Promise<void>;
  /** Sends a deliver_sm with these fields, whatever they are; resolves once it was acknowledged. */
  deliver(fields: PduFields): Promise<void>;
  /** Breaks all connections. */
  disconnect(): void;
  reset(): void;
  stop(): Promise<void>;
}

export interface SmscOptions {
  host: string;
  port: number;
  bounds: Bounds;
  systemId: string;
  password: string;
}

const {
  ESME_ROK = 0,
  ESME_RINVBNDSTS = 4,
  ESME_RINVDSTADR = 0x0b,
  ESME_RINVPASWD = 0x0e,
  ESME_RSUBMITFAIL = 0x45,
  ESME_RTHROTTLED = 0x58,
} = smpp.errors;
/** The parameter in which Herald names the attempt, from the range left to users. */
smpp.addTLV("herald_attempt_id", { id: 0x1501, type: smpp.types.tlv.string });

const usualSettings = (): SmscSettings => ({
  ratePerSecond: 0,
  receiptDelayMs: 5,
  endings: { ...USUAL_ENDINGS },
  unanswered: 0,
  receiptIds: "same",
});

export async function startSmsc({ host, port, bounds, systemId, password }: SmscOptions): Promise<Smsc> {
  const arrivals = new Arrivals<ArrivedSms>(bounds);
  const refused = new Map<number, number>();
  const throttledBefore = new Set<string>();
  const settings = usualSettings();
  const deliveries = new DeliveryQueue();
  let second = { began: 0, taken: 0 };
  let messages = 0;

  function overRate(): boolean {
    const now = Date.now();
    if (now - second.began >= 1_000) second = { began: now, taken: 0 };
    return settings.ratePerSecond > 0 && ++second.taken > settings.ratePerSecond;
  }

  /** The command status of a submit_sm. */
  function judge(to: string, outcome: SmsOutcome): number {
    if (overRate()) return ESME_RTHROTTLED;
    if (outcome === "invalid_destination") return ESME_RINVDSTADR;
    if (outcome === "submit_failed") return ESME_RSUBMITFAIL;
    if (outcome !== "throttled_once" || throttledBefore.has(to)) return ESME_ROK;
    throttledBefore.add(to);
    return ESME_RTHROTTLED;
  }

  function submit(session: Session, pdu: Pdu): void {
    const to = pdu.destination_addr ?? "";
    const outcome = outcomeOf(to, settings.endings);
    const status = judge(to, outcome);
    if (status !== ESME_ROK) {
      refused.set(status, (refused.get(status) ?? 0) + 1);
      return void session.send(pdu.response({ command_status: status }));
    }
    const messageId = (++messages + 0x10000000).toString(16).toUpperCase();
    arrivals.add(arrived(pdu, messageId));
    if (settings.unanswered > 0) return void settings.unanswered--;
    session.send(pdu.response({ message_id: messageId }));
    if (pdu.registered_delivery) sendReceipt(pdu, messageId, outcome);
  }

  function sendReceipt(pdu: Pdu, messageId: string, outcome: SmsOutcome): void {
    const receipt = RECEIPTS[outcome];
    if (!receipt) return;
    const submitted = new Date();
    const named = settings.receiptIds === "same" ? messageId : String(Number.parseInt(messageId, 16));
    setTimeout(() => {
      const text = receiptText(named, receipt, submitted, new Date());
      void deliveries.send({
        esm_class: 0x04,
        source_addr: pdu.destination_addr,
        destination_addr: pdu.source_addr,
        short_message: { message: text },
        receipted_message_id: named,
        message_state: receipt.messageState,
      });
    }, settings.receiptDelayMs);
  }

  const server = smpp.createServer((session) => {
    let bound = false;
    session.on("error", () => session.destroy()); // what is no PDU cannot be answered
    session.on("close", () => deliveries.remove(session));
    for (const command of ["bind_transceiver", "bind_transmitter", "bind_receiver"]) {
      session.on(command, (pdu: Pdu) => {
        bound = pdu.system_id === systemId && pdu.password === password;
        session.send(pdu.response(bound ? { system_id: "simulator" } : { command_status: ESME_RINVPASWD }));
        if (bound && command !== "bind_transmitter") deliveries.add(session);
      });
    }
    session.on("submit_sm", (pdu: Pdu) =>
      bound ? submit(session, pdu) : session.send(pdu.response({ command_status: ESME_RINVBNDSTS })),
    );
    session.on("enquire_link", (pdu: Pdu) => session.send(pdu.response()));
    session.on("unbind", (pdu: Pdu) => {
      deliveries.remove(session);
      session.send(pdu.response());
      session.close();
    });
  });
  await listen(server, host, port);
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `smpp://${systemId}:${password}@${host}:${bound}`,
    arrivals,
    settings,
    refused,
    bound: () => deliveries.receivers,
    inbound: ({ from, to, text, fromType = 0, toType = 0 }) =>
      deliveries.send({
        esm_class: 0,
        source_addr_ton: fromType,
        source_addr: digits(from),
        dest_addr_ton: toType,
        destination_addr: digits(to),
        data_coding: smpp.encodings.detect(text) === "ASCII" ? 0 : 8,
        short_message: { message: text },
      }),
    deliver: (fields) => deliveries.send(fields),
    disconnect: () => server.sessions.forEach((session) => session.destroy()),
    reset() {
      arrivals.reset();
      refused.clear();
      throttledBefore.clear();
      Object.assign(settings, usualSettings());
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const session of [...server.sessions]) session.destroy();
      }),
  };
}

/** Numbers travel without `+` where the type of number says international, as Herald sends them. */
const digits = (number: string) => number.replace(/^\+/, "");

function arrived(pdu: Pdu, messageId: string): ArrivedSms {
  const { text, part, parts } = content(pdu);
  const attempt = (pdu as { herald_attempt_id?: string }).herald_attempt_id;
  const id = attempt ?? createHash("sha1").update(text).digest("base64url");
  return {
    to: `+${digits(pdu.destination_addr ?? "")}`,
    id: parts > 1 ? `${id} ${part}/${parts}` : id,
    from: pdu.source_addr ?? "",
    text,
    part,
    parts,
    dataCoding: pdu.data_coding ?? 0,
    messageId,
    time: new Date().toISOString(),
  };
}

/** The text, and from an 8-bit concatenation header (element 0x00) which part it is. */
function content({ short_message, message_payload }: Pdu): { text: string; part: number; parts: number } {
  const payload = isEmpty(short_message) ? message_payload : short_message;
  if (payload === undefined || typeof payload === "string" || Buffer.isBuffer(payload))
    return { text: payload?.toString() ?? "", part: 1, parts: 1 };
  const concatenation = (Array.isArray(payload.udh) ? (payload.udh as Buffer[]) : []).find(
    (element) => element[0] === 0,
  );
  return { text: payload.message.toString(), part: concatenation?.[4] ?? 1, parts: concatenation?.[3] ?? 1 };
}

const isEmpty = (message: Pdu["short_message"]) =>
  message === undefined ||
  (typeof message === "object" && "message" in message ? message.message.length === 0 : message.length === 0);

function listen(server: ReturnType<typeof smpp.createServer>, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) =>
      reject(new Error(`SIM_SMPP_PORT ${port} cannot be used: ${error.message}`, { cause: error })),
    );
    server.listen(port, host, () => resolve());
  });
}
