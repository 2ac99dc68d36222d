/** Opens a connection so that it takes messages: greeting, extensions, TLS, user and password. */
import { createHmac } from "node:crypto";
import { connect, isIP } from "node:net";
import { hostname } from "node:os";
import { connect as connectTls } from "node:tls";
import { ADDRESS_REFUSED, type AddressFence } from "../../lib/outbound/address-fence.ts";
import { SmtpDialogue } from "./smtp-dialogue.ts";
import { type Extensions, isClosing, NO_EXTENSIONS, readExtensions } from "./smtp-lines.ts";
import { replyStatus } from "./smtp-reply.ts";

export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte (smtps). */
  secure: boolean;
  /** STARTTLS: if the server offers it, always, or never. */
  startTls: "offered" | "required" | "off";
  user: string;
  password: string;
  /** Commands go one after another although the server offers PIPELINING. */
  noPipelining?: boolean;
  /** Which addresses the host may have; missing means any, for a host that the operator named. */
  fence?: AddressFence | undefined;
  /** Its abort breaks the connection, whatever is under way. */
  signal?: AbortSignal | undefined;
}

/** What has been reached of an opening connection, in this order. */
export type SmtpOpeningStep = "connection" | "tls" | "credentials";

/** Why a connection did not open. The message is for people, and without the server's words, which may contain the user's name. */
export class SmtpOpeningError extends Error {
  /** The error code of the system or of TLS; empty when the server answered. */
  readonly fault: string;
  /** The codes of the server's reply; empty when it gave none. */
  readonly reply: string;
  /** The server refuses user and password. */
  readonly isSignIn: boolean;

  constructor(message: string, { fault = "", reply = "", isSignIn = false } = {}) {
    super(message);
    this.name = "SmtpOpeningError";
    this.fault = fault;
    this.reply = reply;
    this.isSignIn = isSignIn;
  }
}

export interface OpenedSmtp {
  dialogue: SmtpDialogue;
  extensions: Extensions;
}

/** From the first look-up to the greeting, and again for the change to TLS. */
const CONNECT_MS = 10_000;
/** For the extensions, and again for user and password; some let strangers wait. */
const INTRODUCTION_MS = 30_000;

/** Connects and signs in. Rejects with SmtpOpeningError or AddressRefusedError. `reached` is told each step. */
export async function openSmtp(
  server: SmtpServer,
  reached: (step: SmtpOpeningStep) => void = () => {},
): Promise<OpenedSmtp> {
  const { host, port, secure, fence, signal } = server;
  fence?.checkLiteral(host);
  const to = { host, port, ...(fence && { lookup: fence.lookup }), ...(signal && { signal }) };
  const socket = secure ? connectTls({ ...to, ...tlsName(server) }) : connect(to);
  if (secure) socket.once("connect", () => reached("connection")).once("secureConnect", () => reached("tls"));
  const opened = { dialogue: new SmtpDialogue(socket), extensions: NO_EXTENSIONS };
  try {
    await inTime(opened.dialogue, () => expected(opened.dialogue, "", /^220/));
    if (!secure) reached("connection");
    opened.extensions = await inTime(opened.dialogue, () => hello(opened.dialogue, server), INTRODUCTION_MS);
    if (wantsTls(server, opened.extensions)) {
      opened.dialogue = await changedToTls(opened.dialogue, server);
      opened.extensions = await inTime(opened.dialogue, () => hello(opened.dialogue, server));
      reached("tls");
    } else if (server.user !== "" && wouldTellAll(server)) throw new SmtpOpeningError(UNENCRYPTED);
    if (server.user === "") return opened;
    await inTime(opened.dialogue, () => signIn(opened, server), INTRODUCTION_MS);
    reached("credentials");
    return opened;
  } catch (error) {
    opened.dialogue.close();
    throw error;
  }
}

const tlsName = ({ host }: SmtpServer) => (isIP(host) === 0 ? { servername: host } : {});
const wantsTls = ({ secure, startTls }: SmtpServer, offered: Extensions) =>
  !secure && (startTls === "required" || (startTls === "offered" && offered.startTls));

/** An attacker between us and the server can remove STARTTLS from its offer, so no password is sent in the clear unless a setting allows it. */
const wouldTellAll = ({ secure, startTls, host }: SmtpServer) =>
  !secure && startTls === "offered" && !/^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/.test(host);
const UNENCRYPTED =
  "The mail server offers no TLS, and our password is not sent in the clear (only TLS that is switched off in its settings, tls=off, would allow it).";

function lost({ fault: code }: SmtpDialogue): SmtpOpeningError {
  const fault = code || "ECONNECTION";
  const why = fault === ADDRESS_REFUSED ? "its host has no address that is allowed" : fault;
  return new SmtpOpeningError(`The mail server cannot be reached (${why}).`, { fault });
}

function refused(answer: string, isSignIn = false): SmtpOpeningError {
  const reply = replyStatus(answer);
  const what = isSignIn ? " to our user and password" : "";
  const fault = reply === "" ? "EPROTOCOL" : "";
  return new SmtpOpeningError(`The mail server answered ${reply}${what}.`, { reply, fault, isSignIn });
}

/** Sends a command whose reply must have the expected code. */
async function expected(dialogue: SmtpDialogue, command: string, right: RegExp): Promise<string> {
  const [reply] = await dialogue.ask(command);
  if (reply === undefined) throw lost(dialogue);
  if (!right.test(reply)) throw refused(reply);
  return reply;
}

async function inTime<T>(dialogue: SmtpDialogue, work: () => Promise<T>, mostMs = CONNECT_MS): Promise<T> {
  const late = setTimeout(() => dialogue.break("ETIMEDOUT"), mostMs);
  try {
    return await work();
  } finally {
    clearTimeout(late);
  }
}

async function hello(dialogue: SmtpDialogue, { startTls }: SmtpServer): Promise<Extensions> {
  const [reply] = await dialogue.ask(`EHLO ${OWN_NAME}\r\n`);
  if (reply === undefined) throw lost(dialogue);
  if (reply.startsWith("2")) return readExtensions(reply);
  // A server that does not know EHLO has no extensions, so no TLS either.
  if (isClosing(reply) || startTls === "required") throw refused(reply);
  await expected(dialogue, `HELO ${OWN_NAME}\r\n`, /^2/);
  return NO_EXTENSIONS;
}

/** Our own host name if it is fully qualified, or else an address literal. */
const OWN_NAME = /^[\w-]+(?:\.[\w-]+)+$/.test(hostname()) && isIP(hostname()) === 0 ? hostname() : "[127.0.0.1]";

/** Changes to TLS. What the server sent in the clear no longer counts, nor what came after its reply (RFC 3207). */
async function changedToTls(dialogue: SmtpDialogue, server: SmtpServer): Promise<SmtpDialogue> {
  await expected(dialogue, "STARTTLS\r\n", /^2/);
  if (!dialogue.isOpen) throw lost(dialogue);
  const { host, port } = server;
  return new SmtpDialogue(connectTls({ host, port, ...tlsName(server), socket: dialogue.release() }));
}

type SignIn = (dialogue: SmtpDialogue, user: string, password: string) => Promise<string[]>;

/** The ways to sign in that we know, in order of preference. Each gives the last reply. */
const MECHANISMS: readonly [name: string, signIn: SignIn][] = [
  [
    "PLAIN",
    async (dialogue, user, password) => {
      const replies = await dialogue.ask(`AUTH PLAIN ${base64(`\0${user}\0${password}`)}\r\n`);
      return replies[0]?.startsWith("334") ? dialogue.ask("\r\n") : replies;
    },
  ],
  [
    "LOGIN",
    async (dialogue, user, password) => {
      let replies = await dialogue.ask("AUTH LOGIN\r\n");
      for (const word of [user, password])
        if (replies[0]?.startsWith("334")) replies = await dialogue.ask(`${base64(word)}\r\n`);
      return replies;
    },
  ],
  [
    "CRAM-MD5",
    async (dialogue, user, password) => {
      const replies = await dialogue.ask("AUTH CRAM-MD5\r\n");
      const challenge = /^334 (.+)$/.exec(replies[0] ?? "")?.[1];
      if (challenge === undefined) return replies;
      const proof = createHmac("md5", password).update(Buffer.from(challenge, "base64")).digest("hex");
      return dialogue.ask(`${base64(`${user} ${proof}`)}\r\n`);
    },
  ],
];

const base64 = (text: string) => Buffer.from(text).toString("base64");

async function signIn({ dialogue, extensions }: OpenedSmtp, { user, password }: SmtpServer): Promise<void> {
  // We try even if the server offers none.
  const [, mechanism] = MECHANISMS.find(([name]) => extensions.mechanisms.has(name)) ?? MECHANISMS[0] ?? [];
  const [reply] = (await mechanism?.(dialogue, user, password)) ?? [];
  if (reply === undefined) throw lost(dialogue);
  if (!reply.startsWith("2")) throw refused(reply, true);
}
