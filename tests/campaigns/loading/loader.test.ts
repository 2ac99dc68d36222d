import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { LoadMode } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { CampaignGroupServiceDefinition } from "../../../gen/herald/campaigns/v1/campaign_group_service.ts";
import { startCampaigns } from "../../../svc/campaigns/service.ts";
import { startCompliance } from "../../../svc/compliance/service.ts";
import { startLists } from "../../../svc/lists/service.ts";
import { cleanup, wholeFile } from "../../lib/cleanup.ts";
import { meshClient, newId, started, testKeys, until } from "../../lib/harness.ts";
import {
  anew,
  boot,
  clientsOf,
  lease,
  makeGroup,
  makeList,
  makeLongList,
  MOBILE,
  progressOf,
  smsGroup,
  untilState,
  type World,
  world,
} from "../boot.ts";

const MAIN = fileURLToPath(new URL("../../../svc/campaigns/main.ts", import.meta.url));
const LISTS = 5;
const RECORDS = 40_000;

const services = boot(wholeFile);

/** Starts campaigns as a separate process, which can be killed. */
function campaignsProcess(t: TestContext, { envOf }: World): ChildProcess {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...envOf("campaigns"), PATH: process.env["PATH"] },
    stdio: ["ignore", "ignore", "inherit"],
  });
  cleanup(t, () => child.kill("SIGKILL"));
  return child;
}

test("a group that was loading when its process was killed is loaded by the next one, each contact once", async (t) => {
  const at = await world(t);
  await started(t, startLists({ env: at.envOf("lists"), keys: testKeys }));
  await started(t, startCompliance({ env: at.envOf("compliance"), keys: testKeys }));
  const tenantId = newId();
  const { lists } = await clientsOf(t, at, tenantId);
  const contactListIds: string[] = [];
  for (let i = 0; i < LISTS; i++)
    contactListIds.push(await makeLongList({ listsDb: at.listsDb, lists, tenantId }, RECORDS));

  const groups = meshClient(t, at.addresses.campaigns, CampaignGroupServiceDefinition, tenantId);
  const loading = async () => {
    const { rows } = await at.db
      .tenant(tenantId)
      .query<{ state: number; lists: number }>(
        "select state, cardinality(loaded_list_ids) as lists from campaigns.groups where tenant_id = $1",
        [tenantId],
      );
    return rows[0];
  };

  const first = campaignsProcess(t, at);
  const id = await until(() => makeGroup({ groups }, smsGroup(contactListIds)).catch(() => ""));
  await groups.startCampaignGroup({ campaignGroupId: id });
  await until(async () => ((await loading())?.lists ?? 0) > 0, { everyMs: 2 });
  first.kill("SIGKILL");
  await once(first, "exit");
  const left = await loading();
  assert.equal(left?.state, 2, "it was still loading");
  assert.ok(left.lists < LISTS);

  await started(t, startCampaigns({ env: at.envOf("campaigns"), keys: testKeys }));
  await untilState({ groups }, id, 4);
  const progress = await progressOf({ groups }, id);
  assert.deepEqual([progress.due, progress.waiting, progress.leftOutByReason], [LISTS * RECORDS, LISTS * RECORDS, {}]);
  const { rows } = await at.db
    .tenant(tenantId)
    .query<{ n: string; lists: number }>(
      "select count(*) as n, count(distinct contact_list_id)::int as lists from campaigns.chains where tenant_id = $1",
      [tenantId],
    );
  assert.deepEqual(rows[0], { n: String(LISTS * RECORDS), lists: LISTS });
});

test("a group that is stopped while it loads is stopped, and what was queued is cancelled", async (t) => {
  const at = await anew(t, await services);
  const lists: string[] = [];
  for (let i = 0; i < 3; i++) lists.push(await makeLongList(at, 20_000));
  const id = await makeGroup(at, smsGroup(lists));
  await at.groups.loadCampaignGroup({ campaignGroupId: id });
  await at.groups.stopCampaignGroup({ campaignGroupId: id });
  await untilState(at, id, 6);
  await until(async () => {
    const { due, finished } = await progressOf(at, id);
    const { rows } = await at.db
      .tenant(at.tenantId)
      .query<{ cancelling: boolean }>("select cancelling from campaigns.groups where id = $1", [id]);
    return due === finished && rows[0]?.cancelling === false;
  });
  assert.deepEqual(await lease(at, id), []);
  await at.groups.startCampaignGroup({ campaignGroupId: id, mode: LoadMode.LOAD_MODE_CONTINUE });
  await untilState(at, id, 4);
  const progress = await progressOf(at, id);
  assert.deepEqual([progress.due, progress.waiting, progress.finished], [60_000, 60_000, 0]);
});

test("lists go into the queue in their order, one after the other, and each in the order of its records", async (t) => {
  const at = await anew(t, await services);
  const second = await makeList(
    at,
    Array.from({ length: 3 }, () => [MOBILE]),
  );
  const first = await makeList(
    at,
    Array.from({ length: 3 }, () => [MOBILE]),
  );
  const id = await makeGroup(at, smsGroup([first, second]));
  await at.groups.startCampaignGroup({ campaignGroupId: id });
  await untilState(at, id, 4);
  const order = [];
  for (let i = 0; i < 6; i++)
    order.push(
      ...(await lease(at, id, 1)).map((one) => `${one.contactListId === first ? "first" : "second"} ${one.clientId}`),
    );
  assert.deepEqual(order, ["first C1", "first C2", "first C3", "second C1", "second C2", "second C3"]);
});
