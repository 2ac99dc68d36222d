import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ensureDemoTenant, type DemoLogin } from "./demo-tenant.ts";
import { edgeUnit } from "./edge.ts";
import { answersOk } from "./envoy.ts";
import { takeLock, waitForEnding, type Lock } from "./lock.ts";
import { trimLogs } from "./log-files.ts";
import { Progress } from "./progress.ts";
import { until } from "./process.ts";
import { keepSecrets, type Secrets } from "./secrets.ts";
import { bodyCheckUnit, serviceAddresses, serviceUnits, simulatorsUnit, type Surroundings } from "./services.ts";
import { edgeUrlOf, type PlatformSettings } from "./settings.ts";
import { startStores, type Stores } from "./stores.ts";
import { SERVICE_NAMES } from "../../svc/lib/service/service-names.ts";
import { Supervisor, type Unit, type UnitState } from "./supervisor.ts";
import { refuseTakenPorts } from "./taken-ports.ts";
import { ensureTools } from "./tools.ts";
import { buildUi } from "./ui-build.ts";

/** A whole platform on this machine. */
export interface Platform {
  readonly settings: PlatformSettings;
  /** The address for all callers: REST, gRPC, gRPC-Web and the web application. */
  readonly edgeUrl: string;
  /** The superuser's URL of PostgreSQL. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly secrets: Secrets;
  readonly demo: DemoLogin | null;
  /** The units: `postgres`, `redis`, `envoy`, `body-check`, `simulators` and each service. */
  readonly units: string[];
  state(unit: string): UnitState;
  /** Kills a unit's process, which is then started again. Returns the old pid. */
  kill(unit: string, signal?: NodeJS.Signals): number;
  /** Resolves when a unit does its work; rejects when it does not within the time. */
  whenReady(unit: string, withinMs?: number): Promise<void>;
  /** Stops everything in order. */
  stop(): Promise<void>;
}

export interface PlatformOptions {
  settings: PlatformSettings;
  /** Where lines for people go. */
  say?: (line: string) => void;
  /** `any` uses the last build of the web application, for tests that do not open it. */
  ui?: "current" | "any";
  /** False trades safety after a power cut for speed. */
  durable?: boolean;
  /** False leaves out the demo tenant. */
  demoTenant?: boolean;
  /** Aborts the start: what has started is stopped in order. */
  signal?: AbortSignal;
}

const readyWithinMs = 60_000;

/** Addresses of everything, for programs beside the platform. */
const addressesOf = (settings: PlatformSettings): Record<string, string> => ({
  ...serviceAddresses(settings),
  arrivals: `127.0.0.1:${settings.ports.HERALD_ARRIVALS_PORT}`,
  smtp: `127.0.0.1:${settings.ports.HERALD_SMTP_PORT}`,
  smpp: `127.0.0.1:${settings.ports.HERALD_SMPP_PORT}`,
});

/** Starts PostgreSQL, Redis, Envoy, the simulated carriers, every service and the web application. If one fails, everything is stopped. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const starting = new PlatformStart(options);
  const { signal } = options;
  const givenUp = new Promise<never>((_resolve, reject) => {
    signal?.addEventListener("abort", () => reject(new Error("The start was given up.")), { once: true });
  });
  try {
    return await Promise.race([starting.run(), givenUp]);
  } catch (error) {
    await starting.stop();
    throw error;
  }
}

/** One start, step by step. It can stop everything that it has started. */
class PlatformStart {
  readonly #settings: PlatformSettings;
  readonly #options: PlatformOptions;
  readonly #say: (line: string) => void;
  readonly #progress: Progress;
  readonly #supervisor: Supervisor;
  readonly #units = new Map<string, Unit>();
  readonly #endings: (() => void)[] = [];
  #lock: Lock | undefined;

  constructor(options: PlatformOptions) {
    this.#options = options;
    this.#settings = options.settings;
    this.#say = options.say ?? (() => {});
    this.#progress = new Progress(this.#say);
    this.#supervisor = new Supervisor((words) => this.#say(`  ! ${new Date().toISOString()} ${words}`));
  }

  async run(): Promise<Platform> {
    const { dataDir } = this.#settings;
    await waitForEnding(dataDir, this.#say);
    const lock = takeLock(dataDir, edgeUrlOf(this.#settings), addressesOf(this.#settings));
    this.#lock = lock;
    this.#endings.push(() => lock.release());
    mkdirSync(this.#logDir(), { recursive: true });
    const trimming = trimLogs(this.#logDir());
    this.#endings.push(() => trimming.stop());
    await refuseTakenPorts(this.#settings, this.#say);
    const secrets = keepSecrets(dataDir);

    const stores = await this.#mesh(secrets);
    await this.#answers(`${edgeUrlOf(this.#settings)}/healthz`);
    const demo = await this.#demo(secrets);
    return this.#platform(stores, secrets, demo);
  }

  /** Stops what was started: first what takes calls, last what keeps data. */
  async stop(): Promise<void> {
    this.#lock?.stopping();
    await this.#supervisor.stop([["envoy"], ["body-check"], [...SERVICE_NAMES, "simulators"], ["redis", "postgres"]]);
    this.#lock = undefined;
    for (const end of this.#endings.splice(0).reverse()) end();
  }

  /** Starts everything that answers calls, in the order of their dependencies. */
  async #mesh(secrets: Secrets): Promise<Stores> {
    const edge = Promise.all([this.#tools(), this.#ui(), this.#bodyCheck()]).then(() => this.#envoy());
    const services = this.#stores(secrets).then(async (stores) => {
      const around = { settings: this.#settings, secrets, ...stores, logFile: (name: string) => this.#logFile(name) };
      await Promise.all(this.#programs(around).map((unit) => this.#start(unit)));
      return stores;
    });
    const [stores] = await Promise.all([services, edge]);
    return stores;
  }

  #answers(url: string): Promise<void> {
    return until(`The gateway did not answer at ${url}`, () => answersOk(url), readyWithinMs);
  }

  #programs(around: Surroundings): Unit[] {
    return [simulatorsUnit(around), ...serviceUnits(around)];
  }

  async #tools(): Promise<void> {
    await this.#progress.step(
      "programs",
      (report) => ensureTools(["envoy"], report),
      () => "Envoy is here",
    );
  }

  #stores(secrets: Secrets): Promise<Stores> {
    const deps = {
      settings: this.#settings,
      durable: this.#options.durable ?? true,
      progress: this.#progress,
      logFile: (name: string) => this.#logFile(name),
      keep: (unit: Unit) => this.#keep(unit),
    };
    return startStores(deps, secrets);
  }

  async #ui(): Promise<void> {
    const staleWillDo = this.#options.ui === "any";
    await this.#progress.step(
      "ui",
      (report) => buildUi(report, staleWillDo),
      (built) => (built ? "built" : "up to date"),
    );
  }

  #bodyCheck(): Promise<void> {
    return this.#start(bodyCheckUnit({ settings: this.#settings, logFile: (name) => this.#logFile(name) }));
  }

  async #envoy(): Promise<void> {
    await this.#start(await edgeUnit(this.#settings, (name) => this.#logFile(name)));
  }

  async #demo(secrets: Secrets): Promise<DemoLogin | null> {
    if (this.#options.demoTenant === false) return null;
    return this.#progress.step("demo tenant", () => ensureDemoTenant(edgeUrlOf(this.#settings), secrets));
  }

  #start(unit: Unit): Promise<void> {
    return this.#progress.step(unit.name, () => this.#keep(unit));
  }

  #keep(unit: Unit): Promise<void> {
    this.#units.set(unit.name, unit);
    return this.#supervisor.start(unit, readyWithinMs);
  }

  #platform(stores: Stores, secrets: Secrets, demo: DemoLogin | null): Platform {
    const supervisor = this.#supervisor;
    return {
      settings: this.#settings,
      edgeUrl: edgeUrlOf(this.#settings),
      databaseUrl: stores.adminUrl,
      redisUrl: stores.redisUrl,
      secrets,
      demo,
      units: supervisor.names,
      state: (unit) => supervisor.state(unit),
      kill: (unit, signal = "SIGKILL") => supervisor.kill(unit, signal),
      whenReady: (name, withinMs = readyWithinMs) => {
        const unit = this.#units.get(name);
        return until(`${name} did not become ready`, async () => unit !== undefined && unit.isReady(), withinMs);
      },
      stop: () => this.stop(),
    };
  }

  #logDir(): string {
    return join(this.#settings.dataDir, "logs");
  }

  #logFile(name: string): string {
    return join(this.#logDir(), `${name}.log`);
  }
}
