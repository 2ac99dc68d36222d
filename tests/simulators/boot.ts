/** The simulators in this process, on free ports. */
import type { TestContext } from "node:test";
import { simulatorOptions, startSimulators } from "../../deploy/simulators/simulators.ts";
import { VOICE_AUDIENCE } from "../lib/harness.ts";

const FREE = {
  SIM_SMTP_PORT: "0",
  SIM_SMPP_PORT: "0",
  SIM_VOICE_PORT: "0",
  SIM_HTTP_PORT: "0",
  HERALD_VOICE_KEY: VOICE_AUDIENCE.key,
};

export async function bootSimulators(t: TestContext, more: Record<string, string> = {}) {
  const simulators = await startSimulators(simulatorOptions({ ...FREE, ...more }));
  t.after(() => simulators.stop());
  const http = async (path: string, method = "GET", body?: unknown) => {
    const response = await fetch(simulators.addresses.http + path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { code: response.status, body: (await response.json()) as object };
  };
  return { ...simulators, http };
}
