/** Writes an email in the form in which it is sent (RFC 5322, MIME). Pure: id and date are arguments. */
import * as mimeFuncs from "nodemailer/lib/mime-funcs";
import * as qp from "nodemailer/lib/qp";
import { readEmailSender } from "../../lib/devices/email-sender.ts";
import type { Message } from "../rendering/content.ts";

export interface EmailFrom {
  /** The bare address, for the envelope, with the domain in the form that DNS uses. */
  address: string;
  /** The whole From header. */
  header: string;
}

/** Reads `Herald <news@example.com>` or a bare address; undefined when it is neither. */
export function readSender(from: string): EmailFrom | undefined {
  const { name, address } = readEmailSender(from) ?? {};
  if (name === undefined || address === undefined) return undefined;
  return { address, header: name === "" ? address : `${quoted(name)} <${address}>` };
}

const quoted = (name: string) => (/^[\w .-]+$/.test(name) ? name : mimeFuncs.encodeWord(name, "Q", 52));

/** The Message-ID of an attempt. It is always the same, so that somebody who gets the message twice can notice. */
export const messageIdOf = (attemptId: string, sender: EmailFrom): string =>
  `<${attemptId}@${sender.address.slice(sender.address.indexOf("@") + 1)}>`;

/** What an email says beside its message. */
export interface EmailMarks {
  isTest?: boolean;
  /** Empty if it cannot be unsubscribed from. */
  unsubscribeUrl?: string;
}

/** Mail programs show a button for it (RFC 2369), and unsubscribe with one request, but over https alone (RFC 8058). The link has a line of its own, since no link may be folded. */
const oneClick = (url: string) => [
  `List-Unsubscribe:\r\n <${url}>`,
  ...(url.startsWith("https:") ? ["List-Unsubscribe-Post: List-Unsubscribe=One-Click"] : []),
];

/** The message from its first header to its last line, in ASCII. */
export function writeEmail(
  to: string,
  sender: EmailFrom,
  message: Message,
  messageId: string,
  date: Date,
  { isTest = false, unsubscribeUrl = "" }: EmailMarks = {},
): string {
  const headers = [
    folded(`From: ${sender.header}`),
    `To: ${to}`,
    subjectLine(oneLine(message.subject)),
    `Message-ID: ${messageId}`,
    `Date: ${date.toUTCString().replace("GMT", "+0000")}`,
    ...(isTest ? ["Herald-Test: yes"] : []),
    ...(unsubscribeUrl === "" ? [] : oneClick(unsubscribeUrl)),
    "MIME-Version: 1.0",
  ];
  return `${headers.join("\r\n")}\r\n${body(message, messageId)}`;
}

const folded = (header: string) => mimeFuncs.foldLines(header, 76);

/** A word that is longer than a line may be (998 octets) can only be folded where it is encoded; and what looks encoded would be decoded. */
function subjectLine(subject: string): string {
  if (subject.includes("=?")) return folded(`Subject: ${mimeFuncs.encodeWord(subject, "Q", 52)}`);
  const asItIs = folded(`Subject: ${mimeFuncs.encodeWords(subject, "Q", 52)}`);
  if (asItIs.split("\r\n").every((line) => line.length < LONGEST_LINE)) return asItIs;
  return folded(`Subject: ${mimeFuncs.encodeWord(subject, "Q", 52)}`);
}

/** What could end the header is a space, whoever let it through. */
const oneLine = (subject: string) => subject.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ");

function body({ text, html }: Message, messageId: string): string {
  if (html.trim() === "") return part("text/plain", text);
  if (text.trim() === "") return part("text/html", html);
  const boundary = `=_${messageId.slice(1, 37)}`;
  const parts = [part("text/plain", text), part("text/html", html)].map((one) => `--${boundary}\r\n${one}\r\n`);
  return `Content-Type: multipart/alternative; boundary="${boundary}"\r\n\r\n${parts.join("")}--${boundary}--\r\n`;
}

function part(type: string, content: string): string {
  const lines = content.replaceAll(/\r\n|\r|\n/g, "\r\n");
  const [encoding, encoded] = travelsAsItIs(lines)
    ? ["7bit", lines]
    : ["quoted-printable", qp.wrap(qp.encode(lines), 76)];
  return `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${encoded}`;
}

const LONGEST_LINE = 900;

/** ASCII alone, and no line longer than every server takes. */
const travelsAsItIs = (lines: string) =>
  /^[\t\r\n -~]*$/.test(lines) && lines.split("\n").every((line) => line.length < LONGEST_LINE);
