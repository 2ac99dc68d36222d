/**
 * Measures what svc/lib adds to an empty unary RPC (token, permission, context, metrics, log): calls a second with all of it, against a
 * bare nice-grpc server and a bare grpc-js server in the same run. The client is another process.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Client, credentials, Metadata } from "@grpc/grpc-js";
import { median, printFigure } from "./lib/figures.ts";

const CONNECTIONS = 4;
const IN_FLIGHT = 64;
const CALLS_A_ROUND = 8_000;
const ROUNDS = 6;
const KINDS = ["herald", "nice-grpc", "grpc-js"] as const;
type Kind = (typeof KINDS)[number];

const EMPTY = Buffer.alloc(0);
const same = (bytes: Buffer) => bytes;

interface Server {
  rates: number[];
  cpuMicros: number[];
  maxRssMb: number;
  round(): Promise<void>;
  stop(): void;
}

async function openServer(kind: Kind): Promise<Server> {
  const child = fork(fileURLToPath(new URL("./lib/server.ts", import.meta.url)), [kind], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const [{ port, token }] = (await once(child, "message")) as [{ port: number; token: string }];
  const metadata = new Metadata();
  if (kind === "herald") metadata.set("authorization", `Bearer ${token}`);
  const clients = Array.from(
    { length: CONNECTIONS },
    () => new Client(`127.0.0.1:${port}`, credentials.createInsecure(), { "grpc.use_local_subchannel_pool": 1 }),
  );
  const path = "/herald.jobs.v1.JobService/GetJob";
  const call = (client: Client) =>
    new Promise<void>((resolve, reject) => {
      client.makeUnaryRequest(path, same, same, EMPTY, metadata, (error) => (error ? reject(error) : resolve()));
    });
  const usage = async () => {
    child.send("usage");
    return ((await once(child, "message")) as [{ cpuMicros: number; rssMb: number }])[0];
  };
  const server: Server = {
    rates: [],
    cpuMicros: [],
    maxRssMb: 0,
    async round() {
      const before = await usage();
      const begun = performance.now();
      let left = CALLS_A_ROUND;
      const worker = async (client: Client) => {
        while (left-- > 0) await call(client);
      };
      await Promise.all(Array.from({ length: IN_FLIGHT }, (_, i) => worker(clients[i % CONNECTIONS] as Client)));
      server.rates.push(CALLS_A_ROUND / ((performance.now() - begun) / 1_000));
      const after = await usage();
      server.cpuMicros.push((after.cpuMicros - before.cpuMicros) / CALLS_A_ROUND);
      server.maxRssMb = Math.max(server.maxRssMb, after.rssMb);
    },
    stop() {
      for (const client of clients) client.close();
      child.disconnect();
    },
  };
  return server;
}

const servers = Object.fromEntries(
  await Promise.all(KINDS.map(async (kind) => [kind, await openServer(kind)])),
) as Record<Kind, Server>;
for (const kind of KINDS) await servers[kind].round();
for (const kind of KINDS) Object.assign(servers[kind], { rates: [], cpuMicros: [] });
for (let round = 0; round < ROUNDS; round++) for (const kind of KINDS) await servers[kind].round();

const { herald } = servers;
for (const kind of ["nice-grpc", "grpc-js"] as const) {
  const [rate, limit] = [median(herald.rates), median(servers[kind].rates)];
  printFigure(`lib.unary against ${kind}`, rate, "calls/s", limit, herald.maxRssMb);
  const [cpu, cpuLimit] = [median(herald.cpuMicros), median(servers[kind].cpuMicros)];
  printFigure(`lib.server CPU against ${kind}`, cpu, "µs/call", cpuLimit, herald.maxRssMb);
}
for (const kind of KINDS) servers[kind].stop();
