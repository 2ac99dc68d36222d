/** Prometheus metrics of one service, and the small HTTP server that shows them. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { addLoopDelay } from "./loop-delay.ts";

export type { Registry } from "prom-client";

/** Seconds; from half a millisecond, where an empty RPC lies, to ten seconds, where callers have given up. */
const SECONDS_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** prom-client measures the event loop by a timer; this one never comes. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The metrics of one service. Each instance has its own registry, so that several services can live in one process. */
export class Metrics {
  readonly registry = new Registry();
  readonly #server: Histogram<"service" | "method" | "code">;
  readonly #client: Histogram<"service" | "method" | "code">;

  constructor(service: string) {
    this.registry.setDefaultLabels({ herald_service: service });
    this.#server = this.histogram("grpc_server_handling_seconds", "Time from the request to the end of the answer.", [
      "service",
      "method",
      "code",
    ]);
    this.#client = this.histogram("grpc_client_handling_seconds", "Time from our call to the end of its answer.", [
      "service",
      "method",
      "code",
    ]);
  }

  /** Adds metrics of the process: memory, CPU, event loop lag. Call it once in a process. */
  addProcessMetrics(): void {
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: LONGEST_TIMER_MS });
    addLoopDelay(this.registry);
  }

  counter<T extends string = never>(name: string, help: string, labelNames: readonly T[] = []): Counter<T> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  gauge<T extends string = never>(
    name: string,
    help: string,
    labelNames: readonly T[] = [],
    collect?: (this: Gauge<T>) => void | Promise<void>,
  ): Gauge<T> {
    return new Gauge({ name, help, labelNames, registers: [this.registry], ...(collect && { collect }) });
  }

  histogram<T extends string = never>(
    name: string,
    help: string,
    labelNames: readonly T[] = [],
    buckets = SECONDS_BUCKETS,
  ): Histogram<T> {
    return new Histogram({ name, help, labelNames, buckets, registers: [this.registry] });
  }

  /** Returns the function that counts calls of one RPC that we serve. */
  served(path: string): (code: string, seconds: number) => void {
    return observer(this.#server, path);
  }

  /** Returns the function that counts calls of one RPC that we make. */
  called(path: string): (code: string, seconds: number) => void {
    return observer(this.#client, path);
  }
}

/** Looks up the labels of each code only once: that is most of the cost of an observation. */
function observer(
  histogram: Histogram<"service" | "method" | "code">,
  path: string,
): (code: string, seconds: number) => void {
  const [, service = "", method = ""] = path.split("/");
  const children = new Map<string, { observe(value: number): void }>();
  return (code, seconds) => {
    let child = children.get(code);
    if (!child) children.set(code, (child = histogram.labels({ service, method, code })));
    child.observe(seconds);
  };
}

/** Serves `/metrics` for Prometheus and `/healthz` for anything that knows HTTP only: 200 while serving, 503 otherwise. */
export async function serveMetrics(
  metrics: Metrics,
  { host, port, healthy }: { host: string; port: number; healthy: () => { ok: boolean; detail: unknown } },
): Promise<{ port: number; stop(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    void answer(request.url ?? "", metrics, healthy).then(({ code, type, body }) =>
      response.writeHead(code, { "content-type": type }).end(body),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(new Error(`METRICS_PORT ${port} cannot be used: ${error.message}`, { cause: error })),
    );
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  url: string,
  metrics: Metrics,
  healthy: () => { ok: boolean; detail: unknown },
): Promise<{ code: number; type: string; body: string }> {
  const path = url.split("?")[0];
  if (path === "/metrics")
    return { code: 200, type: metrics.registry.contentType, body: await metrics.registry.metrics() };
  if (path !== "/healthz") return { code: 404, type: "text/plain", body: "Only /metrics and /healthz are here.\n" };
  const { ok, detail } = healthy();
  return {
    code: ok ? 200 : 503,
    type: "application/json",
    body: `${JSON.stringify({ status: ok ? "SERVING" : "NOT_SERVING", ...(detail as object) })}\n`,
  };
}
