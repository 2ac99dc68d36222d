import { portHolder, portTaken } from "./ports.ts";
import type { PlatformSettings, PortName } from "./settings.ts";

// Processes of a killed platform need a moment to notice that and to end properly.
const usualPatienceMs = 15_000;
const everyMs = 250;

/** Refuses to start while something else uses one of our ports. Names each port, its user, and the setting that changes it. */
export async function refuseTakenPorts(
  settings: PlatformSettings,
  say: (line: string) => void,
  { patienceMs = usualPatienceMs } = {},
): Promise<void> {
  const end = performance.now() + patienceMs;
  let taken = await takenPorts(settings);
  if (taken.length > 0 && taken.every((name) => isOurs(portHolder(settings.ports[name])))) {
    say("  … waiting for what an earlier run left to end");
    while (taken.length > 0 && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, everyMs));
      taken = await takenPorts(settings);
    }
  }
  if (taken.length === 0) return;
  const lines = taken.map((name) => describe(name, settings.ports[name]));
  throw new Error(`${taken.length === 1 ? "A port is" : "Some ports are"} taken:\n${lines.join("\n")}`);
}

async function takenPorts({ ports, host, databaseUrl, redisUrl }: PlatformSettings): Promise<PortName[]> {
  const unused = new Set<PortName>();
  if (databaseUrl) unused.add("HERALD_POSTGRES_PORT");
  if (redisUrl) unused.add("HERALD_REDIS_PORT");
  const names = (Object.keys(ports) as PortName[]).filter((name) => !unused.has(name));
  const taken = await Promise.all(
    names.map((name) => portTaken(ports[name], name === "HERALD_PORT" ? host : "127.0.0.1")),
  );
  return names.filter((_name, i) => taken[i]);
}

/** Whether it may be a program that we started. */
const isOurs = (holder: string | null): boolean =>
  holder !== null && /^(node|postgres|valkey|redis|envoy|MainThread)/.test(holder);

function describe(name: PortName, port: number): string {
  const holder = portHolder(port);
  const who = holder ? `taken by ${holder}` : "taken by another program";
  return `  - ${port} is ${who}. Stop that, or set ${name} to another port${name === "HERALD_PORT" ? "" : " (or HERALD_PORT_BASE to move all internal ports)"}.`;
}
