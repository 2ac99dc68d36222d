import assert from "node:assert/strict";
import { test } from "node:test";
import { CampaignGroupState, LoadMode } from "../../../../gen/herald/campaigns/v1/campaign_group.ts";
import { status } from "../../../../svc/lib/errors/errors.ts";
import { wholeFile } from "../../../lib/cleanup.ts";
import { newId, rejectsWith, until } from "../../../lib/harness.ts";
import { databaseOf } from "../../../lib/servers.ts";
import {
  anew,
  boot,
  type Booted,
  EMAIL,
  ended,
  freshDevices,
  lease,
  makeGroup,
  makeList,
  MOBILE,
  report,
  runningGroup,
  smsGroup,
  untilState,
} from "../../boot.ts";
import { delivery } from "../../things.ts";

const services = await boot(wholeFile, { realTime: true });
const { LOAD_MODE_ANEW: ANEW, LOAD_MODE_CONTINUE: CONTINUE } = LoadMode;
const phones = (count: number) => Array.from({ length: count }, () => [MOBILE]);

const preview = ({ groups }: Booted, campaignGroupId: string, mode: LoadMode = LoadMode.LOAD_MODE_UNSPECIFIED) =>
  groups.previewStart({ campaignGroupId, mode });

/** Stores an import with these columns, as lists would: the columns of the file by their fields. */
const imported = (
  at: Booted,
  contactListId: string,
  fields: readonly string[],
  more: { number?: number; mode?: number } = {},
) =>
  databaseOf(wholeFile, "lists", at.envOf("lists")["DATABASE_URL"] ?? "")
    .tenant(at.tenantId)
    .query(
      `insert into lists.imports (tenant_id, id, contact_list_id, number, job_id, file_name, state, mode, mapping, create_time)
       values ($1, $2, $3, $4, $2, 'people.csv', 2, $5, $6, now())`,
      [
        at.tenantId,
        newId(),
        contactListId,
        more.number ?? 1,
        more.mode ?? 1,
        JSON.stringify(Object.fromEntries(fields.map((field) => [`Column ${field}`, field]))),
      ],
    );

test("PreviewStart counts who would be contacted, who is left out, and asks compliance about the first", async (t) => {
  const at = await anew(t, services);
  const people = freshDevices();
  const lists = [await makeList(at, [...phones(3), [EMAIL]], people), await makeList(at, phones(5), people)];
  const id = await makeGroup(at, smsGroup(lists, { content: { from: "Herald", subject: "", text: "Hi", html: "" } }));
  await databaseOf(wholeFile, "lists", at.envOf("lists")["DATABASE_URL"] ?? "")
    .tenant(at.tenantId)
    .query("update lists.records set device_infos = '{nobody}' where contact_list_id = $1 and client_id = 'C1'", [
      lists[0],
    ]);
  const told = await until(async () => {
    const answer = await preview(at, id);
    return answer.checked > 0 ? answer : undefined;
  });
  assert.equal(told.checkedRefusedByReason["device_invalid"], 1);
  assert.deepEqual(
    [told.people, told.dueNow, told.contactedBefore, told.leftAlone, told.modeRequired, told.leftOutByReason],
    [6, 6, 0, 0, false, { duplicate_device: 2, no_device_for_channel: 1 }],
  );
  assert.deepEqual([told.sender, told.mostPerMinute], ["Herald", 0]);
  assert.ok(told.checked >= 5);
  const others = Object.values(told.checkedRefusedByReason).reduce((sum, count) => sum + count, 0);
  assert.equal(told.checkedAllowed + others, told.checked);
  assert.ok(told.firstAttemptTime);
  const { campaignGroup } = await at.groups.getCampaignGroup({ campaignGroupId: id });
  assert.equal(campaignGroup?.state, CampaignGroupState.CAMPAIGN_GROUP_STATE_NOT_LOADED, "nothing was done");
});

test("PreviewStart tells apart who is left alone and who would be contacted again", async (t) => {
  const at = await anew(t, services);
  const id = await runningGroup(at, phones(6));
  await report(at, id, await lease(at, id, 4), ended(delivery("DELIVERED")));
  const running = await preview(at, id);
  assert.deepEqual([running.people, running.modeRequired], [2, false]);
  await at.groups.stopCampaignGroup({ campaignGroupId: id });
  const on = await preview(at, id, CONTINUE);
  assert.deepEqual([on.people, on.contactedBefore, on.leftAlone, on.modeRequired], [2, 0, 4, true]);
  const again = await preview(at, id, ANEW);
  assert.deepEqual([again.people, again.contactedBefore, again.leftAlone, again.modeRequired], [6, 4, 0, true]);
});

test("a start is refused while the content shows what the lists do not have, unless a default is given", async (t) => {
  const at = await anew(t, services);
  const list = await makeList(at, phones(1));
  await imported(at, list, ["first_name", "device1", "city"]);
  const text = (text: string) => ({ content: { from: "", subject: "", text, html: "" } });
  const id = await makeGroup(at, smsGroup([list], text("Hi {{ first_nme }} from {{ city }}")));
  const { placeholderProblems } = await preview(at, id);
  assert.deepEqual(
    placeholderProblems.map(({ name, nearest, preventsStart }) => [name, nearest, preventsStart]),
    [["first_nme", "first_name", true]],
  );
  const told = await rejectsWith(
    at.groups.startCampaignGroup({ campaignGroupId: id }),
    status.FAILED_PRECONDITION,
    "ERROR_REASON_PLACEHOLDER_UNKNOWN",
  );
  assert.deepEqual(told.metadata, { names: "first_nme", nearest: "first_name" });
  await at.groups.updateCampaignGroup({
    campaignGroup: { id, ...text('Hi {{ first_nme | default: "there" }} from {{ city }}') },
    updateMask: ["content"],
  });
  await at.groups.startCampaignGroup({ campaignGroupId: id });
  await untilState(at, id, CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING);
  await rejectsWith(
    at.groups.updateCampaignGroup({ campaignGroup: { id, ...text("Hi {{ nick }}") }, updateMask: ["content"] }),
    status.FAILED_PRECONDITION,
    "ERROR_REASON_PLACEHOLDER_UNKNOWN",
  );
});

test("CheckContent names what would stay empty and the names that all lists fill; lists must be there", async (t) => {
  const at = await anew(t, services);
  const [one, other] = [await makeList(at, []), await makeList(at, [])];
  await imported(at, one, ["device1", "city", "plan"]);
  await imported(at, other, ["device1", "city"]);
  // After a replacement, the columns of earlier imports no longer exist.
  await imported(at, other, ["device1", "plan"], { number: 2, mode: 2 });
  const content = { from: "", subject: "{{ plan }}", text: "{{ city }}", html: "" };
  const told = await at.groups.checkContent({ contactListIds: [one, other], content });
  assert.deepEqual(
    told.placeholderProblems.map(({ field, name, contactListIds }) => [field, name, contactListIds]),
    [["text", "city", [other]]],
  );
  assert.ok(
    told.knownNames.includes("plan") && !told.knownNames.includes("city") && !told.knownNames.includes("device1"),
  );
  await rejectsWith(
    at.groups.checkContent({ contactListIds: [newId()], content }),
    status.FAILED_PRECONDITION,
    "ERROR_REASON_REFERENCE_NOT_FOUND",
  );
});
