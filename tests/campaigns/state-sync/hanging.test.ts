/** A service that accepts calls and never answers delays only the calls to itself. */
import assert from "node:assert/strict";
import { createServer, type Socket } from "node:net";
import { test } from "node:test";
import { CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { cleanup, type Owner } from "../../lib/cleanup.ts";
import { until } from "../../lib/harness.ts";
import { boot, makeGroup, makeList, MOBILE, smsGroup, untilState, world } from "../boot.ts";

const CONNECTIONS = 3;
const { CAMPAIGN_GROUP_STATE_RUNNING: RUNNING } = CampaignGroupState;

/** Accepts connections at an address and never answers, until the test ends. */
async function hangAt(t: Owner, address: string): Promise<{ calls: () => number }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket.on("error", () => {})));
  await new Promise<void>((listening) => server.listen(Number(address.split(":")[1]), "127.0.0.1", listening));
  cleanup(t, () => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((closed) => void server.close(() => closed()));
  });
  return { calls: () => sockets.size };
}

test("while dial hangs, no connection to the database is held, and a pause says who could not be told", async (t) => {
  const around = await world(t);
  const dial = await hangAt(t, around.addresses.dial);
  const env = { DATABASE_CONNECTIONS: String(CONNECTIONS), CAMPAIGNS_TELL_TIMEOUT: "4s" };
  const at = await boot(t, { in: around, env, realTime: true });
  const lists = await Promise.all(Array.from({ length: 2 * CONNECTIONS }, () => makeList(at, [[MOBILE]])));
  const ids = await Promise.all(lists.map((list) => makeGroup(at, smsGroup([list]))));
  for (const campaignGroupId of ids) await at.groups.startCampaignGroup({ campaignGroupId });
  for (const id of ids) await untilState(at, id, RUNNING);
  await until(() => dial.calls() > 0, { what: "dial is being told" });
  let paused = 0;
  const pauses = ids.map((campaignGroupId) =>
    at.groups.pauseCampaignGroup({ campaignGroupId }).finally(() => (paused += 1)),
  );
  const { rows } = await until(
    async () => {
      const held = await at.db
        .everyTenant()
        .query<{ n: number }>("select count(*)::integer as n from campaigns.groups where state = 5");
      return held.rows[0]?.n === ids.length && held;
    },
    { what: "all groups are paused" },
  );
  assert.equal(rows[0]?.n, ids.length);
  const longest = await at.db.everyTenant().query<{ n: number }>(
    `select count(*)::integer as n from pg_stat_activity
        where datname = current_database() and application_name = 'herald-campaigns' and state like 'idle in transaction%' and now() - state_change > interval '500 ms'`,
  );
  assert.equal(longest.rows[0]?.n, 0, "no transaction waits for dial");
  const answered = await Promise.all(ids.map((campaignGroupId) => at.groups.getCampaignGroup({ campaignGroupId })));
  assert.equal(paused, 0, "dial still hangs");
  assert.equal(answered.length, ids.length);
  const results = await Promise.all(pauses);
  assert.deepEqual(
    results.map(({ untoldServices }) => untoldServices),
    ids.map(() => ["dial"]),
  );
});
