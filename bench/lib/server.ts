/** One server of `bench/lib.ts`; its argument names the kind. It sends its port and a token to the parent, and its CPU time on request. */
import { Revocations } from "../../svc/lib/auth/revocations.ts";
import { audienceOf } from "../../svc/lib/auth/mesh-token.ts";
import { Server as GrpcServer, ServerCredentials } from "@grpc/grpc-js";
import { createServer } from "nice-grpc";
import {
  type GetJobRequest,
  type GetJobResponse,
  JobServiceDefinition,
  type JobServiceImplementation,
} from "../../gen/herald/jobs/v1/job_service.ts";
import { createAuthenticator } from "../../svc/lib/auth/auth.ts";
import type { Handlers } from "../../svc/lib/rpc/context.ts";
import { grpcMethod } from "../../svc/lib/rpc/definitions.ts";
import { Health } from "../../svc/lib/service/health.ts";
import { createLog } from "../../svc/lib/observe/log.ts";
import { Metrics } from "../../svc/lib/observe/metrics.ts";
import { serve, startServer } from "../../svc/lib/rpc/server.ts";
import { MESH_KEY, testKeys, tokenFor } from "../../tests/lib/harness.ts";

const answer = async (): Promise<Partial<GetJobResponse>> => ({});
const { getJob } = JobServiceDefinition.methods;
/** Only the method that is called, so that a server need not implement the others. */
const definition = { ...JobServiceDefinition, methods: { getJob } } as const;

async function herald(): Promise<number> {
  const log = createLog("bench", "info");
  const health = new Health(log);
  const handlers: Pick<Handlers<JobServiceImplementation>, "getJob"> = { getJob: answer };
  const { port } = await startServer({
    services: [serve(definition, handlers)],
    health,
    log,
    metrics: new Metrics("bench"),
    authenticator: createAuthenticator({ keys: testKeys, audience: audienceOf(MESH_KEY, "lists") }),
    revocations: new Revocations(),
    revocationGraceMs: Infinity,
    audit: undefined,
    gate: () => {},
    host: "127.0.0.1",
    port: 0,
    tls: undefined,
    drainMs: 0,
  });
  return port;
}

async function niceGrpc(): Promise<number> {
  const server = createServer();
  server.add(definition, { getJob: answer });
  return server.listen("127.0.0.1:0");
}

async function grpcJs(): Promise<number> {
  const server = new GrpcServer();
  const method = grpcMethod(definition, getJob);
  server.addService(
    { getJob: method },
    { getJob: (_call: { request: GetJobRequest }, done: (error: null, response: object) => void) => done(null, {}) },
  );
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}

const kinds: Record<string, () => Promise<number>> = { herald, "nice-grpc": niceGrpc, "grpc-js": grpcJs };
const port = await kinds[process.argv[2] ?? ""]?.();
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMicros: user + system, rssMb: Math.round(process.resourceUsage().maxRSS / 1024) });
});
process.on("disconnect", () => process.exit(0));
process.send?.({ port, token: await tokenFor({ permissions: ["jobs.read"] }) });
