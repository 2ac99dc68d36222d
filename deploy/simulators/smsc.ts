/** A message centre that speaks SMPP 3.4: takes submit_sm, sends receipts and inbound messages to whoever is bound. */
import { type AddressInfo, createServer, type Server } from "node:net";
import {
  COMMAND,
  type MessageFields,
  type Pdu,
  readBind,
  readMessage,
  RECEIPT,
  STATUS,
  writeMessage,
} from "../../svc/lib/smpp/pdu.ts";
import { SmppConnection } from "../../svc/lib/smpp/smpp-connection.ts";
import { Arrivals, type ArrivalBounds } from "./arrivals.ts";
import { DeliveryQueue } from "./smsc-delivery.ts";
import { type ArrivedSms, arrivedSms, type InboundMessage, inboundPdu } from "./smsc-message.ts";
import { outcomeOf, RECEIPTS, receiptText, type SmsOutcome, USUAL_ENDINGS } from "./sms-outcomes.ts";

/** Settings that can be changed while it runs. */
export interface SmscSettings {
  /** Submits a second before ESME_RTHROTTLED; 0 is unlimited. */
  ratePerSecond: number;
  receiptDelayMs: number;
  /** Outcome by ending of the destination. */
  endings: Record<string, SmsOutcome>;
  /** So many of the next submits are taken but not answered. */
  unanswered: number;
  /** Whether receipts name messages as submit_sm_resp did, or in decimal instead of hexadecimal. */
  receiptIds: "same" | "decimal";
}

export interface Smsc {
  /** Where to bind, with user and password: `smpp://herald:password@127.0.0.1:2775`. */
  url: string;
  arrivals: Arrivals<ArrivedSms>;
  settings: SmscSettings;
  /** submit_sm refused so far, by command status. */
  refused: Map<number, number>;
  bound(): number;
  /** Sends a message from a phone to whoever is bound; resolves once it was acknowledged. */
  inbound(message: InboundMessage): Promise<void>;
  /** Sends a deliver_sm with these fields, or one that is whole, whatever it says; resolves once it was acknowledged. */
  deliver(message: Partial<MessageFields> | Buffer): Promise<void>;
  /** Breaks all connections. */
  disconnect(): void;
  reset(): void;
  stop(): Promise<void>;
}

export interface SmscOptions {
  host: string;
  port: number;
  bounds: ArrivalBounds;
  systemId: string;
  password: string;
}

const { ESME_ROK, ESME_RINVBNDSTS, ESME_RINVDSTADR, ESME_RINVPASWD, ESME_RSUBMITFAIL, ESME_RTHROTTLED } = STATUS;

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

  function submit(connection: SmppConnection, pdu: Pdu): void {
    const fields = readMessage(pdu.body);
    const to = fields.destination_addr;
    const outcome = outcomeOf(to, settings.endings);
    const status = judge(to, outcome);
    if (status !== ESME_ROK) {
      refused.set(status, (refused.get(status) ?? 0) + 1);
      return connection.respond(pdu, { status });
    }
    const messageId = (++messages + 0x10000000).toString(16).toUpperCase();
    arrivals.add(arrivedSms(fields, messageId));
    if (settings.unanswered > 0) return void settings.unanswered--;
    connection.respond(pdu, { texts: [messageId] });
    if (fields.registered_delivery) sendReceipt(fields, messageId, outcome);
  }

  function sendReceipt(fields: MessageFields, messageId: string, outcome: SmsOutcome): void {
    const receipt = RECEIPTS[outcome];
    if (!receipt) return;
    const submitted = new Date();
    const named = settings.receiptIds === "same" ? messageId : String(Number.parseInt(messageId, 16));
    setTimeout(() => {
      const text = receiptText(named, receipt, submitted, new Date());
      const pdu = writeMessage(COMMAND.deliver, {
        esm_class: RECEIPT,
        source_addr: fields.destination_addr,
        destination_addr: fields.source_addr,
        short_message: Buffer.from(text),
        receipted_message_id: named,
        message_state: receipt.messageState,
      });
      void deliveries.send(pdu);
    }, settings.receiptDelayMs);
  }

  function bind(connection: SmppConnection, pdu: Pdu): boolean {
    const who = readBind(pdu.body);
    const isKnown = who.systemId === systemId && who.password === password;
    connection.respond(pdu, isKnown ? { texts: ["simulator"] } : { status: ESME_RINVPASWD });
    if (isKnown && pdu.command !== COMMAND.bindTransmitter) deliveries.add(connection);
    return isKnown;
  }

  function unbind(connection: SmppConnection, pdu: Pdu): void {
    deliveries.remove(connection);
    connection.respond(pdu);
    connection.end();
  }

  const connections = new Set<SmppConnection>();
  const server = createServer((socket) => {
    let isBound = false;
    const requests: Readonly<Record<number, (pdu: Pdu) => void>> = {
      [COMMAND.bindTransceiver]: (pdu) => (isBound = bind(connection, pdu)),
      [COMMAND.bindTransmitter]: (pdu) => (isBound = bind(connection, pdu)),
      [COMMAND.bindReceiver]: (pdu) => (isBound = bind(connection, pdu)),
      [COMMAND.submit]: (pdu) =>
        isBound ? submit(connection, pdu) : connection.respond(pdu, { status: ESME_RINVBNDSTS }),
      [COMMAND.enquire]: (pdu) => connection.respond(pdu),
      [COMMAND.unbind]: (pdu) => unbind(connection, pdu),
    };
    const connection = new SmppConnection(socket, {
      requested: (pdu) => {
        const obey = requests[pdu.command];
        obey?.(pdu);
        return obey !== undefined;
      },
      closed: () => {
        connections.delete(connection);
        deliveries.remove(connection);
      },
    });
    connections.add(connection);
  });
  const disconnect = () => [...connections].forEach((connection) => connection.destroy());
  await listen(server, host, port);
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `smpp://${systemId}:${password}@${host}:${bound}`,
    arrivals,
    settings,
    refused,
    bound: () => deliveries.receivers,
    inbound: (message) => deliveries.send(inboundPdu(message)),
    deliver: (message) => deliveries.send(Buffer.isBuffer(message) ? message : writeMessage(COMMAND.deliver, message)),
    disconnect,
    reset() {
      arrivals.reset();
      refused.clear();
      throttledBefore.clear();
      Object.assign(settings, usualSettings());
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        disconnect();
      }),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) =>
      reject(new Error(`SIM_SMPP_PORT ${port} cannot be used: ${error.message}`, { cause: error })),
    );
    server.listen(port, host, () => resolve());
  });
}
