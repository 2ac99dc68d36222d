/** A session that was stored by the previous version can go on dialing. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { CampaignGroup } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { DialingMode } from "../../../gen/herald/campaigns/v1/voice_settings.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { dialingSettings } from "../../../svc/campaigns/state-sync/dialing-settings.ts";
import { takeSessions } from "../../../svc/dial/sessions/session-store.ts";
import { newId } from "../../lib/harness.ts";
import { databaseOf, testDatabase } from "../../lib/servers.ts";

const migration = readFileSync(new URL("../../../svc/dial/sql/0017_dialing_settings.sql", import.meta.url), "utf8");

test("a session that was kept with its whole group is dialed as that group says", async (t) => {
  const { dial: url } = await testDatabase(t, "dial");
  const db = databaseOf(t, "dial", url);
  const common = {
    name: "Spring",
    etag: "7",
    suppressionListIds: [newId()],
    ruleIds: [newId()],
    description: "for all",
  };
  const groups = [
    {
      channel: Channel.CHANNEL_EMAIL,
      content: { from: "a@example.com", subject: "Hi", text: "Hello" },
      messagesPerMinute: 60,
    },
    { channel: Channel.CHANNEL_SMS, content: { text: "Hello", plainSigns: true } },
    {
      channel: Channel.CHANNEL_VOICE,
      voice: { mode: DialingMode.DIALING_MODE_POWER, callsPerMinute: 9, callerId: "+12025550199" },
    },
  ].map((one) => CampaignGroup.fromPartial({ id: newId(), ...common, ...one }));
  for (const group of groups)
    await db
      .everyTenant()
      .query(
        "insert into dial.sessions (tenant_id, campaign_group_id, channel, state, campaign_group) values ($1, $2, $3, 1, $4)",
        [newId(), group.id, group.channel, JSON.stringify(CampaignGroup.toJSON(group))],
      );
  await db.everyTenant().query(migration.slice(migration.indexOf("update ")));
  const taken = await takeSessions(db.everyTenant(), "dialer/1", 15, 10, 2);
  const byId = new Map(taken.map(({ groupId, settings }) => [groupId, settings]));
  for (const group of groups) assert.deepEqual(byId.get(group.id), dialingSettings(group));
});
