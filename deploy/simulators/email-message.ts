/** Reads an email that arrived: its headers, and the plain and HTML parts that Herald and other mailers send. */

export interface EmailMessage {
  from: string;
  subject: string;
  messageId: string;
  headers: Record<string, string>;
  text: string;
  html: string;
}

interface Part {
  headers: Map<string, string>;
  body: string;
}

/** Parses a whole message. What it does not understand is left as it is. */
export function parseEmail(raw: string): EmailMessage {
  const whole = readPart(raw);
  const parts = leaves(whole);
  const body = (type: string) => decodeBody(parts.find((part) => contentType(part).startsWith(type)));
  return {
    from: decodeWords(whole.headers.get("from") ?? ""),
    subject: decodeWords(whole.headers.get("subject") ?? ""),
    messageId: whole.headers.get("message-id") ?? "",
    headers: Object.fromEntries(whole.headers),
    text: body("text/plain"),
    html: body("text/html"),
  };
}

/** Only the Message-ID, without parsing the rest, since every message needs it. */
export function messageIdOf(raw: string): string {
  const headers = raw.slice(0, raw.indexOf("\r\n\r\n") + 2);
  return /^message-id:\s*(\S+)/im.exec(headers)?.[1] ?? "";
}

function readPart(raw: string): Part {
  const end = raw.indexOf("\r\n\r\n");
  const head = (end < 0 ? raw : raw.slice(0, end)).replaceAll(/\r\n[ \t]+/g, " ");
  const headers = new Map<string, string>();
  for (const line of head.split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: end < 0 ? "" : raw.slice(end + 4) };
}

const contentType = (part: Part) => (part.headers.get("content-type") ?? "text/plain").toLowerCase();

/** The parts that have no parts, in their order. */
function leaves(part: Part): Part[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(part.headers.get("content-type") ?? "")?.[1];
  if (!contentType(part).startsWith("multipart/") || boundary === undefined) return [part];
  const pieces = `\r\n${part.body}`.split(`\r\n--${boundary}`).slice(1);
  return pieces
    .filter((piece) => !piece.startsWith("--"))
    .flatMap((piece) => leaves(readPart(piece.replace(/^[ \t]*\r\n/, ""))));
}

function decodeBody(part: Part | undefined): string {
  if (!part) return "";
  const encoding = part.headers.get("content-transfer-encoding")?.toLowerCase();
  if (encoding === "base64") return Buffer.from(part.body, "base64").toString();
  if (encoding === "quoted-printable") return decodeQuoted(part.body.replaceAll(/=\r\n/g, ""));
  return part.body;
}

function decodeQuoted(text: string): string {
  const bytes = text.replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}

/** `=?UTF-8?Q?…?=` and `=?UTF-8?B?…?=` in headers. */
function decodeWords(header: string): string {
  return header
    .replaceAll(/\?=\s+=\?/g, "?==?")
    .replaceAll(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === "b" ? Buffer.from(text, "base64").toString() : decodeQuoted(text.replaceAll("_", " ")),
    );
}
