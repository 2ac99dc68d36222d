/**
 * Health: a service is SERVING after its start, while it is not draining and its own stores answer. When another service is away,
 * `/healthz` and a metric show it, but this service stays SERVING: only calls that need the other one answer UNAVAILABLE. Everything
 * else goes on, most of all what stops things.
 *
 * Two names answer to `grpc.health.v1.Health`:
 *   ""      it can do its own work
 *   "live"  the process answers at all
 */
import type { Server } from "@grpc/grpc-js";
import { HealthImplementation } from "grpc-health-check";
import type { Logger } from "../observe/log.ts";
import type { Metrics } from "../observe/metrics.ts";
import { pause } from "../async/time.ts";

/** Rejects, or takes longer than its limit, while the dependency is away. */
export type Probe = (signal: AbortSignal) => Promise<unknown>;

/** What a probe concerns: a store of this service's own, or another service. */
export type DependencyKind = "store" | "service";

/** For a service that answers: each probe wakes two processes. One that is away is probed as often as a store, to notice its return. */
const PROBE_EVERY_MS: Readonly<Record<DependencyKind, number>> = { store: 1_000, service: 3_000 };
const PROBE_LIMIT_MS = 2_000;

export class Health {
  readonly #implementation = new HealthImplementation({ "": "NOT_SERVING", live: "SERVING" });
  readonly #away = new Map<string, { kind: DependencyKind; why: string }>();
  readonly #stop = new AbortController();
  readonly #log: Logger;
  readonly #up;
  #started = false;
  #draining = false;

  constructor(log: Logger, metrics?: Metrics) {
    this.#log = log;
    this.#up = metrics?.gauge("herald_dependency_up", "1 while a store or service that this one uses answers.", [
      "dependency",
    ]);
  }

  addToServer(server: Server): void {
    this.#implementation.addToServer(server);
  }

  /** Probes a store every second, a service that answers every three. While a store is away the service is NOT_SERVING. */
  dependsOn(name: string, kind: DependencyKind, probe: Probe): void {
    this.#away.set(name, { kind, why: "not asked yet" });
    void this.#watch(name, kind, probe);
  }

  /** Says that migrations have run and handlers may answer. */
  started(): void {
    this.#started = true;
    this.#show();
  }

  /** Says that the server is about to stop, so that nobody sends it new calls. */
  draining(): void {
    this.#draining = true;
    this.#stop.abort();
    this.#show();
  }

  /** `ok` while the service can do its own work; `detail` names everything that is away. */
  state(): { ok: boolean; detail: { away: Record<string, string>; draining?: boolean; starting?: boolean } } {
    const away = Object.fromEntries([...this.#away].map(([name, { why }]) => [name, why]));
    const detail = { away, ...(this.#draining && { draining: true }), ...(!this.#started && { starting: true }) };
    return { ok: this.#serves, detail };
  }

  get #serves(): boolean {
    const hasStores = [...this.#away.values()].every(({ kind }) => kind !== "store");
    return this.#started && !this.#draining && hasStores;
  }

  #show(): void {
    this.#implementation.setStatus("", this.#serves ? "SERVING" : "NOT_SERVING");
    this.#implementation.setStatus("live", this.#draining ? "NOT_SERVING" : "SERVING");
  }

  async #watch(name: string, kind: DependencyKind, probe: Probe): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const why = await failureOf(probe, signal);
      if (signal.aborted) return;
      this.#up?.set({ dependency: name }, why === undefined ? 1 : 0);
      const before = this.#away.get(name);
      if (why === undefined && before) {
        this.#away.delete(name);
        this.#log.info({ dependency: name }, "dependency answers");
      } else if (why !== undefined) {
        if (!before) this.#log.warn({ dependency: name, why }, "dependency is away");
        this.#away.set(name, { kind, why });
      }
      this.#show();
      await pause(PROBE_EVERY_MS[why === undefined ? kind : "store"], signal);
    }
  }
}

async function failureOf(probe: Probe, stop: AbortSignal): Promise<string | undefined> {
  const limit = AbortSignal.any([stop, AbortSignal.timeout(PROBE_LIMIT_MS)]);
  try {
    await Promise.race([
      probe(limit),
      new Promise((_, reject) =>
        limit.addEventListener("abort", () => reject(new Error(`no answer within ${PROBE_LIMIT_MS} ms`))),
      ),
    ]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message || error.name : String(error);
  }
}
