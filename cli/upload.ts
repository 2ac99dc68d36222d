/** Splits files into the pieces that upload RPCs take. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { HttpBody } from "../gen/google/api/httpbody.ts";
import { Failure } from "./failure.ts";

const PIECE_BYTES = 256 * 1024;
const CSV = "text/csv";

export async function fileSize(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new Failure(`There is no file ${path}.`);
  if (!found.isFile()) throw new Failure(`${path} is not a file.`);
  return found.size;
}

/** The first bytes of a file, for a preview. */
export async function head(path: string, bytes: number): Promise<HttpBody> {
  const pieces: Buffer[] = [];
  for await (const piece of createReadStream(path, { end: bytes - 1 })) pieces.push(piece as Buffer);
  return HttpBody.fromPartial({ contentType: CSV, data: Buffer.concat(pieces) });
}

/** The whole file. `first` goes with the first piece, and `sent` is called with the bytes sent so far. An empty file is one empty piece. */
export async function* pieces(path: string, first: object, sent: (bytes: number) => void) {
  let bytes = 0;
  for await (const data of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
    const file = HttpBody.fromPartial({ contentType: CSV, data: data as Buffer });
    yield bytes === 0 ? { ...first, file } : { file };
    bytes += (data as Buffer).length;
    sent(bytes);
  }
  if (bytes === 0) yield { ...first, file: HttpBody.fromPartial({ contentType: CSV }) };
}
