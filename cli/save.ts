/** Writes a download to a file or to standard output, only as fast as the output takes it. */
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import type { HttpBody } from "../gen/google/api/httpbody.ts";
import { exitCode } from "./exit-codes.ts";
import { Failure } from "./failure.ts";
import { printDone, wantsJson } from "./output.ts";
import { printable } from "./printable.ts";

export async function saveStream(
  command: Command,
  download: () => AsyncIterable<HttpBody>,
  path: string | undefined,
): Promise<void> {
  if (!path && wantsJson(command))
    throw new Failure(
      "With --json a download needs a file: -o <file>.",
      "Without --json it goes to standard output.",
      exitCode.wrongCall,
    );
  const bytes = Readable.from(datas(download()));
  if (!path) return pipeline(process.stdout.isTTY ? shownTo(bytes) : bytes, process.stdout, { end: false });
  // A download that is cut off must not leave a file that looks complete.
  const partial = `${path}.partial`;
  try {
    await pipeline(bytes, createWriteStream(partial));
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  printDone(command, { saved: path }, `Saved ${path}.`);
}

/** On a terminal, the content is made safe to show. */
async function* shownTo(bytes: AsyncIterable<Buffer>) {
  const text = new TextDecoder();
  for await (const piece of bytes) yield printable(text.decode(piece, { stream: true }).replaceAll("\r\n", "\n"));
  yield printable(text.decode());
}

async function* datas(download: AsyncIterable<HttpBody>) {
  for await (const { data } of download) yield data;
}
