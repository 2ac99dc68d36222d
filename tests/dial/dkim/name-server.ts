/** A name server that knows the TXT records of a test, over UDP. */
import { createSocket } from "node:dgram";
import { cleanup, type Owner } from "../../lib/cleanup.ts";

export interface NameServer {
  /** `127.0.0.1:5353`. */
  address: string;
  /** The value of each name; a value in pieces of 255 octets, as DNS has it. */
  records: Map<string, string>;
  /** Whether it answers at all. */
  isAway: boolean;
}

const TXT = 16;
const HEADER_BYTES = 12;
const NO_SUCH_NAME = 3;

export async function startNameServer(t: Owner): Promise<NameServer> {
  const socket = createSocket("udp4");
  const server: NameServer = { address: "", records: new Map(), isAway: false };
  socket.on("message", (query, { port, address }) => {
    if (!server.isAway) socket.send(answerTo(query, server.records), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  cleanup(t, () => new Promise<void>((resolve) => socket.close(() => resolve())));
  server.address = `127.0.0.1:${socket.address().port}`;
  return server;
}

function answerTo(query: Buffer, records: ReadonlyMap<string, string>): Buffer {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  const question = query.subarray(HEADER_BYTES, at + 5);
  const value = records.get(labels.join(".").toLowerCase());
  const header = Buffer.from(query.subarray(0, HEADER_BYTES));
  header.writeUInt16BE(0x8180 | (value === undefined ? NO_SUCH_NAME : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(value === undefined ? 0 : 1, 6);
  header.writeUInt32BE(0, 8);
  return Buffer.concat([header, question, value === undefined ? Buffer.alloc(0) : record(value)]);
}

function record(value: string): Buffer {
  const pieces = value.match(/.{1,255}/gs) ?? [""];
  const data = Buffer.concat(pieces.map((piece) => Buffer.concat([Buffer.from([piece.length]), Buffer.from(piece)])));
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc000 | HEADER_BYTES, 0);
  head.writeUInt16BE(TXT, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(1, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
