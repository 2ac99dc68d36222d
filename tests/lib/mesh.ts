/** Every service of the mesh in this process, on one database and one Redis of the test's own: for promises that all of them make. */
import assert from "node:assert/strict";
import { startCampaigns } from "../../svc/campaigns/service.ts";
import { startCompliance } from "../../svc/compliance/service.ts";
import { startContacts } from "../../svc/contacts/service.ts";
import { startDial } from "../../svc/dial/service.ts";
import { startIdentity } from "../../svc/identity/service.ts";
import { startJobs } from "../../svc/jobs/service.ts";
import { startLists } from "../../svc/lists/service.ts";
import { simulatorOptions, startSimulators } from "../../deploy/simulators/simulators.ts";
import { freePorts } from "../../deploy/local/ports.ts";
import { cleanup, type Owner } from "./cleanup.ts";
import { watched } from "./read-settings.ts";
import { MESH_KEY, started, testKeys, VOICE_AUDIENCE } from "./harness.ts";
import { testDatabase, testRedis } from "./servers.ts";

const STARTS = {
  identity: startIdentity,
  jobs: startJobs,
  lists: startLists,
  compliance: startCompliance,
  campaigns: startCampaigns,
  dial: startDial,
  contacts: startContacts,
};
type Name = keyof typeof STARTS;
const NAMES = Object.keys(STARTS) as Name[];

const CARRIERS = {
  SIM_SMTP_PORT: "0",
  SIM_SMPP_PORT: "0",
  SIM_VOICE_PORT: "0",
  SIM_HTTP_PORT: "0",
  HERALD_VOICE_KEY: VOICE_AUDIENCE.key,
};

/** Where each service answers. Tokens are those of `tokenFor`. */
export type Mesh = Record<Name, string>;

/** Boots all of them, with simulated carriers. */
export async function bootMesh(t: Owner): Promise<Mesh> {
  const [urls, redisUrl, ports] = await Promise.all([testDatabase(t, ...NAMES), testRedis(t), freePorts(NAMES.length)]);
  const addresses = Object.fromEntries(NAMES.map((name, i) => [name, `127.0.0.1:${ports[i]}`])) as Record<Name, string>;
  const mesh = Object.fromEntries(NAMES.map((name) => [`HERALD_MESH_${name.toUpperCase()}`, addresses[name]]));
  const carriers = await startSimulators(simulatorOptions(CARRIERS));
  cleanup(t, () => carriers.stop());
  const { smtp, smpp, voice } = carriers.addresses;
  const envOf = (name: Name, i: number) => ({
    ...mesh,
    DATABASE_URL: urls[name],
    REDIS_URL: redisUrl,
    PORT: String(ports[i]),
    HERALD_MESH_KEY: MESH_KEY,
    IDENTITY_KEY_SECRET: MESH_KEY,
    DIAL_SMTP_URL: smtp,
    DIAL_SMPP_URL: smpp,
    DIAL_VOICE_ADAPTER: voice,
    LOG_LEVEL: process.env["LOG_LEVEL"] ?? "silent",
    DRAIN: "500ms",
  });
  const ended = new AbortController();
  const start = (name: Name, i: number) => {
    const { env, unread } = watched(envOf(name, i));
    const starting = STARTS[name]({ env, keys: testKeys, signal: ended.signal });
    assert.deepEqual(unread(`${name.toUpperCase()}_`), [], `settings that ${name} does not read`);
    return starting;
  };
  cleanup(t, () => ended.abort());
  await Promise.all(NAMES.map(async (name, i) => started(t, start(name, i))));
  return addresses;
}
