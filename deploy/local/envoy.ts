import { runToEnd } from "./command.ts";
import type { ProcessSpec } from "./process.ts";
import { envoyProgram } from "./tools.ts";

export interface EnvoyOptions {
  /** Envoy's bootstrap configuration, as JSON or YAML. */
  configFile: string;
  logFile: string;
}

/** Says how to start Envoy. One worker thread a core is the default; two are enough beside everything else on one machine. */
export async function envoySpec(options: EnvoyOptions): Promise<ProcessSpec> {
  return {
    name: "envoy",
    command: await envoyProgram(),
    args: ["-c", options.configFile, "--disable-hot-restart", "--concurrency", "2", "--log-level", "warning"],
    logFile: options.logFile,
    stopMs: 5_000,
  };
}

/** Lets Envoy check a configuration. Envoy's objection is the error. */
export async function validateEnvoyConfig(configFile: string): Promise<void> {
  const { code, output } = await runToEnd(await envoyProgram(), [
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
