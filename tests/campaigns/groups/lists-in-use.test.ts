/** A list cannot be deleted while a campaign uses it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { SuppressionListServiceDefinition } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import { ContactListServiceDefinition } from "../../../gen/herald/lists/v1/contact_list_service.ts";
import { startLists } from "../../../svc/lists/service.ts";
import { meshClient, newId, rejectsWith, started, status, testKeys } from "../../lib/harness.ts";
import { boot, makeGroup, makeList, smsGroup, world } from "../boot.ts";

const PEOPLE = [[4], [4]];

test("a list that a loaded or running group uses is not deleted, and the group is named; once it is stopped, it is", async (t) => {
  const at = await boot(t);
  const suppression = meshClient(t, at.addresses.lists, SuppressionListServiceDefinition, at.tenantId);
  const { suppressionList } = await suppression.createSuppressionList({ suppressionList: { name: "Told us no" } });
  const suppressionListId = suppressionList?.id ?? "";
  const contactListId = await makeList(at, PEOPLE);
  const campaignGroupId = await makeGroup(at, {
    ...smsGroup([contactListId]),
    name: "Spring",
    suppressionListIds: [suppressionListId],
  });
  const using = async (filter: object) =>
    (await at.groups.listCampaignGroups(filter)).campaignGroups.map(({ id }) => id);
  assert.deepEqual(await using({ contactListId }), [campaignGroupId]);
  assert.deepEqual(await using({ contactListId, usingLists: true }), []);
  assert.deepEqual(await using({ contactListId: newId() }), []);

  await at.groups.startCampaignGroup({ campaignGroupId });
  assert.deepEqual(await using({ suppressionListId, usingLists: true }), [campaignGroupId]);
  for (const deletion of [
    () => at.lists.deleteContactList({ contactListId }),
    () => suppression.deleteSuppressionList({ suppressionListId }),
  ]) {
    const told = await rejectsWith(deletion(), status.FAILED_PRECONDITION, "ERROR_REASON_LIST_IN_USE");
    assert.deepEqual(told.metadata, { campaignGroupId, campaignGroupName: "Spring" });
    assert.match(told.message, /Campaign "Spring" uses this (?:contact|suppression) list/);
  }
  assert.equal((await at.lists.getContactList({ contactListId })).contactList?.id, contactListId);
  await at.groups.stopCampaignGroup({ campaignGroupId });
  await at.lists.deleteContactList({ contactListId });
  await suppression.deleteSuppressionList({ suppressionListId });
});

test("while campaigns is away, nothing is deleted", async (t) => {
  const around = await world(t);
  await started(t, startLists({ env: around.envOf("lists"), keys: testKeys }));
  const lists = meshClient(t, around.addresses.lists, ContactListServiceDefinition, newId());
  const { contactList } = await lists.createContactList({ contactList: { name: "Spring" } });
  const contactListId = contactList?.id ?? "";
  const deletion = lists.deleteContactList({ contactListId });
  const told = await rejectsWith(deletion, status.UNAVAILABLE, "ERROR_REASON_DEPENDENCY_UNAVAILABLE");
  assert.equal(told.metadata["dependency"], "campaigns");
  assert.equal((await lists.getContactList({ contactListId })).contactList?.id, contactListId);
});
