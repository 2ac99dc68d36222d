/** The gRPC server of one service: its RPCs behind the interceptor, health, reflection, TLS, and an orderly end. */
import {
  type ChannelOptions,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { type MethodRule, methods as contract } from "../../../gen/methods.ts";
import { bidiStreamingCall, clientStreamingCall, serverStreamingCall, unaryCall } from "./calls.ts";
import type { TlsFiles } from "../service/common-config.ts";
import type { Ctx } from "./context.ts";
import {
  type GenericDefinition,
  type GenericMethod,
  grpcMethod,
  type RequestOut,
  type ResponseIn,
} from "./definitions.ts";
import { RpcError } from "../errors/errors.ts";
import type { Health } from "../service/health.ts";
import { newInFlight } from "./in-flight.ts";
import { type InterceptorDeps, Rpc } from "./interceptor.ts";
import { addReflection } from "./reflection.ts";
import { requestReader } from "../request/request-check.ts";
import { pause } from "../async/time.ts";

/** What answers a definition: for each method a function of the request (or stream of requests) and the context. */
export type HandlersOf<Definition extends GenericDefinition> = {
  [M in keyof Definition["methods"]]: HandlerOf<Definition["methods"][M]>;
};

type HandlerOf<Method extends GenericMethod> = (
  request: Method["requestStream"] extends true ? AsyncIterable<RequestOut<Method>> : RequestOut<Method>,
  ctx: Ctx,
) => Method["responseStream"] extends true ? AsyncIterable<ResponseIn<Method>> : Promise<ResponseIn<Method>>;

/** One proto service and what answers it. */
export interface ServedDefinition {
  definition: GenericDefinition;
  handlers: Readonly<Record<string, (request: never, ctx: never) => unknown>>;
}

/** Pairs a generated definition with its handlers. */
export const serve = <Definition extends GenericDefinition>(
  definition: Definition,
  handlers: HandlersOf<Definition>,
): ServedDefinition => ({ definition, handlers });

export interface ServerOptions extends Omit<InterceptorDeps, "inFlight"> {
  services: readonly ServedDefinition[];
  health: Health;
  host: string;
  port: number;
  tls: TlsFiles | undefined;
  /** Time that calls in flight get to finish. */
  drainMs: number;
  /** What the contract says about each RPC; tests bring their own. */
  methods?: Readonly<Record<string, MethodRule>>;
}

export interface RunningServer {
  port: number;
  /** Stops taking calls, lets those in flight finish, and ends. */
  stop(): Promise<void>;
}

const MESSAGE_BYTES = 4 * 1024 * 1024;
/** Time that a stream of responses gets to end by itself, before its caller is asked to connect elsewhere. */
const STREAM_GRACE_MS = 1_000;

const CHANNEL: ChannelOptions = {
  "grpc.max_receive_message_length": MESSAGE_BYTES,
  "grpc.max_send_message_length": MESSAGE_BYTES,
  // Calls of one connection at once; more wait at the caller.
  "grpc.max_concurrent_streams": 1_000,
  "grpc.keepalive_time_ms": 60_000,
  "grpc.keepalive_timeout_ms": 10_000,
};

/** Starts listening. Refuses to start with an RPC that the contract gives no permission, or that has no handler. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const server = new Server(CHANNEL);
  const inFlight = newInFlight();
  const rpcs = options.services.flatMap((served) => addService(server, served, { ...options, inFlight }));
  options.health.addToServer(server);
  addReflection(
    server,
    options.services.map(({ definition }) => definition.fullName),
  );
  const port = await bind(server, options);
  const leave = options.revocations.onNews((news) => rpcs.forEach((rpc) => rpc.endRevoked(news)));
  return {
    port,
    async stop() {
      leave();
      await drain(server, rpcs, options);
    },
  };
}

function addService(
  server: Server,
  { definition, handlers }: ServedDefinition,
  options: ServerOptions & InterceptorDeps,
): Rpc[] {
  const rules = options.methods ?? contract;
  const grpcDefinition: Record<string, ServiceDefinition[string]> = {};
  const implementation: UntypedServiceImplementation = {};
  const rpcs: Rpc[] = [];
  for (const [name, method] of Object.entries(definition.methods)) {
    const grpc = grpcMethod(definition, method);
    const handler = handlers[name];
    if (!handler) throw new Error(`${grpc.path} has no handler.`);
    const rpc = new Rpc(grpc.path, rules[grpc.path], options);
    const answer = handler.bind(handlers) as never;
    const anyText = rpc.rule.requires.startsWith("mesh.");
    const requestDeserialize = requestReader(grpc.path, method.requestType, { anyText });
    grpcDefinition[name] = { ...grpc, requestDeserialize };
    implementation[name] = method.requestStream
      ? method.responseStream
        ? bidiStreamingCall(rpc, answer)
        : clientStreamingCall(rpc, answer)
      : method.responseStream
        ? serverStreamingCall(rpc, answer)
        : unaryCall(rpc, answer);
    rpcs.push(rpc);
  }
  server.addService(grpcDefinition, implementation);
  return rpcs;
}

function bind(server: Server, { host, port, tls }: ServerOptions): Promise<number> {
  const credentials = tls
    ? ServerCredentials.createSsl(tls.authority, [{ cert_chain: tls.certificate, private_key: tls.key }], true)
    : ServerCredentials.createInsecure();
  return new Promise((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, credentials, (error, bound) => {
      if (error) reject(new Error(`PORT ${port} on ${host} cannot be used: ${error.message}`, { cause: error }));
      else resolve(bound);
    });
  });
}

async function drain(server: Server, rpcs: readonly Rpc[], { health, drainMs }: ServerOptions): Promise<void> {
  health.draining();
  const inFlight = () => rpcs.reduce((sum, rpc) => sum + rpc.active.size, 0);
  server.tryShutdown(() => {});
  const begun = performance.now();
  const waited = () => performance.now() - begun;
  while (inFlight() > 0 && waited() < Math.min(STREAM_GRACE_MS, drainMs)) await pause(20);
  for (const rpc of rpcs.filter((one) => one.rule.responseStream)) for (const ctx of rpc.active) ctx.abort(comeAgain());
  while (inFlight() > 0 && waited() < drainMs) await pause(20);
  server.forceShutdown();
}

const comeAgain = () =>
  new RpcError(status.UNAVAILABLE, "This server is stopping; call again and another one answers.", {
    reason: "ERROR_REASON_DEPENDENCY_UNAVAILABLE",
    retryAfterMs: 0,
  });
