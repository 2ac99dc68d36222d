/** Who of some lists has a device. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { RecordServiceDefinition } from "../../../gen/herald/lists/v1/record_service.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { meshClient, rejectsWith } from "../../lib/harness.ts";
import { bootLists } from "../lists.ts";

test("FindHolders gives whoever some lists know by a device, and nobody of lists that are gone or another tenant's", async (t) => {
  const service = await bootLists(t);
  const [office, stranger] = [await service.openOffice(), await service.openOffice()];
  const mesh = meshClient(t, service.address, RecordServiceDefinition, office.tenantId);
  const [one, two, other] = [await office.newList(), await office.newList(), await office.newList()];
  const header = "client_id,phone,email,zone\n";
  await office.importFile(one, `${header}A,+12125550123,ann@example.com,\nB,+12125550124,ann@example.com,\n`);
  await office.importFile(two, `${header}C,+12125550125,Ann@Example.com,\n`);
  await office.importFile(other, `${header}D,+12125550126,ann@example.com,\n`);
  const clientsOf = async (contactListIds: string[], contactInfo: string) =>
    (await mesh.findHolders({ contactListIds, contactInfo })).records.map(({ clientId }) => clientId).sort();
  assert.deepEqual(await clientsOf([one, two], "ann@example.com"), ["A", "B", "C"]);
  assert.deepEqual(await clientsOf([one, two], "+12125550124"), ["B"]);
  assert.deepEqual(await clientsOf([one], "nobody@example.com"), []);
  assert.deepEqual(await clientsOf([], "ann@example.com"), []);
  const theirs = meshClient(t, service.address, RecordServiceDefinition, stranger.tenantId);
  assert.deepEqual((await theirs.findHolders({ contactListIds: [one], contactInfo: "ann@example.com" })).records, []);
  await office.lists.deleteContactList({ contactListId: two });
  assert.deepEqual(await clientsOf([one, two], "ann@example.com"), ["A", "B"]);
  for (const wrong of [
    { contactListIds: ["x"], contactInfo: "ann@example.com" },
    { contactListIds: [one], contactInfo: "" },
    { contactListIds: Array.from({ length: 51 }, () => one), contactInfo: "ann@example.com" },
  ])
    await rejectsWith(mesh.findHolders(wrong), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
  const asked = office.records.findHolders({ contactListIds: [one], contactInfo: "ann@example.com" });
  await rejectsWith(asked, status.PERMISSION_DENIED, "ERROR_REASON_PERMISSION_MISSING");
});
