/** An SMTP server that keeps what arrives instead of delivering it. */
import type { AddressInfo, Socket } from "node:net";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import { type Arrival, Arrivals, type Bounds } from "./arrivals.ts";
import { type Behaviour, behaviourOf, type SmtpReply } from "./email-behaviour.ts";
import { type EmailMessage, messageIdOf, parseEmail } from "./email-message.ts";

/** A message for one recipient, as it arrived. */
export interface ArrivedEmail extends Arrival {
  from: string;
  time: string;
  raw: string;
}

export interface SmtpInbox {
  /** Where to send: `smtp://127.0.0.1:2525`. */
  url: string;
  arrivals: Arrivals<ArrivedEmail>;
  /** Recipients refused so far, by reply code. */
  refused: Map<number, number>;
  /** Forgets everything, greylisting included. */
  reset(): void;
  stop(): Promise<void>;
}

export interface SmtpInboxOptions {
  host: string;
  port: number;
  bounds: Bounds;
  /** How late `slow+…` is answered. */
  slowMs: number;
}

/** Of a message, this much is kept. */
const KEPT_BYTES = 64 * 1024;

export async function startSmtpInbox({ host, port, bounds, slowMs }: SmtpInboxOptions): Promise<SmtpInbox> {
  const arrivals = new Arrivals<ArrivedEmail>(bounds);
  const refused = new Map<number, number>();
  const tried = new Set<string>();
  const sockets = new Map<number, Socket>();
  const refuse = (reply: SmtpReply) => {
    refused.set(reply.code, (refused.get(reply.code) ?? 0) + 1);
    return Object.assign(new Error(reply.text), { responseCode: reply.code });
  };
  const behaviour = (address: string): Behaviour => behaviourOf(address, () => tried.has(address));

  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onRcptTo({ address }, _session, done) {
      const { recipient } = behaviour(address);
      if (recipient) tried.add(address);
      done(recipient ? refuse(recipient) : null);
    },
    onData(stream, session, done) {
      void readAll(stream).then((raw) => {
        const all = session.envelope.rcptTo.map(({ address }) => ({ address, ...behaviour(address) }));
        const refusal = all.find(({ message }) => message)?.message;
        if (refusal) return done(refuse(refusal));
        for (const { address } of all) arrivals.add(arrived(address, raw, session));
        if (all.some(({ cut }) => cut)) return sockets.get(session.remotePort)?.destroy();
        setTimeout(() => done(null, "Kept"), all.some(({ slow }) => slow) ? slowMs : 0);
      });
    },
  });
  server.on("error", () => {}); // a client that breaks off is no fault of ours
  server.server.on("connection", (socket: Socket) => {
    const { remotePort = 0 } = socket;
    sockets.set(remotePort, socket);
    socket.once("close", () => sockets.delete(remotePort));
  });
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", (error: Error) =>
      reject(new Error(`SIM_SMTP_PORT ${port} cannot be used: ${error.message}`, { cause: error })),
    );
    server.listen(port, host, () => resolve());
  });
  return {
    url: `smtp://${host}:${(server.server.address() as AddressInfo).port}`,
    arrivals,
    refused,
    reset() {
      arrivals.reset();
      refused.clear();
      tried.clear();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets.values()) socket.destroy();
      }),
  };
}

/** The message for people, as the HTTP API shows it. */
export function readEmail({
  to,
  id,
  time,
  raw,
}: ArrivedEmail): EmailMessage & { to: string; id: string; time: string } {
  return { to, id, time, ...parseEmail(raw) };
}

function arrived(to: string, raw: string, { envelope }: SMTPServerSession): ArrivedEmail {
  const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
  return { to: to.toLowerCase(), id: messageIdOf(raw), from, time: new Date().toISOString(), raw };
}

function readAll(stream: SMTPServerDataStream): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve) => {
    stream.on("data", (chunk: Buffer) => {
      if (bytes < KEPT_BYTES) chunks.push(chunk);
      bytes += chunk.length;
    });
    stream.on("end", () => resolve(Buffer.concat(chunks).toString()));
  });
}
