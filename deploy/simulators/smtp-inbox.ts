/** An SMTP server that keeps what arrives instead of delivering it. */
import { type AddressInfo, createServer, type Socket } from "node:net";
import { type Arrival, Arrivals, type ArrivalBounds } from "./arrivals.ts";
import { type Behaviour, behaviourOf, type SmtpReply } from "./email-behaviour.ts";
import { type EmailMessage, messageIdOf, parseEmail } from "./email-message.ts";
import { type SmtpKeeper, SmtpSession } from "./smtp-session.ts";

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
  bounds: ArrivalBounds;
  /** How late `slow+…` is answered. */
  slowMs: number;
}

export async function startSmtpInbox({ host, port, bounds, slowMs }: SmtpInboxOptions): Promise<SmtpInbox> {
  const arrivals = new Arrivals<ArrivedEmail>(bounds);
  const refused = new Map<number, number>();
  const tried = new Set<string>();
  const sockets = new Set<Socket>();
  const refuse = ({ code, text }: SmtpReply): string => {
    refused.set(code, (refused.get(code) ?? 0) + 1);
    return `${code} ${text}`;
  };
  const behaviour = (address: string): Behaviour => behaviourOf(address, () => tried.has(address));
  const keeper: SmtpKeeper = {
    recipient(address) {
      const { recipient } = behaviour(address);
      if (!recipient) return "";
      tried.add(address);
      return refuse(recipient);
    },
    async message({ from, to, raw }) {
      const all = to.map((address) => ({ address, ...behaviour(address) }));
      const refusal = all.find(({ message }) => message)?.message;
      if (refusal) return refuse(refusal);
      for (const { address } of all) arrivals.add(arrived(address, raw, from));
      if (all.some(({ cut }) => cut)) return undefined;
      if (all.some(({ slow }) => slow)) await new Promise((resolve) => setTimeout(resolve, slowMs));
      return "250 Kept";
    },
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    const session = new SmtpSession(keeper, {
      write: (replies) => socket.write(replies, "latin1"),
      end: () => socket.end(),
      break: () => socket.destroy(),
    });
    socket.on("data", (octets: Buffer) => session.hear(octets.toString("latin1")));
    socket.on("error", () => {}); // a client that breaks off is no fault of ours
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) =>
      reject(new Error(`SIM_SMTP_PORT ${port} cannot be used: ${error.message}`, { cause: error })),
    );
    server.listen(port, host, () => resolve());
  });
  return {
    url: `smtp://${host}:${(server.address() as AddressInfo).port}`,
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
        for (const socket of sockets) socket.destroy();
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

function arrived(to: string, raw: string, from: string): ArrivedEmail {
  const text = Buffer.from(raw, "latin1").toString();
  return { to: to.toLowerCase(), id: messageIdOf(text), from, time: new Date().toISOString(), raw: text };
}
