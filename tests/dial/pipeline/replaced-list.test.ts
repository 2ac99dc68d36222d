/** A list is replaced while its campaign runs: people who stay keep their place in the queue, and nobody is contacted twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ImportMode, ImportState } from "../../../gen/herald/lists/v1/import.ts";
import { ContactListServiceDefinition } from "../../../gen/herald/lists/v1/contact_list_service.ts";
import { RecordServiceDefinition } from "../../../gen/herald/lists/v1/record_service.ts";
import { CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { until, userClient } from "../../lib/harness.ts";
import { attemptsOf, boot, emailGroup, office, progressOf, startGroup, untilFinished } from "../boot.ts";

/** People 0 to 19 have a client id, 20 to 39 only an address; 40 to 59 are not in the new list. */
const STAY = 40;
const ALL = 60;
const address = (person: number) => `staying${person}@example.com`;
const row = (person: number, name: string) => `${person < 20 ? `C-${person}` : ""},${name}${person},${address(person)}`;
const fileOf = (rows: readonly string[]) => ["Client ID,First Name,Email", ...rows, ""].join("\n");
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

test("a REPLACE under a running campaign: it goes on, who stays is reached once with the new values, and only who is gone is record_gone", async (t) => {
  const at = await boot(t);
  const tenant = await office(t, at);
  const permissions = ["lists.read", "lists.write", "lists.import", "records.read", "records.write"];
  const who = { tenantId: tenant.tenantId, permissions };
  const lists = await userClient(t, at.addresses.lists, ContactListServiceDefinition, who);
  const records = await userClient(t, at.addresses.lists, RecordServiceDefinition, who);
  const contactListId = (await lists.createContactList({ contactList: { name: "Members" } })).contactList?.id ?? "";
  const importFile = async (text: string, mode: ImportMode) => {
    const file = { contentType: "text/csv", data: Buffer.from(text) };
    const started = await records.importRecords(
      (async function* () {
        yield { contactListId, fileName: "members.csv", mode, file };
      })(),
    );
    return until(async () => {
      const answer = await records.getImport({ importId: started.import?.id ?? "" });
      return answer.import?.state !== ImportState.IMPORT_STATE_RUNNING && answer.import;
    });
  };
  const idsByAddress = async () => {
    const { records: found } = await records.searchRecords({ contactListId, pageSize: 500 });
    return new Map(found.map(({ id, devices }) => [devices[0]?.contactInfo ?? "", id]));
  };

  await importFile(fileOf(range(0, ALL).map((person) => row(person, "Old"))), ImportMode.IMPORT_MODE_APPEND);
  const before = await idsByAddress();
  // So slow that most people are still waiting when the list is replaced. Those who are not in the new list come last.
  const campaignGroupId = await startGroup(tenant, emailGroup([contactListId], { messagesPerMinute: 300 }));
  await until(async () => (await progressOf(tenant, campaignGroupId)).attempts >= 3);
  const next = [
    ...range(0, STAY).map((person) => row(person, "New")),
    ...range(0, 5).map((i) => `N-${i},Newcomer,newcomer${i}@example.com`),
  ];
  const replaced = await importFile(fileOf(next), ImportMode.IMPORT_MODE_REPLACE);
  assert.deepEqual(
    [replaced.state, replaced.addedCount, replaced.updatedCount, replaced.removedCount],
    [ImportState.IMPORT_STATE_SUCCEEDED, 5, STAY, ALL - STAY],
  );
  const running = await tenant.groups.getCampaignGroup({ campaignGroupId });
  assert.equal(running.campaignGroup?.state, CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING);
  assert.ok((running.progress?.attempted ?? 0) < STAY, "it was replaced under way");
  const after = await idsByAddress();
  for (const person of range(0, STAY))
    assert.equal(after.get(address(person)), before.get(address(person)), address(person));

  const progress = await untilFinished(tenant, campaignGroupId, 60_000);
  const { arrivals } = at.simulators.inbox;
  const reached = arrivals.recipients();
  assert.equal(arrivals.counts().duplicates, 0);
  assert.ok(
    Object.values(reached).every((count) => count === 1),
    "nobody is reached twice",
  );
  for (const person of range(0, STAY)) assert.equal(reached[address(person)], 1, address(person));
  assert.equal(reached["newcomer0@example.com"], undefined, "who came with the new file is not in this run");
  const refused = (await attemptsOf(tenant, campaignGroupId)).filter(({ refusalReason }) => refusalReason !== "");
  const gone = range(STAY, ALL).filter((person) => !reached[address(person)]);
  assert.deepEqual(progress.refusedByReason, { record_gone: gone.length });
  assert.deepEqual(
    refused.map(({ recordId }) => recordId).sort(),
    gone.map((person) => before.get(address(person)) ?? "").sort(),
  );
  assert.ok(gone.length > 0);
  const last = arrivals.list({ to: address(STAY - 1), limit: 1 })[0]?.raw ?? "";
  assert.match(last, /Hello New39\r\n/, "who is reached after it gets the new values");
});
