import assert from "node:assert/strict";
import { test } from "node:test";
import { freePort } from "../../../deploy/local/ports.ts";
import { EchoDefinition } from "../echo.ts";
import { bootEcho, echoEnv } from "../echo-service.ts";
import { meshClient, newId, rejectsWith, status, userClient } from "../harness.ts";

test("every call is counted by service, method and code, without a word of what it carried", async (t) => {
  const port = await freePort();
  const { address } = await bootEcho(t, { env: await echoEnv(t, { METRICS_PORT: String(port) }) });
  const tenantId = newId();
  const echo = await userClient(t, address, EchoDefinition, { tenantId, permissions: ["echo.say"] });
  await echo.say({ text: "+15550100" });
  await echo.say({ text: "+15550100" });
  await rejectsWith(echo.change({}), status.PERMISSION_DENIED);
  for await (const message of meshClient(t, address, EchoDefinition, tenantId).count({ count: 2 })) void message;

  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const counted = (method: string, code: string) =>
    Number(
      new RegExp(
        `^grpc_server_handling_seconds_count\\{(?=[^}]*method="${method}")(?=[^}]*code="${code}")(?=[^}]*service="herald.lists.v1.EchoService")[^}]*\\} (\\d+)`,
        "m",
      ).exec(text)?.[1] ?? 0,
    );
  assert.deepEqual([counted("Say", "OK"), counted("Change", "PERMISSION_DENIED"), counted("Count", "OK")], [2, 1, 1]);
  assert.match(text, /^process_resident_memory_bytes\{[^}]*herald_service="lists"/m);
  assert.match(text, /^grpc_server_handling_seconds_bucket\{/m);
  assert.ok(!text.includes("5550100") && !text.includes(tenantId));
  assert.equal((await fetch(`http://127.0.0.1:${port}/elsewhere`)).status, 404);
});
