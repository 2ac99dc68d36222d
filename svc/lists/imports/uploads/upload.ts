/** Uploads: a stream of messages. The first says what the file is for, and each brings a piece of it. */
import type { HttpBody } from "../../../../gen/google/api/httpbody.ts";
import { invalidField, RpcError, status } from "../../../lib/errors/errors.ts";
import { fileUnreadable, mappingInvalid, uploadIncomplete } from "../../errors.ts";
import { ENCODING_NAMES, encodingNamed } from "../../reader/text/encoding.ts";
import type { FileFormat } from "../../reader/text/file-reader.ts";
import { FileFault } from "../../reader/problem.ts";
import { delimiterNamed } from "../../reader/text/beginning.ts";

/** There are only a few lines of notes before a header. */
const LAST_HEADER_LINE = 10_000;

interface UploadMessage {
  file?: HttpBody | undefined;
}

export interface Upload<First> {
  first: First;
  /** The file, from the first message on. Throws UPLOAD_INCOMPLETE when the caller goes away before its end. */
  pieces: AsyncIterable<Uint8Array>;
}

/** Waits for the first message. */
export async function openUpload<Message extends UploadMessage>(
  requests: AsyncIterable<Message>,
): Promise<Upload<Message>> {
  const iterator = requests[Symbol.asyncIterator]();
  const begun = await next(iterator);
  if (begun.done)
    throw invalidField("file", "The upload holds no message at all; the first one says what the file is for.");
  return { first: begun.value, pieces: piecesOf(begun.value, iterator) };
}

async function* piecesOf(
  first: UploadMessage,
  iterator: AsyncIterator<UploadMessage>,
): AsyncGenerator<Uint8Array, void> {
  if (first.file) yield first.file.data;
  for (;;) {
    const { done, value } = await next(iterator);
    if (done) return;
    if (value.file) yield value.file.data;
  }
}

async function next<Message>(iterator: AsyncIterator<Message>): Promise<IteratorResult<Message, void>> {
  try {
    return await iterator.next();
  } catch (error) {
    if (error instanceof RpcError && error.code !== status.CANCELLED) throw error;
    throw uploadIncomplete(error);
  }
}

/** What the caller says about the form of the file. */
export function readFormat({ encoding, delimiter, headerLine }: FileFormat): FileFormat {
  const known = encoding === "" ? "" : encodingNamed(encoding);
  if (known === undefined) throw invalidField("encoding", `Must be one of ${ENCODING_NAMES}, or empty to find it out.`);
  const separator = delimiter === "" ? "" : delimiterNamed(delimiter);
  if (separator === undefined)
    throw invalidField("delimiter", "Must be one of `,` `;` `|` and tab, or empty to find it out.");
  if (headerLine < 0 || headerLine > LAST_HEADER_LINE)
    throw invalidField("header_line", `Must be 1 to ${LAST_HEADER_LINE}, or 0 to find it out.`);
  return { encoding: known, delimiter: separator, headerLine };
}

/** Turns a fault of the file into the error that callers get, and leaves any other error as it is. */
export function asRpcError(error: unknown): unknown {
  if (!(error instanceof FileFault)) return error;
  const { problem, message, line, header } = error;
  return problem === "mapping" ? mappingInvalid(message, header) : fileUnreadable(problem, message, line || undefined);
}
