/** What a handler knows about the call it answers. */
import type { EventEmitter } from "node:events";
import { isIP } from "node:net";
import {
  Metadata,
  type ServerUnaryCall,
  type ServerReadableStream,
  type ServerWritableStream,
  type ServerDuplexStream,
} from "@grpc/grpc-js";
import { invalidField, notAuthenticated, RpcError } from "../errors/errors.ts";
import { newId } from "../request/ids.ts";
import type { Logger } from "../observe/log.ts";

/** Who calls: a person, a program with an API key, another service, or nobody (public RPCs only). */
export interface Caller {
  kind: "user" | "api_key" | "service" | "none";
  /** Id of the user or API key, or name of the service. */
  id: string;
  permissions: ReadonlySet<string>;
}

/** What a verified token says. `tenantId` is `*` when a service acts for every tenant. */
export interface Identity {
  caller: Caller;
  tenantId: string;
  /** The session that a person's token comes from; empty for programs and services. */
  sessionId: string;
  /** The version of its subject when the token was made; see revocations.ts. */
  version: number;
  issuedAtMs: number;
}

export interface Ctx {
  /** The caller's tenant. Refuses the call when its token names none. */
  readonly tenantId: string;
  /** True when a service calls for every tenant at once (background work); the request then names tenants itself. */
  readonly everyTenant: boolean;
  readonly caller: Caller;
  readonly requestId: string;
  /** The address from which an outside call came to the edge; empty for calls within the mesh. */
  readonly clientAddress: string;
  /** Which languages the caller's browser prefers (`accept-language`); empty if it says nothing. */
  readonly acceptLanguage: string;
  /** When the caller stops waiting, in milliseconds since 1970; Infinity when it said nothing. */
  readonly deadlineMs: number;
  /** Aborts when the caller goes away, its deadline passes, or the server stops. */
  readonly signal: AbortSignal;
  /** Logs with the request id, RPC and tenant. */
  readonly log: Logger;
  /** Sends response headers before the first message, for downloads: `ctx.sendHeaders({ "content-disposition": … })`. */
  sendHeaders(headers: Record<string, string>): void;
}

/**
 * The methods of a generated `XServiceImplementation` with our context: `Handlers<ContactListServiceImplementation>`.
 * Streams of requests are AsyncIterables; streams of responses are async generators.
 */
export type Handlers<Implementation> = {
  [M in keyof Implementation]: Implementation[M] extends (request: infer Req, context: never) => infer Res
    ? (req: Req, ctx: Ctx) => Res
    : never;
};

export type AnyCall =
  | ServerUnaryCall<unknown, unknown>
  | ServerReadableStream<unknown, unknown>
  | ServerWritableStream<unknown, unknown>
  | ServerDuplexStream<unknown, unknown>;

const NOBODY: Identity = {
  caller: { kind: "none", id: "", permissions: new Set() },
  tenantId: "",
  sessionId: "",
  version: 0,
  issuedAtMs: 0,
};
/** Set by the edge on every request; it replaces what the caller sent (gateway/routes.ts). */
const CLIENT_ADDRESS = "x-herald-client";
const REQUEST_ID = /^[\w.:/+=-]{1,128}$/;

/** The context of one call. Since there are many calls, what few handlers need (signal, logger) is made only on demand. */
export class CallContext implements Ctx {
  readonly requestId: string;
  readonly clientAddress: string;
  readonly startedAt = performance.now();
  readonly deadlineMs: number;
  identity = NOBODY;
  finished = false;
  /** Tells the counter of running calls that this call is over. */
  leave = () => {};
  readonly #call: AnyCall;
  readonly #rpc: string;
  readonly #serverLog: Logger;
  #abort: AbortController | undefined;
  #log: Logger | undefined;

  constructor(call: AnyCall, rpc: string, log: Logger) {
    this.#call = call;
    this.#rpc = rpc;
    this.#serverLog = log;
    const given = call.metadata.get("x-request-id")[0];
    this.requestId = typeof given === "string" && REQUEST_ID.test(given) ? given : newId();
    const address = call.metadata.get(CLIENT_ADDRESS)[0];
    this.clientAddress = typeof address === "string" && isIP(address) ? address : "";
    this.deadlineMs = Number(call.getDeadline());
  }

  get acceptLanguage(): string {
    const languages = this.#call.metadata.get("accept-language")[0];
    return typeof languages === "string" ? languages : "";
  }

  get caller(): Caller {
    return this.identity.caller;
  }

  get everyTenant(): boolean {
    return this.identity.tenantId === "*";
  }

  get tenantId(): string {
    const { tenantId } = this.identity;
    if (tenantId === "*")
      throw invalidField(
        "authorization",
        "This call acts within one tenant; the calling service must name it in its token.",
      );
    if (tenantId === "") throw notAuthenticated("This call needs a token that names a tenant.");
    return tenantId;
  }

  get signal(): AbortSignal {
    if (!this.#abort) {
      this.#abort = new AbortController();
      if (this.#call.cancelled && !this.finished) this.#abort.abort();
      // grpc-js emits "cancelled" at the end of every call, even of a successful one.
      else (this.#call as EventEmitter).once("cancelled", () => this.finished || this.#abort?.abort());
    }
    return this.#abort.signal;
  }

  get log(): Logger {
    this.#log ??= this.#serverLog.child({
      requestId: this.requestId,
      rpc: this.#rpc,
      tenantId: this.identity.tenantId,
    });
    return this.#log;
  }

  sendHeaders(headers: Record<string, string>): void {
    const metadata = new Metadata();
    for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
    this.#call.sendMetadata(metadata);
  }

  /** Ends the call from our side, as a draining server does with long streams. */
  abort(reason: Error): void {
    void this.signal;
    this.#abort?.abort(reason);
  }

  /** Why we ended the call, if we did. */
  get abortedBecause(): RpcError | undefined {
    const reason: unknown = this.#abort?.signal.reason;
    return reason instanceof RpcError ? reason : undefined;
  }

  get cancelled(): boolean {
    return this.#call.cancelled;
  }
}
