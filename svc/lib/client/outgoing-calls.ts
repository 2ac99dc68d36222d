/** The four kinds of outgoing call over grpc-js, as promises and async iterables, with back-pressure and cancellation by a signal. */
import { once } from "node:events";
import type { Client, ClientReadableStream, ClientWritableStream, Metadata, MethodDefinition } from "@grpc/grpc-js";
import { status } from "@grpc/grpc-js";

/** What one call carries. */
export interface OpenCall {
  metadata: Metadata;
  /** Milliseconds since 1970; Infinity for none. */
  deadline: number;
  signal: AbortSignal | undefined;
}

type CallOpener<Scope> = (scope: Scope) => OpenCall | Promise<OpenCall>;
type CallObserver = (code: status, startedAt: number) => void;
type Method = MethodDefinition<unknown, unknown>;

export function unary<Scope>(client: Client, rpc: Method, open: CallOpener<Scope>, seen: CallObserver) {
  return async (request: unknown, scope: Scope): Promise<unknown> => {
    const opened = open(scope);
    const { metadata, deadline, signal } = opened instanceof Promise ? await opened : opened;
    const startedAt = performance.now();
    return new Promise((resolve, reject) => {
      const call = client.makeUnaryRequest(
        rpc.path,
        rpc.requestSerialize,
        rpc.responseDeserialize,
        request,
        metadata,
        { deadline },
        (error, response) => {
          signal?.removeEventListener("abort", cancel);
          seen(error?.code ?? status.OK, startedAt);
          if (error) reject(error);
          else resolve(response);
        },
      );
      const cancel = () => call.cancel();
      cancelOn(signal, cancel);
    });
  };
}

export function serverStreaming<Scope>(client: Client, rpc: Method, open: CallOpener<Scope>, seen: CallObserver) {
  return async function* (request: unknown, scope: Scope): AsyncGenerator<unknown, void> {
    const { metadata, deadline, signal } = await open(scope);
    const call = client.makeServerStreamRequest(
      rpc.path,
      rpc.requestSerialize,
      rpc.responseDeserialize,
      request,
      metadata,
      { deadline },
    );
    yield* responses(call, signal, seen);
  };
}

export function clientStreaming<Scope>(client: Client, rpc: Method, open: CallOpener<Scope>, seen: CallObserver) {
  return async (requests: AsyncIterable<unknown>, scope: Scope): Promise<unknown> => {
    const { metadata, deadline, signal } = await open(scope);
    const startedAt = performance.now();
    return new Promise((resolve, reject) => {
      const call = client.makeClientStreamRequest(
        rpc.path,
        rpc.requestSerialize,
        rpc.responseDeserialize,
        metadata,
        { deadline },
        (error, response) => {
          signal?.removeEventListener("abort", cancel);
          over.abort();
          seen(error?.code ?? status.OK, startedAt);
          if (error) reject(error);
          else resolve(response);
        },
      );
      const over = new AbortController();
      const cancel = () => call.cancel();
      cancelOn(signal, cancel);
      writeRequests(requests, call, over.signal).catch((error: Error) => {
        call.cancel();
        reject(error);
      });
    });
  };
}

export function bidiStreaming<Scope>(client: Client, rpc: Method, open: CallOpener<Scope>, seen: CallObserver) {
  return async function* (requests: AsyncIterable<unknown>, scope: Scope): AsyncGenerator<unknown, void> {
    const { metadata, deadline, signal } = await open(scope);
    const call = client.makeBidiStreamRequest(rpc.path, rpc.requestSerialize, rpc.responseDeserialize, metadata, {
      deadline,
    });
    const over = new AbortController();
    call.once("status", () => over.abort());
    writeRequests(requests, call, over.signal).catch((error: unknown) => call.destroy(error as Error));
    try {
      yield* responses(call, signal, seen);
    } finally {
      over.abort();
    }
  };
}

async function* responses(
  call: ClientReadableStream<unknown>,
  signal: AbortSignal | undefined,
  seen: CallObserver,
): AsyncGenerator<unknown, void> {
  const startedAt = performance.now();
  const cancel = () => call.cancel();
  cancelOn(signal, cancel);
  call.once("status", ({ code }) => seen(code, startedAt));
  // An error that comes after the reader has left is ignored.
  call.on("error", () => {});
  try {
    yield* call as AsyncIterable<unknown>;
  } finally {
    signal?.removeEventListener("abort", cancel);
    call.cancel();
  }
}

/** Writes requests only as fast as they leave. Stops when the call is over, even if requests are left. */
async function writeRequests(
  requests: AsyncIterable<unknown>,
  call: ClientWritableStream<unknown>,
  over: AbortSignal,
): Promise<void> {
  try {
    for await (const request of requests) {
      if (over.aborted) return;
      if (!call.write(request)) await once(call, "drain", { signal: over });
    }
    call.end();
  } catch (error) {
    if (!over.aborted) throw error;
  }
}

function cancelOn(signal: AbortSignal | undefined, cancel: () => void): void {
  if (signal?.aborted) cancel();
  else signal?.addEventListener("abort", cancel, { once: true });
}
