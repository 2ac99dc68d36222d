/**
 * What happens around every handler, driven by the options of the contract: authentication, permission, tenant,
 * deadline, audit, metrics, log. A handler never checks a token.
 */
import { type Metadata, status } from "@grpc/grpc-js";
import type { MethodRule } from "../../../gen/methods.ts";
import { type Authenticator, mayCall } from "../auth/auth.ts";
import type { AuditSink } from "../audit/audit.ts";
import { type AnyCall, CallContext, type Identity } from "./context.ts";
import { errorDetails, errorTrailer, isServiceError } from "../errors/error-details.ts";
import {
  dependencyUnavailable,
  internalFault,
  notAuthenticated,
  permissionMissing,
  RpcError,
  tokenRevoked,
} from "../errors/errors.ts";
import type { newInFlight } from "./in-flight.ts";
import type { Logger } from "../observe/log.ts";
import type { Metrics } from "../observe/metrics.ts";
import { isConnectionFault, isDataException, isUnstorableText } from "../errors/faults.ts";
import { hasPageToken, pageTokenInvalid } from "../request/page.ts";
import type { Revocations } from "../auth/revocations.ts";

export interface InterceptorDeps {
  authenticator: Authenticator;
  /** Tokens that are void before their end. */
  revocations: Revocations;
  /** For how long changes go on while no news of revocations comes; reads and commands go on until tokens expire. */
  revocationGraceMs: number;
  /** Asks who a caller is at this moment, before calls that change something: `identity` asks its database. */
  liveCaller?: ((identity: Identity) => Promise<Identity>) | undefined;
  audit: AuditSink | undefined;
  metrics: Metrics;
  log: Logger;
  inFlight: ReturnType<typeof newInFlight>;
  /** Throws while the server must not answer yet. */
  gate: () => void;
}

/** A failed call in the form that grpc-js takes. */
export interface GrpcFailure {
  code: status;
  details: string;
  metadata: Metadata;
}

/** One RPC of one service: opens calls and closes them. */
export class Rpc {
  readonly path: string;
  readonly rule: MethodRule & { requires: string };
  readonly active = new Set<CallContext>();
  readonly #deps: InterceptorDeps;
  readonly #observe: (code: string, seconds: number) => void;

  constructor(path: string, rule: MethodRule | undefined, deps: InterceptorDeps) {
    if (!rule?.requires)
      throw new Error(`${path} has no (herald.options.v1.requires) in the contract, so it cannot be served.`);
    if (rule.audit && !deps.audit)
      throw new Error(`${path} is audited, and this service has no audit sink: give startServer \`audit\`.`);
    this.path = path;
    this.rule = rule as MethodRule & { requires: string };
    this.#deps = deps;
    this.#observe = deps.metrics.served(path);
  }

  /** Begins a call: its context, not yet admitted. */
  begin(call: AnyCall): CallContext {
    const ctx = new CallContext(call, this.path, this.#deps.log);
    this.active.add(ctx);
    return ctx;
  }

  /** Admits the call or throws the reason. Gives a promise only for a token that it sees for the first time. */
  admit(ctx: CallContext, call: AnyCall): void | Promise<void> {
    this.#deps.gate();
    if (this.rule.requires === "public") return;
    const header = call.metadata.get("authorization")[0];
    if (typeof header !== "string")
      throw notAuthenticated("This call needs a token: send `authorization: Bearer <token>`.");
    const known = this.#deps.authenticator.known(header);
    if (known) return this.#allow(ctx, known);
    return this.#deps.authenticator.verify(header).then((identity) => this.#allow(ctx, identity));
  }

  #allow(ctx: CallContext, identity: Identity): void | Promise<void> {
    ctx.identity = identity;
    const { revocations, revocationGraceMs, liveCaller } = this.#deps;
    const isPerson = identity.caller.kind === "user" || identity.caller.kind === "api_key";
    if (isPerson && revocations.isRevoked(identity)) throw tokenRevoked();
    if (isPerson && liveCaller && this.rule.idempotency !== "no-side-effects")
      return liveCaller(identity).then((live) => {
        ctx.identity = live;
        this.#letIn(ctx, live);
      });
    this.#letIn(ctx, identity);
    if (isPerson && this.#isGuarded && revocations.silentMs() > revocationGraceMs)
      throw dependencyUnavailable("identity, which tells whose rights were taken away,");
  }

  #letIn(ctx: CallContext, identity: Identity): void {
    if (!mayCall(identity.caller, this.rule.requires)) throw permissionMissing(this.rule.requires);
    if (identity.caller.kind === "service") return;
    const { streams, calls } = this.#deps.inFlight;
    ctx.leave = (this.rule.requestStream || this.rule.responseStream ? streams : calls).enter(identity);
  }

  /** Refuses calls that change something while nobody knows which tokens are void. Commands go on: a campaign that goes wrong must be stopped. */
  get #isGuarded(): boolean {
    return this.rule.audit !== null && this.rule.audit !== "execute";
  }

  /** Ends streams of callers whose tokens have become void; all streams when that is not known. */
  endRevoked({ unsure }: { unsure: boolean }): void {
    if (!this.rule.requestStream && !this.rule.responseStream) return;
    for (const ctx of this.active) {
      const { kind } = ctx.caller;
      const isPerson = kind === "user" || kind === "api_key";
      if (isPerson && (unsure || this.#deps.revocations.isRevoked(ctx.identity))) ctx.abort(tokenRevoked());
    }
  }

  /** Ends a call that went well. Resolves once its audit row is kept; the answer may leave then. */
  succeed(ctx: CallContext, request: unknown, response: unknown): void | Promise<void> {
    if (this.rule.audit) return this.#record(ctx, "OK", request, response).then(() => this.#close(ctx, "OK"));
    this.#close(ctx, "OK");
  }

  /** Ends a call that failed; gives what its caller is told. */
  async fail(ctx: CallContext, error: unknown, request?: unknown): Promise<GrpcFailure> {
    const told = this.#tell(ctx, error, request);
    const code = status[told.code];
    if (this.rule.audit && ctx.caller.kind !== "none") {
      await this.#record(ctx, code, request, undefined).catch((cause: unknown) =>
        ctx.log.error({ error: cause }, "a failed call could not be audited"),
      );
    }
    this.#close(ctx, code);
    return { code: told.code, details: told.message, metadata: errorTrailer(told) };
  }

  #close(ctx: CallContext, code: string): void {
    ctx.finished = true;
    ctx.leave();
    this.active.delete(ctx);
    const ms = performance.now() - ctx.startedAt;
    this.#observe(code, ms / 1_000);
    if (this.#deps.log.isLevelEnabled("debug"))
      ctx.log.debug({ code, ms: Math.round(ms), caller: ctx.caller.id }, "call ended");
  }

  #record(ctx: CallContext, code: string, request: unknown, response: unknown): Promise<void> {
    const { tenantId, caller } = ctx.identity;
    if (!this.#deps.audit || tenantId === "*" || tenantId === "") return Promise.resolve();
    return this.#deps.audit({
      rule: this.rule,
      path: this.path,
      tenantId,
      caller,
      requestId: ctx.requestId,
      clientAddress: ctx.clientAddress,
      startedAt: ctx.startedAt,
      code,
      request,
      response,
    });
  }

  /** Turns what a handler threw into an error for the caller. What is our fault is logged here, once. */
  #tell(ctx: CallContext, error: unknown, request: unknown): RpcError {
    if (error instanceof RpcError) return error;
    if (isAbort(error) && ctx.abortedBecause) return ctx.abortedBecause;
    if (ctx.cancelled || isAbort(error)) return endedByCaller(ctx);
    if (isDataException(error) && hasPageToken(request)) return pageTokenInvalid();
    if (isUnstorableText(error)) return unstorableText();
    if (isConnectionFault(error)) {
      ctx.log.warn({ error }, "a dependency is away");
      return dependencyUnavailable("A store of this service", error);
    }
    const passed = isServiceError(error) ? passedOn(error) : undefined;
    if (passed) return passed;
    ctx.log.error({ error }, "call failed");
    return internalFault(ctx.requestId);
  }
}

const isAbort = (error: unknown) => error instanceof Error && error.name === "AbortError";

/** Fields that are checked have errors of their own; this is for those that nobody thought of. */
const unstorableText = () =>
  new RpcError(status.INVALID_ARGUMENT, "A text of the request holds a NUL character (\\u0000); send it without.", {
    reason: "ERROR_REASON_FIELDS_INVALID",
  });

function endedByCaller(ctx: CallContext): RpcError {
  const late = Date.now() >= ctx.deadlineMs;
  return late
    ? new RpcError(status.DEADLINE_EXCEEDED, "The caller's deadline passed.", { reason: "ERROR_REASON_UNSPECIFIED" })
    : new RpcError(status.CANCELLED, "The call was cancelled.", { reason: "ERROR_REASON_UNSPECIFIED" });
}

/** An error of another service that our caller can act on. Any other error is our mistake. */
function passedOn(error: Error & { code: number }): RpcError | undefined {
  const told = errorDetails(error);
  if (!told) return undefined;
  const { code, message, reason, domain, metadata, fields, retryAfterMs } = told;
  if (code === status.UNAVAILABLE && reason === "")
    return dependencyUnavailable("A service that this one needs", error);
  if (
    code === status.UNAVAILABLE ||
    code === status.RESOURCE_EXHAUSTED ||
    code === status.DEADLINE_EXCEEDED ||
    code === status.CANCELLED
  ) {
    return new RpcError(code, message, { reason, domain, metadata, fields, retryAfterMs, cause: error });
  }
  return undefined;
}
