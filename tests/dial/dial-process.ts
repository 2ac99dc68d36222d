/** Starts dial as a separate process, for tests that end it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { AttemptServiceDefinition } from "../../gen/herald/dial/v1/attempt_service.ts";
import { cleanup, type Owner } from "../lib/cleanup.ts";
import { meshClient } from "../lib/harness.ts";
import { type Office, office, type DialWorld } from "./boot.ts";

const MAIN = fileURLToPath(new URL("../../svc/dial/main.ts", import.meta.url));

/** Starts dial. By default it keeps working on a group however often tests kill it; tests about set-aside groups lower `setAsideAfter`. */
export function dialProcess(t: Owner, at: DialWorld, setAsideAfter = "1000"): ChildProcess {
  const env = { ...process.env, ...at.envOf("dial"), DRAIN: "8s", DIAL_SET_ASIDE_AFTER: setAsideAfter };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ["ignore", "ignore", "inherit"] });
  cleanup(t, () => child.kill("SIGKILL"));
  return child;
}

/** Creates a tenant whose attempts are read as a service of the mesh: a separate process gets the keys of tokens from identity, so it does not know those of tests. */
export async function meshOffice(t: Owner, at: DialWorld): Promise<Office> {
  const tenant = await office(t, at);
  return { ...tenant, attempts: meshClient(t, at.addresses.dial, AttemptServiceDefinition, tenant.tenantId) };
}

export const ended = (child: ChildProcess) =>
  (child.exitCode ?? child.signalCode) === null ? once(child, "exit") : undefined;
