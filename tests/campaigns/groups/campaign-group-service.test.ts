import assert from "node:assert/strict";
import { test } from "node:test";
import { CampaignGroupState, LoadMode } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { StallReason } from "../../../gen/herald/campaigns/v1/progress.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { Purpose } from "../../../gen/herald/common/v1/purpose.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { newId, rejectsWith, status, until } from "../../lib/harness.ts";
import {
  anew,
  boot,
  type Booted,
  clientsOf,
  EMAIL,
  ended,
  lease,
  makeGroup,
  makeList,
  MOBILE,
  progressOf,
  report,
  runningGroup,
  smsGroup,
  untilState,
} from "../boot.ts";
import { delivery } from "../things.ts";

const services = await boot(wholeFile, { env: { CAMPAIGNS_WATCH_PACE: "20ms", CAMPAIGNS_WATCH_HEARTBEAT: "300ms" } });
const phones = (count: number) => Array.from({ length: count }, () => [MOBILE]);
const emailContent = { from: "", subject: "News", text: "Hello", html: "" };

/** Creates a group with an empty list and does not start it. */
const quietGroup = async (at: Booted) => makeGroup(at, smsGroup([await makeList(at, [])]));

test("CreateCampaignGroup gives the group back as it is kept; the same request id gives the first one", async (t) => {
  const at = await anew(t, services);
  const settings = smsGroup([await makeList(at, [])], {
    name: " Spring ",
    description: "for all",
    messagesPerMinute: 60,
  });
  const requestId = newId();
  const { campaignGroup: made } = await at.groups.createCampaignGroup({ campaignGroup: settings, requestId });
  assert.deepEqual(
    [made?.name, made?.state, made?.messagesPerMinute, made?.content?.text],
    ["Spring", CampaignGroupState.CAMPAIGN_GROUP_STATE_NOT_LOADED, 60, "Hello {{ first_name }}"],
  );
  const { campaignGroup: again } = await at.groups.createCampaignGroup({
    campaignGroup: { ...settings, name: "Other" },
    requestId,
  });
  assert.deepEqual(again, made);
  const { campaignGroup: read, progress } = await at.groups.getCampaignGroup({ campaignGroupId: made?.id ?? "" });
  assert.deepEqual(read, made);
  assert.deepEqual([progress?.due, progress?.stalls[0]?.reason], [0, StallReason.STALL_REASON_NOT_STARTED]);
});

test("a group is for marketing unless it says what else it is for, also once it is loaded", async (t) => {
  const at = await anew(t, services);
  const id = await makeGroup(at, smsGroup([await makeList(at, [])]));
  const purposeOf = async () =>
    (await at.groups.getCampaignGroup({ campaignGroupId: id })).campaignGroup?.purpose ?? Purpose.PURPOSE_UNSPECIFIED;
  assert.equal(await purposeOf(), Purpose.PURPOSE_MARKETING);
  await at.groups.loadCampaignGroup({ campaignGroupId: id });
  await at.groups.updateCampaignGroup({ campaignGroup: { id, purpose: Purpose.PURPOSE_TRANSACTIONAL } });
  assert.equal(await purposeOf(), Purpose.PURPOSE_TRANSACTIONAL);
  await at.groups.updateCampaignGroup({ campaignGroup: { id, description: "receipts" } });
  assert.equal(await purposeOf(), Purpose.PURPOSE_TRANSACTIONAL, "another change leaves it");
});

test("CreateCampaignGroup refuses a used name, wrong fields, and references that do not exist", async (t) => {
  const at = await anew(t, services);
  const list = await makeList(at, []);
  await makeGroup(at, smsGroup([list], { name: "Spring" }));
  const create = (more: object) => at.groups.createCampaignGroup({ campaignGroup: smsGroup([list], more) });
  await rejectsWith(create({ name: "SPRING" }), status.ALREADY_EXISTS, "ERROR_REASON_CAMPAIGN_GROUP_NAME_TAKEN");
  const wrong = await rejectsWith(
    create({ name: "", content: undefined }),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_FIELDS_INVALID",
  );
  assert.deepEqual(
    wrong.fields.map((one) => one.field),
    ["campaign_group.name", "campaign_group.content"],
  );
  await rejectsWith(at.groups.createCampaignGroup({}), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
  const missing = newId();
  const told = await rejectsWith(
    create({ contactListIds: [list, missing] }),
    status.FAILED_PRECONDITION,
    "ERROR_REASON_REFERENCE_NOT_FOUND",
  );
  assert.deepEqual(told.metadata, { kind: "contact list", field: "contact_list_ids", id: missing });
  await rejectsWith(
    create({ suppressionListIds: [missing] }),
    status.FAILED_PRECONDITION,
    "ERROR_REASON_REFERENCE_NOT_FOUND",
  );
  await rejectsWith(create({ ruleIds: [missing] }), status.FAILED_PRECONDITION, "ERROR_REASON_REFERENCE_NOT_FOUND");
});

test("UpdateCampaignGroup changes what the mask names, and refuses a stale etag and unknown fields", async (t) => {
  const at = await anew(t, services);
  const id = await quietGroup(at);
  const { campaignGroup: read } = await at.groups.getCampaignGroup({ campaignGroupId: id });
  const update = (group: object, ...updateMask: string[]) =>
    at.groups.updateCampaignGroup({ campaignGroup: { id, ...group }, updateMask });
  const { campaignGroup: changed } = await update({ name: "Summer", messagesPerMinute: 5, etag: read?.etag }, "name");
  assert.deepEqual([changed?.name, changed?.messagesPerMinute], ["Summer", 0]);
  assert.notEqual(changed?.etag, read?.etag);
  await rejectsWith(
    update({ name: "Late", etag: read?.etag }, "name"),
    status.ABORTED,
    "ERROR_REASON_CAMPAIGN_GROUP_CHANGED",
  );
  await rejectsWith(update({ name: "x" }, "state"), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
  await rejectsWith(
    update({ channel: Channel.CHANNEL_EMAIL }, "channel"),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_FIELDS_INVALID",
  );
  const { campaignGroup: email } = await update(
    { channel: Channel.CHANNEL_EMAIL, content: emailContent },
    "channel",
    "content",
  );
  assert.equal(email?.channel, Channel.CHANNEL_EMAIL);
  assert.partialDeepStrictEqual(email.content, emailContent);
  await rejectsWith(
    update({ contactListIds: [newId()] }, "contact_list_ids"),
    status.FAILED_PRECONDITION,
    "ERROR_REASON_REFERENCE_NOT_FOUND",
  );
  const other = await quietGroup(at);
  await rejectsWith(
    at.groups.updateCampaignGroup({ campaignGroup: { id: other, name: "summer" } }),
    status.ALREADY_EXISTS,
    "ERROR_REASON_CAMPAIGN_GROUP_NAME_TAKEN",
  );
});

test("lists and channel are fixed once loaded; content and treatments are not", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(1));
  const more = await makeList(at, []);
  const told = await rejectsWith(
    at.groups.updateCampaignGroup({ campaignGroup: { id, contactListIds: [more] }, updateMask: ["contact_list_ids"] }),
    status.FAILED_PRECONDITION,
    "ERROR_REASON_STATE_CONFLICT",
  );
  assert.deepEqual(told.metadata, { state: "RUNNING", allowed: "NOT_LOADED", field: "contact_list_ids" });
  const { campaignGroup } = await at.groups.updateCampaignGroup({
    campaignGroup: { id, content: { text: "Goodbye" } },
    updateMask: ["content"],
  });
  assert.equal(campaignGroup?.content?.text, "Goodbye");
  assert.equal(campaignGroup?.state, CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING);
});

test("ListCampaignGroups goes from newest to oldest, by state and name, page by page", async (t) => {
  const at = await anew(t, services);
  const list = await makeList(at, phones(1));
  const ids: string[] = [];
  for (const name of ["Alpha one", "Beta", "Alpha two", "Gamma", "alpha three"])
    ids.unshift(await makeGroup(at, smsGroup([list], { name })));
  await at.groups.loadCampaignGroup({ campaignGroupId: ids[0] });
  await untilState(at, ids[0] ?? "", 3);
  const all = async (filter: object) => {
    const seen: string[] = [];
    let pageToken = "";
    do {
      const page = await at.groups.listCampaignGroups({ pageSize: 2, pageToken, ...filter });
      seen.push(...page.campaignGroups.map((group) => group.id));
      pageToken = page.nextPageToken;
    } while (pageToken);
    return seen;
  };
  assert.deepEqual(await all({}), ids);
  assert.deepEqual(await all({ query: "ALPHA" }), [ids[0], ids[2], ids[4]]);
  assert.deepEqual(await all({ state: CampaignGroupState.CAMPAIGN_GROUP_STATE_ACTIVE }), [ids[0]]);
  await rejectsWith(
    at.groups.listCampaignGroups({ pageSize: -1 }),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_FIELDS_INVALID",
  );
  await rejectsWith(
    at.groups.listCampaignGroups({ pageToken: "x" }),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_PAGE_TOKEN_INVALID",
  );
});

test("LoadCampaignGroup fills the queue from every list, leaving out who has no device for the channel", async (t) => {
  const at = await anew(t, services);
  const one = await makeList(at, [[MOBILE], [EMAIL], [EMAIL, MOBILE], [MOBILE, EMAIL, MOBILE, EMAIL]]);
  const two = await makeList(at, [...phones(3), []]);
  const id = await makeGroup(at, smsGroup([one, two]));
  const { campaignGroup } = await at.groups.loadCampaignGroup({ campaignGroupId: id });
  assert.equal(campaignGroup?.state, CampaignGroupState.CAMPAIGN_GROUP_STATE_LOADING);
  await untilState(at, id, 3);
  const progress = await progressOf(at, id);
  assert.deepEqual([progress.due, progress.waiting, progress.leftOutByReason], [6, 6, { no_device_for_channel: 2 }]);
  const { chains } = await at.queue.listQueued({ campaignGroupId: id });
  assert.deepEqual(
    chains.map((chain) => chain.deviceIndexes),
    [[1], [2], [1, 3], [1], [1], [1]],
  );
  await rejectsWith(
    at.groups.loadCampaignGroup({ campaignGroupId: id }),
    status.FAILED_PRECONDITION,
    "ERROR_REASON_STATE_CONFLICT",
  );
});

test("an email group takes email addresses", async (t) => {
  const at = await anew(t, services);
  const list = await makeList(at, [[MOBILE], [EMAIL], [MOBILE, EMAIL], [EMAIL, MOBILE, EMAIL]]);
  const id = await makeGroup(at, smsGroup([list], { channel: Channel.CHANNEL_EMAIL, content: emailContent }));
  await at.groups.loadCampaignGroup({ campaignGroupId: id });
  await untilState(at, id, 3);
  const { chains } = await at.queue.listQueued({ campaignGroupId: id });
  assert.deepEqual(
    chains.map((chain) => chain.deviceIndexes),
    [[1], [2], [1, 3]],
  );
});

test("StartCampaignGroup loads first and then runs; starting again changes nothing; a lost list stops it from beginning", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(3));
  const { campaignGroup: running } = await at.groups.getCampaignGroup({ campaignGroupId: id });
  const { campaignGroup: again } = await at.groups.startCampaignGroup({ campaignGroupId: id });
  assert.deepEqual(again, running);
  const list = await makeList(at, phones(1));
  const other = await makeGroup(at, smsGroup([list]));
  await at.lists.deleteContactList({ contactListId: list });
  for (const command of [at.groups.startCampaignGroup, at.groups.loadCampaignGroup]) {
    const told = await rejectsWith(
      command({ campaignGroupId: other }),
      status.FAILED_PRECONDITION,
      "ERROR_REASON_REFERENCE_NOT_FOUND",
    );
    assert.equal(told.metadata["id"], list);
  }
  const { campaignGroup } = await at.groups.getCampaignGroup({ campaignGroupId: other });
  assert.equal(campaignGroup?.state, CampaignGroupState.CAMPAIGN_GROUP_STATE_NOT_LOADED);
});

test("while compliance and dial are away, pause holds at once, says who has not heard of it, and may be repeated", async (t) => {
  const at = await boot(t);
  const id = await runningGroup(at, phones(3));
  await at.compliance.stop();
  for (let i = 0; i < 2; i++) {
    const { campaignGroup, untoldServices } = await at.groups.pauseCampaignGroup({ campaignGroupId: id });
    assert.equal(campaignGroup?.state, CampaignGroupState.CAMPAIGN_GROUP_STATE_PAUSED);
    assert.deepEqual(untoldServices, ["compliance", "dial"]);
    assert.deepEqual(await lease(at, id), []);
  }
  const { campaignGroup, progress } = await at.groups.getCampaignGroup({ campaignGroupId: id });
  assert.equal(campaignGroup?.state, CampaignGroupState.CAMPAIGN_GROUP_STATE_PAUSED);
  assert.equal(progress?.stalls[0]?.reason, StallReason.STALL_REASON_PAUSED);
  assert.match(progress?.stalls[0]?.explanation ?? "", /has not heard of it yet/);
  const told = await rejectsWith(
    at.groups.startCampaignGroup({ campaignGroupId: id }),
    status.FAILED_PRECONDITION,
    "ERROR_REASON_STATE_CONFLICT",
  );
  assert.deepEqual(told.metadata, { state: "PAUSED", allowed: "NOT_LOADED,LOADING,ACTIVE,RUNNING,STOPPED" });
  assert.match(told.message, /Resume it/);
  const { campaignGroup: resumed } = await at.groups.resumeCampaignGroup({ campaignGroupId: id });
  assert.equal(resumed?.state, CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING);
  assert.equal((await lease(at, id)).length, 3);
  await rejectsWith(
    makeGroup(at, smsGroup([await makeList(at, [])], { ruleIds: [newId()] })),
    status.UNAVAILABLE,
    "ERROR_REASON_DEPENDENCY_UNAVAILABLE",
  );
});

test("StopCampaignGroup cancels what is open once attempts in flight have ended; those still count", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(10));
  const leases = await lease(at, id, 4);
  await report(at, id, leases.slice(0, 1), ended(delivery("DELIVERED")));
  await report(at, id, leases.slice(1, 2), { $case: "begun", begun: {} });
  const { untoldServices } = await at.groups.stopCampaignGroup({ campaignGroupId: id });
  assert.deepEqual(untoldServices, ["dial"]);
  await until(async () => (await progressOf(at, id)).finished === 7);
  const stopped = await progressOf(at, id);
  assert.deepEqual(
    [stopped.inFlight, stopped.waiting, stopped.refused, stopped.refusedByReason],
    [3, 2, 6, { cancelled: 6 }],
  );
  await report(at, id, leases.slice(1, 2), ended(delivery("EXPIRED")));
  await report(at, id, leases.slice(2, 3), { $case: "returned", returned: { reason: "closed" } });
  at.clock.advance(61_000);
  await until(async () => (await progressOf(at, id)).finished === 10);
  await report(at, id, leases.slice(3), ended(delivery("DELIVERED")));
  const progress = await progressOf(at, id);
  assert.deepEqual([progress.attempted, progress.refused, progress.waiting, progress.inFlight], [3, 7, 0, 0]);
  assert.deepEqual(progress.attemptsByResult, { delivered: 2, expired: 1 });
});

test("a stopped group that is loaded anew contacts everybody again", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(5));
  await report(at, id, await lease(at, id), ended(delivery("DELIVERED")));
  await untilState(at, id, 6);
  await at.groups.loadCampaignGroup({ campaignGroupId: id, mode: LoadMode.LOAD_MODE_ANEW });
  await untilState(at, id, 3);
  const progress = await progressOf(at, id);
  assert.deepEqual(
    [progress.due, progress.waiting, progress.attempted, progress.attempts, progress.attemptsByResult],
    [5, 5, 0, 0, {}],
  );
});

test("DeleteCampaignGroup removes a group with its queue, but not while it is loaded", async (t) => {
  const at = await anew(t, services);
  const loaded = await makeGroup(at, smsGroup([await makeList(at, phones(3))]));
  await at.groups.loadCampaignGroup({ campaignGroupId: loaded });
  await untilState(at, loaded, 3);
  await rejectsWith(
    at.groups.deleteCampaignGroup({ campaignGroupId: loaded }),
    status.FAILED_PRECONDITION,
    "ERROR_REASON_STATE_CONFLICT",
  );
  await at.groups.stopCampaignGroup({ campaignGroupId: loaded });
  await at.groups.deleteCampaignGroup({ campaignGroupId: loaded });
  await rejectsWith(
    at.groups.getCampaignGroup({ campaignGroupId: loaded }),
    status.NOT_FOUND,
    "ERROR_REASON_CAMPAIGN_GROUP_NOT_FOUND",
  );
  const left = async () => {
    const { rows } = await at.db.tenant(at.tenantId).query<{ n: number }>(
      `select (select count(*) from campaigns.chains where campaign_group_id = $1) + (select count(*) from campaigns.counts where campaign_group_id = $1)
            + (select count(*) from campaigns.removals where campaign_group_id = $1) as n`,
      [loaded],
    );
    return Number(rows[0]?.n);
  };
  await until(async () => (await left()) === 0);
});

test("a group that is not there is NOT_FOUND for every RPC, and so is another tenant's", async (t) => {
  const at = await anew(t, services);
  const id = await quietGroup(at);
  const other = await clientsOf(t, at, newId());
  assert.deepEqual((await other.groups.listCampaignGroups({})).campaignGroups, []);
  for (const [groups, campaignGroupId] of [
    [at.groups, newId()],
    [other.groups, id],
  ] as const) {
    const calls = [
      () => groups.getCampaignGroup({ campaignGroupId }),
      () => groups.updateCampaignGroup({ campaignGroup: { id: campaignGroupId, name: "x" } }),
      () => groups.deleteCampaignGroup({ campaignGroupId }),
      () => groups.loadCampaignGroup({ campaignGroupId }),
      () => groups.startCampaignGroup({ campaignGroupId }),
      () => groups.pauseCampaignGroup({ campaignGroupId }),
      () => groups.resumeCampaignGroup({ campaignGroupId }),
      () => groups.stopCampaignGroup({ campaignGroupId }),
      () => groups.watchCampaignGroup({ campaignGroupId }),
    ];
    for (const call of calls) await rejectsWith(call(), status.NOT_FOUND, "ERROR_REASON_CAMPAIGN_GROUP_NOT_FOUND");
  }
  await rejectsWith(
    at.groups.getCampaignGroup({ campaignGroupId: "x" }),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_FIELDS_INVALID",
  );
});

test("WatchCampaignGroup sends the group at once, at each change, and now and then when nothing changes", async (t) => {
  const at = await anew(t, services);
  const id = await makeGroup(at, smsGroup([await makeList(at, phones(3))]));
  const ending = new AbortController();
  const states: number[] = [];
  let messages = 0;
  for await (const { campaignGroup, progress } of at.groups.watchCampaignGroup(
    { campaignGroupId: id },
    { signal: ending.signal },
  )) {
    const state = campaignGroup?.state ?? 0;
    if (states.at(-1) !== state) states.push(state);
    messages += 1;
    if (messages === 1) await at.groups.loadCampaignGroup({ campaignGroupId: id });
    if (state === 3 && progress?.due === 3 && messages > 4) break;
  }
  ending.abort();
  assert.equal(states[0], CampaignGroupState.CAMPAIGN_GROUP_STATE_NOT_LOADED);
  assert.equal(states.at(-1), CampaignGroupState.CAMPAIGN_GROUP_STATE_ACTIVE);
});
