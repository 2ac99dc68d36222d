/** Whose other devices are looked for first. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { OptOutScope, OptOutSource, OptOutState } from "../../../gen/herald/dial/v1/opt_out.ts";
import { claimKinDue, insertOptOut } from "../../../svc/dial/opt-outs/opt-out-store.ts";
import { newId } from "../../lib/harness.ts";
import { databaseOf, testDatabase } from "../../lib/servers.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 9, minute));

test("a tenant of whom many opted out delays no other: tenants take turns, and of each the oldest comes first", async (t) => {
  const { dial: url } = await testDatabase(t, "dial");
  const db = databaseOf(t, "dial", url, 1);
  const [many, few] = [newId(), newId()];
  const optOut = async (tenantId: string, contactInfo: string, kinDue: Date) => {
    const said = {
      ...{
        id: newId(),
        state: OptOutState.OPT_OUT_STATE_HOLDING,
        source: OptOutSource.OPT_OUT_SOURCE_UNSUBSCRIBE_LINK,
      },
      ...{ scope: OptOutScope.OPT_OUT_SCOPE_EVERYTHING, channel: Channel.CHANNEL_EMAIL, contactInfo, clientId: "" },
      ...{ programId: tenantId, words: "", ownAddress: "", sayTime: kinDue, attemptId: "", recordedBy: "" },
      ...{ contactInfos: [contactInfo], clientIds: [] },
    };
    await db.transaction(tenantId, (tx) => insertOptOut(tx, said, { kinDue, now: kinDue }));
  };
  for (let i = 0; i < 10; i++) await optOut(many, `many${i}@example.com`, at(i));
  for (let i = 0; i < 2; i++) await optOut(few, `few${i}@example.com`, at(20 + i));
  await optOut(few, "later@example.com", at(50));
  const claim = async () => {
    const due = await claimKinDue(db.everyTenant(), { now: at(30), again: at(40), limit: 4 });
    return due.map((one) => one.optOut.contactInfo.split("@")[0] ?? "").toSorted();
  };
  assert.deepEqual(await claim(), ["few0", "few1", "many0", "many1"]);
  assert.deepEqual(await claim(), ["many2", "many3", "many4", "many5"]);
  assert.deepEqual(await claim(), ["many6", "many7", "many8", "many9"]);
  assert.deepEqual(await claim(), []);
});
