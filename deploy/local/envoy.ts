import { runToEnd } from "./command.ts";
import { logTail } from "./log-tail.ts";
import { launch, until, type ProcessSpec } from "./process.ts";
import { envoyProgram } from "./tools.ts";

export interface EnvoyOptions {
  /** Envoy's bootstrap configuration, as JSON or YAML. */
  configFile: string;
  /** Where its log goes; beside the configuration unless said. */
  logFile?: string;
  /** Answers 200 when Envoy is up: the admin's `/ready`. */
  readyUrl?: string;
}

/** The Envoy to run: that of ENVOY_BIN, else the fetched one. */
export const envoyBinary = (): Promise<string> => envoyProgram();

/** Says how to start Envoy. One worker thread a core is the default; two are enough beside everything else on one machine. */
export async function envoySpec(options: EnvoyOptions): Promise<ProcessSpec> {
  return {
    name: "envoy",
    command: await envoyBinary(),
    args: ["-c", options.configFile, "--disable-hot-restart", "--concurrency", "2", "--log-level", "warning"],
    logFile: options.logFile ?? `${options.configFile}.log`,
    stopMs: 5_000,
  };
}

/** Starts Envoy and, given `readyUrl`, waits until it is up. */
export async function startEnvoy(options: EnvoyOptions): Promise<{ pid: number; stop(): Promise<void> }> {
  const spec = await envoySpec(options);
  const envoy = await launch(spec);
  let ended = false;
  void envoy.exited.then(() => (ended = true));
  const { readyUrl } = options;
  try {
    if (readyUrl) await until("Envoy was not ready", async () => ended || (await answersOk(readyUrl)), 30_000);
    if (ended) throw new Error("Envoy ended while starting.");
  } catch (cause) {
    await envoy.stop();
    throw new Error(`Envoy did not start. Its log ${spec.logFile} ends with:\n${logTail(spec.logFile)}`, { cause });
  }
  return { pid: envoy.pid, stop: () => envoy.stop() };
}

/** Lets Envoy check a configuration; what it has against it is the error. */
export async function validateEnvoyConfig(configFile: string): Promise<void> {
  const { code, output } = await runToEnd(await envoyBinary(), [
    "--mode",
    "validate",
    "-c",
    configFile,
    "--log-level",
    "error",
  ]);
  if (code !== 0) throw new Error(`Envoy refuses ${configFile}:\n${output}`);
}

/** Whether a URL answers 200 now. */
export const answersOk = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2_000) })
    .then(async (response) => {
      await response.arrayBuffer();
      return response.ok;
    })
    .catch(() => false);
