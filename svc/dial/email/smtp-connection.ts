/** One connection to a mail server, one message at a time, over nodemailer's connection. */
import { Readable } from "node:stream";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { isContradiction, replyStatus, type SmtpStep } from "./smtp-reply.ts";

export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte (smtps). */
  secure: boolean;
  /** STARTTLS: where the server offers it, always, never. */
  startTls: "offered" | "required" | "off";
  user: string;
  password: string;
}

/** What the server made of a message. */
export type SmtpOutcome =
  | { kind: "taken"; reply: string }
  | { kind: "refused"; reply: string; step: SmtpStep }
  /** The connection broke; `handedOver` tells whether the server may have the message. */
  | { kind: "broken"; handedOver: boolean; why: string };

const CONNECT_MS = 10_000;
/** Longest silence while a message is under way; servers may take minutes to scan one, RFC 5321 says ten. */
const SILENCE_MS = 120_000;

/** What nodemailer tells of an error. */
interface SmtpError extends Error {
  code?: string;
  response?: string;
  command?: string;
}

export class SmtpLink {
  readonly #connection: SMTPConnection;
  #usable = true;
  /** Ends the message under way, whose server contradicts itself. */
  #contradicted: (reply: string) => void = () => {};

  private constructor(options: SMTPConnection.Options) {
    const connection = new SMTPConnection({ ...options, logger: this.#replies(), transactionLog: true });
    this.#connection = connection;
    const broken = () => void (this.#usable = false);
    connection.on("error", broken);
    connection.on("end", broken);
  }

  /** Connects and signs in; rejects with words for people. */
  static async open(server: SmtpServer): Promise<SmtpLink> {
    const { host, port, secure, startTls, user, password } = server;
    const tls = { secure, requireTLS: startTls === "required", ignoreTLS: startTls === "off" };
    const timeouts = { connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS };
    const link = new SmtpLink({ host, port, ...tls, ...timeouts });
    const connection = link.#connection;
    try {
      await settled((done) => {
        connection.once("error", done);
        connection.connect((error?: Error) => done(error));
      });
      if (user !== "")
        await settled((done) =>
          connection.login({ credentials: { user, pass: password } }, (error) => done(error ?? undefined)),
        );
      return link;
    } catch (error) {
      connection.close();
      throw new Error(connectFailure(error as SmtpError), { cause: error });
    }
  }

  get usable(): boolean {
    return this.#usable;
  }

  async send(from: string, to: string, message: Buffer): Promise<SmtpOutcome> {
    const stream = new Readable({
      read() {
        this.push(message);
        this.push(null);
      },
    });
    const outcome = await new Promise<SmtpOutcome>((resolve) => {
      this.#contradicted = (reply) => {
        this.close();
        resolve({ kind: "refused", reply, step: stream.readableDidRead ? "message" : "recipient" });
      };
      this.#connection.send({ from, to: [to], size: message.length }, stream, (error, info) => {
        resolve(error ? failure(error, stream) : { kind: "taken", reply: info?.response ?? "" });
      });
    });
    // After a refusal the server still holds half a dialogue.
    if (outcome.kind === "refused" && this.#usable) await this.#reset();
    if (outcome.kind === "broken") this.close();
    return outcome;
  }

  /** Hears every reply before nodemailer acts on it: that goes by the first digit of the first line, whatever the others say. */
  #replies(): SMTPConnection.Options["logger"] {
    const nothing = () => {};
    const debug = ({ tnx }: { tnx?: string }, reply: string) => {
      if (tnx === "server" && isContradiction(reply)) this.#contradicted(reply);
    };
    return { level: nothing, trace: nothing, debug, info: nothing, warn: nothing, error: nothing, fatal: nothing };
  }

  close(): void {
    this.#usable = false;
    this.#connection.close();
  }

  async quit(): Promise<void> {
    if (this.#usable)
      await settled((done) => (this.#connection.once("end", () => done()), this.#connection.quit())).catch(() => {});
    this.close();
  }

  async #reset(): Promise<void> {
    await settled((done) => this.#connection.reset((error) => done(error ?? undefined))).catch(() => this.close());
  }
}

function failure(error: SmtpError, message: Readable): SmtpOutcome {
  const { response } = error;
  if (response)
    return {
      kind: "refused",
      reply: response,
      step: message.readableDidRead ? "message" : error.command === "RCPT TO" ? "recipient" : "sender",
    };
  // The message is read only once the server has said that it wants it.
  return { kind: "broken", handedOver: message.readableDidRead, why: error.code ?? "broken" };
}

/** Without the server's words, which may hold the user's name. */
function connectFailure({ code, response, command }: SmtpError): string {
  if (response)
    return `The mail server answered ${replyStatus(response)}${command?.startsWith("AUTH") ? " to our user and password" : ""}.`;
  return `The mail server cannot be reached (${code ?? "no connection"}).`;
}

function settled(begin: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => begin((error) => (error ? reject(error) : resolve())));
}
