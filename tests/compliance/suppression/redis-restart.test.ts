import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Redis } from "ioredis";
import { freePort } from "../../../deploy/local/ports.ts";
import { startRedis } from "../../../deploy/local/redis.ts";
import { RefusalReason } from "../../../gen/herald/compliance/v1/decision.ts";
import { errorDetails } from "../../../svc/lib/errors/error-details.ts";
import { newId, status, until } from "../../lib/harness.ts";
import { attemptsOf, boot, cap, NOT_EXCLUSIVE, policyOf, rulesOf } from "../boot.ts";
import { always, deviceList } from "../entries-server.ts";
import { outcome, reasonOf, untilReason } from "./reasons.ts";

const DEVICE = RefusalReason.REFUSAL_REASON_SUPPRESSED_DEVICE;

test("Redis restarted with old data: nothing is allowed until what it lost is applied again", async (t) => {
  const dir = mkdtempSync(join(tmpdir(), "herald-old-redis-"));
  const port = await freePort();
  let server = await startRedis({ dir, port, durable: true });
  t.after(async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  const { attempts, entries, tenantId, address } = await boot(t, { env: { REDIS_URL: server.url } });
  const suppressionList = deviceList();
  const capped = newId();
  const counted = await attemptsOf(t, address, capped);
  await (await rulesOf(t, address, capped)).createRule({ rule: cap(2) });
  await policyOf(t, address, capped).then((policy) => policy.updateAttemptPolicy(NOT_EXCLUSIVE));
  assert.equal(await reasonOf(counted, { attemptId: newId() }), 0);
  entries.accept({ tenantId, suppressionList, added: always("+12125550199") });
  await untilReason(attempts, DEVICE, { contactInfo: "+12125550199" });
  // From here on nothing is written to disk: changes from now on are lost, but the markers are not.
  const admin = new Redis(server.url);
  await admin.config("SET", "appendonly", "no");
  await admin.save();
  admin.disconnect();
  entries.accept({ tenantId, suppressionList, added: always("+12125550123") });
  await untilReason(attempts, DEVICE);
  assert.equal(await reasonOf(counted, { attemptId: newId() }), 0, "the second of two, which the disk does not see");
  await killHard(server.pid);
  rmSync(join(dir, "appendonlydir"), { recursive: true, force: true });
  server = await startRedis({ dir, port, durable: false });
  const outcomes = new Set<RefusalReason | "not ready" | "away">();
  await until(
    async () => {
      const now = await outcome(attempts).catch((error: unknown) =>
        errorDetails(error)?.code === status.UNAVAILABLE ? ("away" as const) : Promise.reject(error as Error),
      );
      outcomes.add(now);
      return now === DEVICE;
    },
    { timeoutMs: 20_000 },
  );
  assert.ok(!outcomes.has(0), "the lost entry never let an attempt through");
  assert.equal(
    await reasonOf(counted, { attemptId: newId() }),
    RefusalReason.REFUSAL_REASON_ATTEMPT_CAP,
    "the lost count is there again",
  );
});

async function killHard(pid: number): Promise<void> {
  process.kill(pid, "SIGKILL");
  await until(() => {
    try {
      process.kill(pid, 0);
      return false;
    } catch {
      return true;
    }
  });
}
