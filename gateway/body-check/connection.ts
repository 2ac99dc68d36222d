/**
 * One connection from Envoy, request after request. Every call with a body waits for this answer. Node's own HTTP server spends most of that
 * time on things that are not needed here (streams, dates, timeouts); a socket with a parser takes a third (`npm run bench -- edge`).
 */
import { HTTPParser } from "http-parser-js";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";

export interface RequestHead {
  verb: string;
  /** With its query. */
  path: string;
  /** By their names in lower case. */
  headers: ReadonlyMap<string, string>;
}

/** Takes a request as it arrives: its body in pieces, then its end. Nothing more comes after it was answered. */
export interface RequestReceiver {
  piece(bytes: Buffer): void;
  whole(): void;
  /** Its connection is gone before it was answered. */
  gone(): void;
}

export interface HttpAnswer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** Closes the connection after it, without waiting for the rest of the request. */
  isLast?: boolean;
}

/** Sends the answer of one request. */
export type HttpReply = (answer: HttpAnswer) => void;

/** Reads requests from the socket until it closes. Envoy sends neither invalid HTTP nor a request before the last is answered; either closes the connection. */
export function serveConnection(socket: Socket, begin: (head: RequestHead, reply: HttpReply) => RequestReceiver): void {
  const parser = new HTTPParser(HTTPParser.REQUEST);
  let receiver: RequestReceiver | undefined;
  const reply: HttpReply = (answer) => {
    receiver = undefined;
    socket.write(written(answer));
    if (answer.isLast) socket.end();
  };
  parser[HTTPParser.kOnHeadersComplete] = ({ method, url, headers }) => {
    const verb = HTTPParser.methods[method];
    if (receiver || !socket.writable || verb === undefined) return void socket.destroy();
    receiver = begin({ verb, path: url, headers: byName(headers) }, reply);
  };
  parser[HTTPParser.kOnBody] = (chunk, offset, length) => receiver?.piece(chunk.subarray(offset, offset + length));
  parser[HTTPParser.kOnMessageComplete] = () => receiver?.whole();
  socket.setNoDelay(true);
  socket.on("data", (chunk: Buffer) => {
    if (parser.execute(chunk) instanceof Error) socket.destroy();
  });
  socket.on("error", () => socket.destroy());
  socket.on("close", () => receiver?.gone());
}

/** From `[name, value, name, value …]`. */
function byName(headers: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (let i = 1; i < headers.length; i += 2) found.set((headers[i - 1] ?? "").toLowerCase(), headers[i] ?? "");
  return found;
}

function written({ status, headers = {}, body = "", isLast }: HttpAnswer): string {
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`, `content-length: ${Buffer.byteLength(body)}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (isLast) lines.push("connection: close");
  return `${lines.join("\r\n")}\r\n\r\n${body}`;
}
