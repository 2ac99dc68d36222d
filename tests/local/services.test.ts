import assert from "node:assert/strict";
import { test } from "node:test";
import { serviceUnits, simulatorsUnit } from "../../deploy/local/services.ts";
import { readPlatformSettings } from "../../deploy/local/settings.ts";
import { simulatorOptions } from "../../deploy/simulators/simulators.ts";
import { watched } from "../lib/read-settings.ts";
import { SERVICE_NAMES } from "../../svc/lib/service/service-names.ts";

type ReadSettings = (env: Readonly<Record<string, string>>) => unknown;

/** `listsConfig` of svc/lists/config.ts, for each service by its name. */
const readerOf = async (name: string): Promise<ReadSettings | undefined> =>
  name === "simulators"
    ? simulatorOptions
    : ((await import(`../../svc/${name}/config.ts`)) as Record<string, ReadSettings>)[`${name}Config`];

const SECRET = "a secret for tests that has at least thirty-two bytes";

const around = (env: Record<string, string> = {}) => ({
  settings: readPlatformSettings(env),
  secrets: new Proxy(
    {},
    { get: (_, name) => (name === "platformAdmin" ? { email: "a@b.example", password: SECRET } : SECRET) },
  ) as never,
  redisUrl: "redis://127.0.0.1:1",
  databaseUrl: () => "postgres://127.0.0.1:1/herald",
  logFile: (name: string) => name,
});

/** What each unit is told, by its name. */
const environments = (given?: Record<string, string>) =>
  new Map(
    [...serviceUnits(around(given)), simulatorsUnit(around(given))].map((unit) => [unit.name, unit.spec().env ?? {}]),
  );

test("every service reads every setting of its own that the platform gives it", async () => {
  for (const [name, given] of environments()) {
    const { env, unread } = watched(given);
    (await readerOf(name))?.(env);
    assert.deepEqual(unread(name === "simulators" ? "SIM_" : `${name.toUpperCase()}_`), [], name);
  }
  assert.deepEqual(new Set(environments().keys()), new Set([...SERVICE_NAMES, "simulators"]));
});

test("tenants' providers may lead to this machine only where the platform is not served beyond it", () => {
  const allowed = (host: string) => environments({ HERALD_HOST: host }).get("dial")?.["DIAL_PROVIDER_NETWORKS"];
  for (const host of ["", "127.0.0.1", "localhost", "::1"]) assert.equal(allowed(host), "loopback", host);
  for (const host of ["0.0.0.0", "::", "192.168.1.5"]) assert.equal(allowed(host), undefined, host);
});

test("simulated agents are as fast as simulated calls", () => {
  const given = environments();
  assert.equal(given.get("dial")?.["DIAL_VOICE_SPEED"], given.get("simulators")?.["SIM_VOICE_SPEED"]);
});
