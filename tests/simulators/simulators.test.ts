/** Settings of the simulators, and their HTTP API. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { simulatorOptions } from "../../deploy/simulators/simulators.ts";
import { bootSimulators } from "./boot.ts";

test("wrong settings are named together, and an unknown path tells what there is", async (t) => {
  assert.throws(
    () => simulatorOptions({ SIM_SMTP_PORT: "x", HERALD_VOICE_KEY: "short" }),
    /SIM_SMTP_PORT[\s\S]*HERALD_VOICE_KEY/,
  );
  const { http } = await bootSimulators(t);
  assert.equal((await http("/nothing")).code, 404);
  assert.equal((await http("/sms/inbound", "POST", { from: 1 })).code, 400);
});
