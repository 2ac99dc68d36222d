import assert from "node:assert/strict";
import { createServer } from "node:net";
import { once } from "node:events";
import { spawn } from "node:child_process";
import { test, type TestContext } from "node:test";
import { freePorts, portHolder, portTaken } from "../../deploy/local/ports.ts";
import { privateSettings } from "../../deploy/local/settings.ts";
import { refuseTakenPorts } from "../../deploy/local/taken-ports.ts";

async function listening(t: TestContext, port = 0): Promise<number> {
  const server = createServer().listen(port, "127.0.0.1");
  t.after(() => server.close());
  await once(server, "listening");
  return (server.address() as { port: number }).port;
}

test("free ports are free and all different", async () => {
  const ports = await freePorts(20);
  assert.equal(new Set(ports).size, 20);
  assert.deepEqual(
    await Promise.all(ports.map((port) => portTaken(port))),
    ports.map(() => false),
  );
});

test("a free port is kept from others before it is used and between two uses", async () => {
  const script = `
    import { freePorts } from ${JSON.stringify(new URL("../../deploy/local/ports.ts", import.meta.url).href)};
    console.log(JSON.stringify(await freePorts(500)));
    setTimeout(() => {}, 60_000);`;
  const other = spawn(process.execPath, ["--input-type=module", "--eval", script]);
  try {
    let printed = "";
    for await (const chunk of other.stdout.setEncoding("utf8")) if ((printed += chunk).endsWith("\n")) break;
    const theirs = new Set(JSON.parse(printed) as number[]);
    const ours = await freePorts(500);
    assert.deepEqual(
      ours.filter((port) => theirs.has(port) || port >= 32_768),
      [],
    );
  } finally {
    other.kill("SIGKILL");
  }
});

test("a taken port is known, and on Linux also who has it", async (t) => {
  const port = await listening(t);
  assert.equal(await portTaken(port), true);
  if (process.platform === "linux") assert.match(portHolder(port) ?? "", new RegExp(`\\(pid ${process.pid}\\)`));
});

test("a start on taken ports names each, its holder and the setting that moves it", async (t) => {
  const settings = await privateSettings("/tmp/unused");
  const holder = await listening(t);
  settings.ports.HERALD_PORT = holder;
  const impatient = { patienceMs: 0 };
  await assert.rejects(
    refuseTakenPorts(settings, () => {}, impatient),
    (error: Error) => {
      assert.match(error.message, new RegExp(`${holder} is taken by .*HERALD_PORT to another port`));
      return true;
    },
  );
});

test("the port of a database that is not ours to start may be taken", async (t) => {
  const settings = await privateSettings("/tmp/unused", { DATABASE_URL: "postgres://localhost/x" });
  settings.ports.HERALD_POSTGRES_PORT = await listening(t);
  await refuseTakenPorts(settings, () => {}, { patienceMs: 0 });
});
