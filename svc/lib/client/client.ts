/** Calls to other services: typed, with a deadline, with retries where the contract allows them, and one connection pool per address. */
import {
  Channel,
  type ChannelCredentials,
  type ChannelOptions,
  Client,
  credentials,
  Metadata,
  status,
} from "@grpc/grpc-js";
import { type MethodRule, methods as contract } from "../../../gen/methods.ts";
import type { TlsFiles } from "../service/common-config.ts";
import type { Ctx } from "../rpc/context.ts";
import {
  type EncodedRequest,
  type GenericDefinition,
  type GenericMethod,
  grpcMethod,
  type RequestIn,
  type RequestOut,
  type ResponseOut,
} from "../rpc/definitions.ts";
import { newId } from "../request/ids.ts";
import type { Metrics } from "../observe/metrics.ts";
import type { TokenSource } from "../auth/mesh-token.ts";
import { bidiStreaming, clientStreaming, type OpenCall, serverStreaming, unary } from "./outgoing-calls.ts";

/**
 * The tenant and time limit of a call. A handler passes its `ctx`, which hands on the tenant, the request id, the rest of the deadline
 * and the cancellation. Background work passes `{ tenantId }`, `*` for every tenant. Long streams pass `timeoutMs: Infinity`.
 */
export type CallScope =
  | Pick<Ctx, "tenantId" | "requestId" | "deadlineMs" | "signal" | "everyTenant">
  | { tenantId: string; requestId?: string; timeoutMs?: number; signal?: AbortSignal };

/** The client of a generated `XServiceDefinition`: its methods take a request and the scope of the call. */
export type Calls<Definition extends GenericDefinition> = {
  [M in keyof Definition["methods"]]: Call<Definition["methods"][M]>;
};

type Call<Method extends GenericMethod> = (
  request: Method["requestStream"] extends true
    ? AsyncIterable<RequestIn<Method>>
    : RequestIn<Method> | EncodedRequest<RequestOut<Method>>,
  scope: CallScope,
) => Method["responseStream"] extends true ? AsyncIterable<ResponseOut<Method>> : Promise<ResponseOut<Method>>;

/** The same with a scope that is given once and may be narrowed: for tools and tests, whose token says who they are. */
export type BoundCalls<Definition extends GenericDefinition> = {
  [M in keyof Definition["methods"]]: BoundCall<Definition["methods"][M]>;
};

type BoundCall<Method extends GenericMethod> = (
  request: Parameters<Call<Method>>[0],
  scope?: { requestId?: string; timeoutMs?: number; signal?: AbortSignal },
) => ReturnType<Call<Method>>;

export interface Connection {
  /** The typed client of one proto service behind this connection: `connection.client(ContactListServiceDefinition)`. */
  client<Definition extends GenericDefinition>(definition: Definition): Calls<Definition>;
  /** The channel itself, for health probes. */
  channel: Channel;
  close(): void;
}

export interface ConnectionOptions {
  /** `host:port`, or `dns:///name:port` to spread calls over every address behind the name. */
  address: string;
  /** Gives the `authorization` header for a tenant. */
  token: TokenSource;
  /** Deadline of calls whose scope has none. */
  deadlineMs: number;
  tls?: TlsFiles | undefined;
  /** Trusts the system's certificate authorities instead of ours: for tools that connect to a public edge. */
  publicTls?: boolean;
  /** The name on the certificate of the other end, when `address` is an IP address. */
  serverName?: string;
  metrics?: Metrics;
  methods?: Readonly<Record<string, MethodRule>>;
}

/** Opens a connection. It connects when it is first used, and reconnects by itself. */
export function connect(options: ConnectionOptions): Connection {
  const rules = options.methods ?? contract;
  const channel = new Channel(options.address, channelCredentials(options), {
    ...CHANNEL,
    ...(options.serverName !== undefined && {
      "grpc.ssl_target_name_override": options.serverName,
      "grpc.default_authority": options.serverName,
    }),
    "grpc.service_config": serviceConfig(rules),
  });
  const grpc = new Client(options.address, credentials.createInsecure(), { channelOverride: channel });
  return {
    channel,
    client: (definition) => makeClient(grpc, definition, options) as never,
    close: () => grpc.close(),
  };
}

/** Gives every call of a client the same scope. */
export function bindScope<Definition extends GenericDefinition>(
  calls: Calls<Definition>,
  scope: CallScope,
): BoundCalls<Definition> {
  const bound = Object.entries(calls as Record<string, (request: unknown, scope: CallScope) => unknown>).map(
    ([name, call]) => [name, (request: unknown, more: Partial<CallScope> = {}) => call(request, { ...scope, ...more })],
  );
  return Object.fromEntries(bound) as BoundCalls<Definition>;
}

const CHANNEL: ChannelOptions = {
  "grpc.max_receive_message_length": 4 * 1024 * 1024,
  "grpc.max_send_message_length": 4 * 1024 * 1024,
  "grpc.keepalive_time_ms": 30_000,
  "grpc.keepalive_timeout_ms": 5_000,
  "grpc.initial_reconnect_backoff_ms": 100,
  "grpc.max_reconnect_backoff_ms": 2_000,
  "grpc.enable_retries": 1,
  // Nearly doubles the rate of a stream of large messages: with HTTP/2's 64 KiB it waits for each acknowledgement.
  "grpc-node.flow_control_window": 1024 * 1024,
};

/** Spreads calls over all addresses. Calls that the contract calls repeatable are retried at most three times, with growing waits and jitter. */
function serviceConfig(rules: Readonly<Record<string, MethodRule>>): string {
  const repeatable = Object.entries(rules).filter(
    ([, rule]) => rule.idempotency !== "unknown" && !rule.requestStream && !rule.responseStream,
  );
  const name = repeatable.map(([path]) => ({ service: path.split("/")[1], method: path.split("/")[2] }));
  const retryPolicy = {
    maxAttempts: 4,
    initialBackoff: "0.1s",
    maxBackoff: "1s",
    backoffMultiplier: 2,
    retryableStatusCodes: ["UNAVAILABLE"],
  };
  return JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }], methodConfig: [{ name, retryPolicy }] });
}

function channelCredentials({ tls, publicTls }: ConnectionOptions): ChannelCredentials {
  if (publicTls) return credentials.createSsl();
  return tls ? credentials.createSsl(tls.authority, tls.key, tls.certificate) : credentials.createInsecure();
}

function makeClient(grpc: Client, definition: GenericDefinition, options: ConnectionOptions): Record<string, unknown> {
  const open = (scope: CallScope): OpenCall | Promise<OpenCall> => openCall(scope, options);
  const entries = Object.entries(definition.methods).map(([name, method]) => {
    const rpc = grpcMethod(definition, method);
    const observe = options.metrics?.called(rpc.path) ?? (() => {});
    const seen = (code: status, startedAt: number) => observe(status[code], (performance.now() - startedAt) / 1_000);
    const make = method.requestStream
      ? method.responseStream
        ? bidiStreaming
        : clientStreaming
      : method.responseStream
        ? serverStreaming
        : unary;
    return [name, make(grpc, rpc, open, seen)];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function openCall(scope: CallScope, { token, deadlineMs }: ConnectionOptions): OpenCall | Promise<OpenCall> {
  const tenantId = "everyTenant" in scope && scope.everyTenant ? "*" : scope.tenantId;
  const authorization = token(tenantId);
  return typeof authorization === "string" ? ready(authorization) : authorization.then(ready);

  function ready(header: string): OpenCall {
    const metadata = new Metadata();
    if (header !== "") metadata.set("authorization", header);
    metadata.set("x-request-id", scope.requestId ?? newId());
    return { metadata, deadline: deadlineOf(scope, deadlineMs), signal: scope.signal };
  }
}

/** What is left of the caller's deadline, or our own when it has none. */
function deadlineOf(scope: CallScope, usualMs: number): number {
  if ("deadlineMs" in scope) return Number.isFinite(scope.deadlineMs) ? scope.deadlineMs : Date.now() + usualMs;
  return Date.now() + ((scope as { timeoutMs?: number }).timeoutMs ?? usualMs);
}
