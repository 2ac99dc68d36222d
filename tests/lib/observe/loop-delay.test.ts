/** How late the event loop is: seen when it is late, and nothing that wakes a process for its sake. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { Metrics } from "../../../svc/lib/observe/metrics.ts";
import { until } from "../harness.ts";

const valueOf = (text: string, name: string) => Number(new RegExp(`^${name}\\{[^}]*\\} (\\S+)`, "m").exec(text)?.[1]);

test("a loop that is held up is seen once, by the names of prom-client", async () => {
  const metrics = new Metrics("lists");
  metrics.addProcessMetrics();
  const look = async () => valueOf(await metrics.registry.metrics(), "nodejs_eventloop_lag_max_seconds");
  await look();
  await new Promise((resolve) => setImmediate(resolve));
  const busyUntil = performance.now() + 300;
  while (performance.now() < busyUntil);
  await new Promise((resolve) => setTimeout(resolve, 1));
  assert.ok((await look()) >= 0.25);
  await until(async () => (await look()) < 0.25);
  const text = await metrics.registry.metrics();
  for (const part of ["min", "max", "mean", "stddev", "p50", "p90", "p99"])
    assert.ok(valueOf(text, `nodejs_eventloop_lag_${part}_seconds`) >= 0, part);
});

test("a process that shows its metrics and has nothing to do sleeps", async () => {
  const program = `
    import { readFileSync } from "node:fs";
    import { Metrics } from ${JSON.stringify(new URL("../../../svc/lib/observe/metrics.ts", import.meta.url).href)};
    new Metrics("lists").addProcessMetrics();
    const wakes = () => Number(/^voluntary_ctxt_switches:\\s+(\\d+)/m.exec(readFileSync("/proc/thread-self/status", "utf8"))[1]);
    setTimeout(() => {
      const before = wakes();
      setTimeout(() => console.log(wakes() - before), 1000);
    }, 500);
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program]);
  assert.ok(Number(stdout) < 30, `${stdout.trim()} wakes in a second`);
});
