import { failureOf, isApiError } from "./failure.ts";
import { send } from "./send.ts";

/** Follows a server stream of the REST contract: newline-delimited JSON, one message per line. */
export async function* followLines<Message>(path: string, signal: AbortSignal): AsyncGenerator<Message> {
  const response = await send(new Request(path, { signal, headers: { accept: "application/json" } }));
  if (!response.ok) throw failureOf(response, await response.json().catch(() => undefined));
  if (!response.body) return;
  for await (const line of linesOf(response.body)) {
    const message: unknown = JSON.parse(line);
    if (isApiError(message)) throw failureOf(response, message);
    yield message as Message;
  }
}

/** Gives the non-empty lines of a stream of bytes, as soon as each is complete. */
export async function* linesOf(bytes: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const piece of bytes.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    yield* lines.filter((line) => line.trim() !== "");
  }
  if (rest.trim() !== "") yield rest;
}
