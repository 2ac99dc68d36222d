/**
 * Wires one service: what every service has (settings, log, metrics, health, server, tokens) and what its own `build` adds. It listens at
 * once and answers UNAVAILABLE until its schema is up to date. It waits for what it needs, so services may start in any order.
 */
import { OutboxServiceDefinition } from "../../../gen/herald/common/v1/outbox_service.ts";
import { RevocationServiceDefinition } from "../../../gen/herald/identity/v1/revocation_service.ts";
import type { MethodRule } from "../../../gen/methods.ts";
import { type AuditSink, auditSink } from "../audit/audit.ts";
import { AuditCounter, COUNT_EVERY_MS } from "../audit/audit-counter.ts";
import type { AuditEntryKeeper } from "../audit/kept-entry.ts";
import { AUDIT_ENTRIES } from "../audit/audit-entries.ts";
import { createAuthenticator, type KeySource } from "../auth/auth.ts";
import type { Calls } from "../client/client.ts";
import type { CommonConfig } from "./common-config.ts";
import type { ServiceName } from "./service-names.ts";
import type { Identity } from "../rpc/context.ts";
import { type Database, openDatabase } from "../postgres/db.ts";
import type { GenericDefinition } from "../rpc/definitions.ts";
import { dependencyUnavailable } from "../errors/errors.ts";
import { isConnectionFault } from "../errors/faults.ts";
import { followRevocations } from "../auth/follow-revocations.ts";
import { Health, type Probe } from "./health.ts";
import { probeService } from "../client/health-client.ts";
import { createLog, type Logger } from "../observe/log.ts";
import { type Loop, type LoopOptions, startLoop } from "../async/loop.ts";
import { Mesh } from "../client/mesh.ts";
import { audienceOf } from "../auth/mesh-token.ts";
import { Metrics, serveMetrics } from "../observe/metrics.ts";
import { migrate } from "../postgres/migrate.ts";
import { messagesOf } from "../outbox/message-kind.ts";
import { Outbox } from "../outbox/outbox.ts";
import { outboxService } from "../outbox/outbox-service.ts";
import { relayAudit } from "../audit/audit-relay.ts";
import { openRedis, type RedisStore } from "../redis/redis.ts";
import type { RunningService } from "./run.ts";
import { Revocations } from "../auth/revocations.ts";
import { type HandlersOf, type RunningServer, type ServedDefinition, serve, startServer } from "../rpc/server.ts";
import { backoffMs, type Now, pause } from "../async/time.ts";

export type { RunningService } from "./run.ts";

/** Replacements for the real world: tests bring settings, a clock, keys. */
export interface StartOptions {
  /** Settings, in place of the environment. */
  env?: Readonly<Record<string, string | undefined>>;
  now?: Now;
  keys?: KeySource;
  methods?: Readonly<Record<string, MethodRule>>;
  /** Gets the log, line by line, in place of stdout. */
  logTo?: { write(line: string): void };
  /** Aborts a start that still waits for something. */
  signal?: AbortSignal;
}

/** What `build` puts a service together from. Everything opened here is closed by itself, last first. */
export interface Parts<Config extends CommonConfig = CommonConfig> {
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly now: Now;
  /** The service's schema, brought up to date from `folder` before anything is answered. */
  database(folder: URL): Database;
  redis(): RedisStore;
  /** The typed client of another service; named, where several answer the same definition. */
  client<Definition extends GenericDefinition>(definition: Definition, service?: ServiceName): Calls<Definition>;
  /** Watches other services that this one calls, and shows when one is away. Calls that need it answer UNAVAILABLE meanwhile. */
  needs(...services: ServiceName[]): void;
  /** Makes this service's health depend on something else. */
  dependsOn(name: string, probe: Probe): void;
  /** The outbox. Audit entries in it are delivered to `identity`, and OutboxService shows what is set aside in it. */
  outbox(db: Database): Outbox;
  /** Tokens that are void. `identity` fills this itself; all other services follow `identity`. */
  readonly revocations: Revocations;
  /** Asks who a caller is at this moment before calls that change something. */
  liveCaller(ask: (identity: Identity) => Promise<Identity>): void;
  /** Stores audited calls elsewhere than in an outbox: `identity` writes its trail itself. Gives the counter of refused calls. */
  audit(keep: AuditEntryKeeper): AuditCounter;
  /** Answers a proto service. */
  serve<Definition extends GenericDefinition>(definition: Definition, handlers: HandlersOf<Definition>): void;
  /** Runs before the first answer, and again with growing waits while what it needs is away: filling caches. */
  beforeServing(name: string, work: () => Promise<void>): void;
  /** Work in the background, from the first answer to the stop. */
  loop(options: Omit<LoopOptions, "log">): Pick<Loop, "nudge" | "quicken">;
  /** Runs at the stop, after the last call has ended. */
  onStop(close: () => unknown): void;
}

export async function startService<Config extends CommonConfig>(
  name: ServiceName,
  config: Config,
  build: (parts: Parts<Config>) => void | Promise<void>,
  given: StartOptions = {},
): Promise<RunningService> {
  const service = new Wiring(name, config, given);
  try {
    await build(service.parts());
    return await service.start();
  } catch (error) {
    await service.close();
    throw error;
  }
}

class Wiring<Config extends CommonConfig> {
  readonly #name: ServiceName;
  readonly #config: Config;
  readonly #given: StartOptions;
  readonly #log: Logger;
  readonly #metrics: Metrics;
  readonly #health: Health;
  readonly #mesh: Mesh;
  readonly #served: ServedDefinition[] = [];
  readonly #preparations: [string, () => Promise<void>][] = [];
  readonly #openings: (() => void)[] = [];
  readonly #loops: Loop[] = [];
  readonly #closings: (() => unknown)[] = [];
  #server: RunningServer | undefined;
  readonly #revocations = new Revocations();
  #liveCaller: ((identity: Identity) => Promise<Identity>) | undefined;
  #audit: AuditSink | undefined;
  #ready = false;

  constructor(name: ServiceName, config: Config, given: StartOptions) {
    this.#name = name;
    this.#config = config;
    this.#given = given;
    this.#log = createLog(name, config.logLevel, given.logTo);
    this.#metrics = new Metrics(name);
    this.#health = new Health(this.#log, this.#metrics);
    this.#mesh = new Mesh(name, config, this.#metrics, given.methods);
  }

  parts(): Parts<Config> {
    return {
      config: this.#config,
      log: this.#log,
      metrics: this.#metrics,
      now: this.#given.now ?? (() => new Date()),
      database: (folder) => this.#database(folder),
      redis: () => this.#redis(),
      client: (definition, service) => this.#mesh.client(definition, service),
      needs: (...services) => services.forEach((service) => this.#needs(service)),
      dependsOn: (name, probe) => this.#health.dependsOn(name, "store", probe),
      outbox: (db) => this.#openOutbox(db),
      revocations: this.#revocations,
      liveCaller: (ask) => void (this.#liveCaller = ask),
      audit: (keep) => this.#keepAudit(keep),
      serve: (definition, handlers) => void this.#served.push(serve(definition, handlers)),
      beforeServing: (name, work) => void this.#preparations.push([name, work]),
      loop: (options) => this.#loop(options),
      onStop: (close) => void this.#closings.push(close),
    };
  }

  /** Listens, prepares, opens. */
  async start(): Promise<RunningService> {
    const { host, port, metricsPort, drainMs, tls } = this.#config;
    this.#metrics.addProcessMetrics();
    const shown = await serveMetrics(this.#metrics, { host, port: metricsPort, healthy: () => this.#health.state() });
    this.#closings.unshift(() => shown.stop());
    const server = await startServer({
      services: this.#served,
      health: this.#health,
      authenticator: createAuthenticator({
        keys: this.#given.keys ?? this.#mesh.identityKeys(),
        audience: audienceOf(this.#config.meshKey, this.#name),
      }),
      revocations: this.#revocations,
      // With keys from outside, the tokens are not those of this platform's users.
      revocationGraceMs: this.#given.keys ? Infinity : this.#config.revocationGraceMs,
      liveCaller: this.#liveCaller,
      audit: this.#audit,
      metrics: this.#metrics,
      log: this.#log,
      gate: () => this.#gate(),
      ...(this.#given.methods && { methods: this.#given.methods }),
      host,
      port,
      tls,
      drainMs,
    });
    this.#server = server;
    if (this.#name !== "identity") this.#followRevocations();
    const address = `${host}:${server.port}`;
    this.#log.info({ listensAt: address, metricsPort: shown.port }, "listening");
    for (const [name, work] of this.#preparations) await this.#prepare(name, work);
    for (const open of this.#openings) open();
    this.#ready = true;
    this.#health.started();
    this.#log.info({ listensAt: address }, "ready");
    return { address, stop: () => this.close() };
  }

  /** Drains the server while loops finish their current run, then closes what was opened, last first. */
  async close(): Promise<void> {
    this.#health.draining();
    await Promise.all([this.#server?.stop(), ...this.#loops.splice(0).map((loop) => loop.stop())]);
    for (const close of this.#closings.splice(0).reverse()) {
      await Promise.try(close).catch((error: unknown) => this.#log.warn({ error }, "closing failed"));
    }
    this.#mesh.close();
    this.#log.info("stopped");
  }

  #followRevocations(): void {
    const identity = this.#mesh.client(RevocationServiceDefinition);
    const following = followRevocations({ revocations: this.#revocations, identity, log: this.#log });
    this.#closings.push(() => following.stop());
  }

  #gate(): void {
    if (!this.#ready) throw dependencyUnavailable(this.#name);
  }

  #database(folder: URL): Database {
    const { databaseUrl: url, databaseConnections: connections, statementTimeoutMs } = this.#config;
    const db = openDatabase({ url, service: this.#name, connections, statementTimeoutMs, log: this.#log });
    this.#closings.push(() => db.close());
    this.#preparations.unshift(["migrations", () => migrate({ url, service: this.#name, folder, log: this.#log })]);
    this.#health.dependsOn("postgres", "store", () => db.probe());
    return db;
  }

  #redis(): RedisStore {
    const redis = openRedis({ url: this.#config.redisUrl, log: this.#log });
    this.#closings.push(() => redis.close());
    this.#health.dependsOn("redis", "store", () => redis.probe());
    return redis;
  }

  #openOutbox(db: Database): Outbox {
    const outbox = new Outbox({ db, service: this.#name, log: this.#log, metrics: this.#metrics });
    this.#keepAudit((tenantId, entries) => outbox.put(db.tenant(tenantId), messagesOf(AUDIT_ENTRIES, entries)));
    this.#served.push(serve(OutboxServiceDefinition, outboxService(outbox.setAside)));
    this.#closings.push(() => outbox.stop());
    relayAudit(outbox, this.#mesh.connection("identity"));
    this.#preparations.push(["outbox", () => outbox.prepare()]);
    this.#openings.push(() => outbox.open());
    return outbox;
  }

  /** Keeps one entry for each audited call that succeeded, and one with a count for refused calls that are alike. */
  #keepAudit(keep: AuditEntryKeeper): AuditCounter {
    const counter = new AuditCounter(keep);
    this.#audit = auditSink(keep, counter);
    this.#loop({ name: "audit counts", everyMs: COUNT_EVERY_MS, work: () => counter.flush() });
    this.#closings.push(() => counter.flush());
    return counter;
  }

  #loop(options: Omit<LoopOptions, "log">): Pick<Loop, "nudge" | "quicken"> {
    let loop: Loop | undefined;
    this.#openings.push(() => {
      loop = startLoop({ ...options, log: this.#log });
      this.#loops.push(loop);
    });
    return { nudge: () => loop?.nudge(), quicken: () => loop?.quicken() };
  }

  #needs(service: ServiceName): void {
    const { channel } = this.#mesh.connection(service);
    this.#health.dependsOn(service, "service", (signal) => probeService(channel, "", signal));
  }

  /** Runs one preparation, again and again while a store or service is away. Any other fault ends the start. */
  async #prepare(name: string, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#given;
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (!mayPass(error) || signal?.aborted) throw error;
        this.#log.warn({ error, preparation: name, attempt }, "cannot start yet");
        await pause(backoffMs(attempt, { baseMs: 200, mostMs: 5_000 }), signal);
      }
    }
  }
}

/** UNAVAILABLE (14) and DEADLINE_EXCEEDED (4) of other services are temporary; so is a store that is away. */
const mayPass = (error: unknown) =>
  isConnectionFault(error) || [4, 14].includes((error as { code?: number }).code ?? -1);
