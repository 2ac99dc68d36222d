/** Carries calls between grpc-js and handlers, for the four kinds of RPC, with back-pressure both ways. */
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import {
  type handleBidiStreamingCall,
  type handleClientStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  status,
} from "@grpc/grpc-js";
import type { CallContext, Ctx } from "./context.ts";
import { RpcError } from "../errors/errors.ts";
import type { GrpcFailure, Rpc } from "./interceptor.ts";
import { readable } from "../request/request-check.ts";

type UnaryHandler = (request: unknown, ctx: Ctx) => Promise<unknown>;
type StreamHandler = (request: unknown, ctx: Ctx) => AsyncIterable<unknown>;

/** One request, one response. */
export function unaryCall(rpc: Rpc, handler: UnaryHandler): handleUnaryCall<unknown, unknown> {
  return async (call, callback) => {
    const ctx = rpc.begin(call);
    try {
      const admitted = rpc.admit(ctx, call);
      if (admitted) await admitted;
      const response = await handler(readable(call.request), ctx);
      const kept = rpc.succeed(ctx, call.request, response);
      if (kept) await kept;
      callback(null, response);
    } catch (error) {
      callback(await rpc.fail(ctx, error, call.request));
    }
  };
}

/** A stream of requests, one response. */
export function clientStreamingCall(rpc: Rpc, handler: UnaryHandler): handleClientStreamingCall<unknown, unknown> {
  return async (call, callback) => {
    const ctx = rpc.begin(call);
    const first: { request?: unknown } = {};
    try {
      await rpc.admit(ctx, call);
      const response = await handler(requestsOf(call, ctx, first), ctx);
      await rpc.succeed(ctx, first.request, response);
      callback(null, response);
    } catch (error) {
      callback(await rpc.fail(ctx, error, first.request));
    } finally {
      discardRest(call);
    }
  };
}

/** One request, a stream of responses. */
export function serverStreamingCall(rpc: Rpc, handler: StreamHandler): handleServerStreamingCall<unknown, unknown> {
  return async (call) => {
    const ctx = rpc.begin(call);
    try {
      await rpc.admit(ctx, call);
      await writeAll(handler(readable(call.request), ctx), call, ctx);
      await rpc.succeed(ctx, call.request, undefined);
      call.end();
    } catch (error) {
      refuse(call, await rpc.fail(ctx, error, call.request));
    }
  };
}

/** Streams both ways. */
export function bidiStreamingCall(rpc: Rpc, handler: StreamHandler): handleBidiStreamingCall<unknown, unknown> {
  return async (call) => {
    const ctx = rpc.begin(call);
    const first: { request?: unknown } = {};
    try {
      await rpc.admit(ctx, call);
      await writeAll(handler(requestsOf(call, ctx, first), ctx), call, ctx);
      await rpc.succeed(ctx, first.request, undefined);
      call.end();
    } catch (error) {
      refuse(call, await rpc.fail(ctx, error, first.request));
    } finally {
      discardRest(call);
    }
  };
}

/**
 * The requests of a stream, read only as fast as the handler takes them. Ends with an error when the caller goes away, so
 * that a cut-off upload is never taken for a whole one.
 */
async function* requestsOf(
  call: Readable & { cancelled: boolean },
  ctx: CallContext,
  first: { request?: unknown },
): AsyncGenerator<unknown, void> {
  const ended = () => ctx.abortedBecause ?? cancelled();
  const stop = () => call.destroy(ended());
  if (ctx.signal.aborted) throw ended();
  ctx.signal.addEventListener("abort", stop, { once: true });
  try {
    for await (const request of call.iterator({ destroyOnReturn: false })) {
      first.request ??= readable(request);
      yield readable(request);
    }
    await resetsHaveCome();
    if (ctx.signal.aborted) throw ended();
  } catch (error) {
    throw ctx.signal.aborted ? ended() : error;
  } finally {
    ctx.signal.removeEventListener("abort", stop);
  }
}

/**
 * A Node client that cancels an upload ends the stream and resets it right after. So the end of a stream means that the upload is whole
 * only after everything that came together with the end has been read.
 */
async function resetsHaveCome(): Promise<void> {
  await setImmediate();
  await setImmediate();
}

/** Reads and drops requests that nobody needs any more, so that their buffers are freed. */
function discardRest(call: Readable): void {
  if (!call.destroyed) call.on("error", () => {}).resume();
}

/** Writes what a handler yields, waits when the caller is slower, and ends the handler when the caller goes away. */
async function writeAll(responses: AsyncIterable<unknown>, call: Writable, ctx: CallContext): Promise<void> {
  const orGone = untilGone(ctx.signal);
  const iterator = responses[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await orGone(iterator.next());
      if (next.done) return;
      if (!call.write(next.value)) await orGone(once(call, "drain"));
    }
  } catch (error) {
    void Promise.resolve(iterator.return?.()).catch(() => {});
    throw error;
  }
}

/** Waits for a promise until the caller goes away. There is one listener for the whole stream, since one per message would pile up. */
function untilGone(signal: AbortSignal): <T>(promise: Promise<T>) => Promise<T> {
  let leave: ((error: Error) => void) | undefined;
  const reason = () => (signal.reason instanceof RpcError ? signal.reason : cancelled());
  signal.addEventListener("abort", () => leave?.(reason()), { once: true });
  return (promise) =>
    new Promise((resolve, reject) => {
      leave = reject;
      if (signal.aborted) reject(reason());
      promise.then(resolve, reject);
    });
}

/** grpc-js ends a stream with the status of the error that is emitted on it. */
function refuse(call: Writable, failure: GrpcFailure): void {
  if (!call.destroyed) call.emit("error", failure);
}

const cancelled = () =>
  new RpcError(status.CANCELLED, "The call was cancelled.", { reason: "ERROR_REASON_UNSPECIFIED" });
