/** Starts the simulators; the first line on stdout is JSON with their addresses, once all of them answer. */
import { ConfigError } from "../../svc/lib/service/config.ts";
import { simulatorOptions, startSimulators } from "./simulators.ts";

try {
  const simulators = await startSimulators(simulatorOptions());
  process.stdout.write(`${JSON.stringify(simulators.addresses)}\n`);
  for (const signal of ["SIGTERM", "SIGINT"])
    process.once(signal, () => void simulators.stop().then(() => process.exit(0)));
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError || error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
