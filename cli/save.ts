/** Writes a download to a file or to standard output, as fast as it is taken. */
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { HttpBody } from "../gen/google/api/httpbody.ts";

export async function saveStream(download: AsyncIterable<HttpBody>, path: string | undefined): Promise<void> {
  const bytes = Readable.from(datas(download));
  if (!path) return pipeline(bytes, process.stdout, { end: false });
  // A download that is cut off leaves no file that looks whole.
  const partial = `${path}.partial`;
  try {
    await pipeline(bytes, createWriteStream(partial));
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  console.error(`Saved ${path}.`);
}

async function* datas(download: AsyncIterable<HttpBody>) {
  for await (const { data } of download) yield data;
}
