/** Templates that take long to parse: their callers get an error, and the calls of others continue. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { rejectsWith } from "../../lib/harness.ts";
import { anew, boot, EMAIL, makeGroup, makeList, smsGroup } from "../boot.ts";

const services = await boot(wholeFile, { realTime: true });

/** Tens of thousands of names, each searched for in the whole text: half a minute of processor time. */
const HEAVY = Array.from({ length: 40_000 }, (_, i) => `{{a${i}}}`).join("");
const DEEP = `${"{% if a %}".repeat(20_000)}${"{% endif %}".repeat(20_000)}`;
const email = (html: string) => ({
  channel: Channel.CHANNEL_EMAIL,
  content: { from: "", subject: "Hello", text: "", html },
});

test("a template that takes too long to read is refused, and meanwhile the calls of others are answered at once", async (t) => {
  const [heavy, other] = [await anew(t, services), await anew(t, services)];
  const lists = [await makeList(heavy, [[EMAIL]])];
  const id = await makeGroup(other, smsGroup([await makeList(other, [[EMAIL]])]));
  const heavyCall = { isOver: false };
  const refused = rejectsWith(
    heavy.groups.createCampaignGroup({ campaignGroup: smsGroup(lists, email(HEAVY)) }),
    status.INVALID_ARGUMENT,
    "ERROR_REASON_FIELDS_INVALID",
  ).finally(() => (heavyCall.isOver = true));
  let slowestMs = 0;
  while (!heavyCall.isOver) {
    const begun = performance.now();
    await other.groups.getCampaignGroup({ campaignGroupId: id });
    slowestMs = Math.max(slowestMs, performance.now() - begun);
  }
  // Parsing it in the process itself would take half a minute.
  assert.ok(slowestMs < 5_000, `${slowestMs} ms`);
  const told = await refused;
  assert.deepEqual(told.fields, [
    {
      field: "campaign_group.content.html",
      description: "Not a Liquid template: it takes more time to read than it may; use fewer placeholders and tags.",
    },
  ]);
  const { placeholderProblems } = await heavy.groups.checkContent({
    contactListIds: lists,
    content: email(HEAVY).content,
  });
  assert.deepEqual(placeholderProblems, []);
});

test("templates that cannot be read cost nobody else their turn, and good ones are read as before", async (t) => {
  const [heavy, other] = [await anew(t, services), await anew(t, services)];
  const lists = [await makeList(other, [[EMAIL]])];
  const heavyLists = [await makeList(heavy, [[EMAIL]])];
  const deep = heavy.groups.createCampaignGroup({ campaignGroup: smsGroup(heavyLists, email(DEEP)) });
  await rejectsWith(deep, status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
  const many = Array.from({ length: 4 }, () =>
    heavy.groups.checkContent({ contactListIds: heavyLists, content: email(HEAVY).content }),
  );
  let areOver = false;
  const waiting = Promise.all(many).finally(() => (areOver = true));
  const id = await makeGroup(other, smsGroup(lists));
  const faulty = other.groups.updateCampaignGroup({
    campaignGroup: { id, content: { from: "", subject: "", text: "{{ first_name", html: "" } },
  });
  const told = await rejectsWith(faulty, status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
  assert.match(told.fields[0]?.description ?? "", /Not a Liquid template: output "\{\{ first_name" not closed/);
  assert.equal(areOver, false, "others do not wait for the heavy tenant's four");
  await waiting;
});
