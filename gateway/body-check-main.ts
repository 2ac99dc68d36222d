/** Runs the body check as a process beside Envoy. Settings: HOST (127.0.0.1), PORT, CONTRACT_FILE (the same descriptor set that Envoy has). */
import { readFileSync } from "node:fs";
import { startBodyCheck } from "./body-check/server.ts";
import { readCallRules } from "./body-check/shapes.ts";

const port = Number(process.env["PORT"]);
if (!Number.isInteger(port) || port < 0 || port > 65_535)
  throw new Error(`PORT is "${process.env["PORT"]}"; give a port.`);
const contract = process.env["CONTRACT_FILE"] ?? new URL("../gen/herald.binpb", import.meta.url);

const check = await startBodyCheck(process.env["HOST"] ?? "127.0.0.1", port, readCallRules(readFileSync(contract)));
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void check.stop());
