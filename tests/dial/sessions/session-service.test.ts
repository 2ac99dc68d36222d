import assert from "node:assert/strict";
import { test } from "node:test";
import { DialingSettings } from "../../../gen/herald/dial/v1/dialing_settings.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { SessionState } from "../../../gen/herald/dial/v1/session.ts";
import { SessionServiceDefinition } from "../../../gen/herald/dial/v1/session_service.ts";
import { meshClient, newId, rejectsWith, status, until } from "../../lib/harness.ts";
import { boot, dialIn, office, world } from "../boot.ts";

const { SESSION_STATE_OPEN: OPEN, SESSION_STATE_CLOSING: CLOSING, SESSION_STATE_CLOSED: CLOSED } = SessionState;

const dialing = (more: Partial<DialingSettings> = {}) =>
  DialingSettings.fromPartial({
    campaignGroupId: newId(),
    campaignGroupName: "Spring",
    channel: Channel.CHANNEL_EMAIL,
    content: { text: "Hello" },
    ...more,
  });

test("sessions are opened, shown and closed", async (file) => {
  const at = await boot(file);
  const tenant = await office(file, at);
  const stranger = await office(file, at);
  const { mesh, sessions } = tenant;

  await file.test("OpenSession opens, again gives new settings, and what was counted stays", async () => {
    const settings = dialing();
    const { session } = await mesh.sessions.openSession({ settings });
    assert.deepEqual(
      [session?.campaignGroupId, session?.channel, session?.state, session?.stall],
      [settings.campaignGroupId, Channel.CHANNEL_EMAIL, OPEN, ""],
    );
    const again = await mesh.sessions.openSession({ settings: { ...settings, messagesPerMinute: 60 } });
    assert.deepEqual(again.session?.createTime, session?.createTime);
  });

  await file.test("OpenSession refuses a group without id or channel", async () => {
    const told = await rejectsWith(
      mesh.sessions.openSession({}),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_FIELDS_INVALID",
    );
    assert.deepEqual(
      told.fields.map(({ field }) => field),
      ["settings.campaign_group_id", "settings.channel"],
    );
  });

  await file.test("GetSession shows it; another tenant's, or none, is not found", async () => {
    const settings = dialing({ channel: Channel.CHANNEL_VOICE, voice: { simulatedAgents: 4, mode: 2 } as never });
    const { campaignGroupId } = settings;
    await mesh.sessions.openSession({ settings });
    const shown = await until(async () => {
      const { session } = await sessions.getSession({ campaignGroupId });
      return session?.agents === 4 ? session : undefined;
    });
    assert.deepEqual([shown?.agentsReady, shown?.inFlight, shown?.liveAnswers], [4, 0, 0]);
    await rejectsWith(
      stranger.sessions.getSession({ campaignGroupId }),
      status.NOT_FOUND,
      "ERROR_REASON_SESSION_NOT_FOUND",
    );
    await rejectsWith(
      sessions.getSession({ campaignGroupId: newId() }),
      status.NOT_FOUND,
      "ERROR_REASON_SESSION_NOT_FOUND",
    );
    await rejectsWith(
      sessions.getSession({ campaignGroupId: "x" }),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_FIELDS_INVALID",
    );
  });

  await file.test("CloseSession closes; again, or an unknown one, is closed already", async () => {
    const settings = dialing();
    const { campaignGroupId } = settings;
    await mesh.sessions.openSession({ settings });
    const { session } = await mesh.sessions.closeSession({ campaignGroupId });
    assert.ok(session?.state === CLOSING || session?.state === CLOSED);
    await until(async () => (await sessions.getSession({ campaignGroupId }).catch(() => "gone")) === "gone");
    assert.equal((await mesh.sessions.closeSession({ campaignGroupId })).session?.state, CLOSED);
    assert.equal((await mesh.sessions.closeSession({ campaignGroupId: newId() })).session, undefined);
    const { session: opened } = await mesh.sessions.openSession({ settings });
    assert.equal(opened?.state, OPEN);
    assert.ok((opened?.createTime ?? 0) > (session?.createTime ?? 0), "a new session");
  });

  await file.test("CloseSession says so at once when the session is opened again before it is quiet", async () => {
    const settings = dialing();
    const { campaignGroupId } = settings;
    await mesh.sessions.openSession({ settings });
    await at
      .database("dial")
      .everyTenant()
      .query("update dial.sessions set owner = 'elsewhere/1', owner_until = now() + interval '1 minute'");
    const closing = rejectsWith(
      mesh.sessions.closeSession({ campaignGroupId }),
      status.ABORTED,
      "ERROR_REASON_SESSION_OPENED_AGAIN",
    );
    await until(async () => (await sessions.getSession({ campaignGroupId })).session?.state === CLOSING);
    await mesh.sessions.openSession({ settings });
    await closing;
  });

  await file.test(
    "ListSessions returns those that are not closed, newest first, in pages without gap or repeat",
    async (t) => {
      const fresh = await office(t, at);
      const ids = [];
      for (let i = 0; i < 5; i++) {
        const settings = dialing();
        ids.unshift(settings.campaignGroupId);
        await fresh.mesh.sessions.openSession({ settings });
      }
      const listed = [];
      for (let pageToken = ""; ;) {
        const page = await fresh.sessions.listSessions({ pageSize: 2, pageToken });
        listed.push(...page.sessions.map(({ campaignGroupId }) => campaignGroupId));
        pageToken = page.nextPageToken;
        if (pageToken === "") break;
      }
      assert.deepEqual(listed, ids);
      await rejectsWith(
        fresh.sessions.listSessions({ pageSize: -1 }),
        status.INVALID_ARGUMENT,
        "ERROR_REASON_FIELDS_INVALID",
      );
    },
  );
});

test("without a provider for the channel OpenSession names the setting", async (t) => {
  const around = await world(t);
  const none = { DIAL_SMTP_URL: "", DIAL_SMPP_URL: "", DIAL_VOICE_ADAPTER: "", DIAL_SMTP_FROM: "" };
  const dial = await dialIn(t, around, none);
  const { openSession } = meshClient(t, dial.address, SessionServiceDefinition, newId());
  for (const [channel, setting] of [
    [1, "DIAL_VOICE_ADAPTER"],
    [2, "DIAL_SMPP_URL"],
    [3, "DIAL_SMTP_URL"],
  ] as const) {
    const told = await rejectsWith(
      openSession({ settings: dialing({ channel }) }),
      status.FAILED_PRECONDITION,
      "ERROR_REASON_PROVIDER_MISSING",
    );
    assert.equal(told.metadata["setting"], setting);
  }
});

test("two dialers never run the same session, and one takes over from the other", async (t) => {
  const around = await world(t);
  const first = await dialIn(t, around);
  const tenant = await office(t, around);
  const settings = dialing();
  await tenant.mesh.sessions.openSession({ settings });
  const owner = async () => {
    const { rows } = await around
      .database("dial")
      .everyTenant()
      .query<{ owner: string }>("select split_part(owner, '/', 1) as owner from dial.sessions");
    return rows[0]?.owner ?? "";
  };
  await until(async () => (await owner()) === "dialer-1");
  const second = await dialIn(t, around, { DIAL_NAME: "dialer-2", PORT: "0" });
  const other = meshClient(t, second.address, SessionServiceDefinition, tenant.tenantId);
  await other.openSession({ settings: { ...settings, messagesPerMinute: 5 } });
  assert.equal(await owner(), "dialer-1", "it stays with its owner");
  const { session } = await other.closeSession({ campaignGroupId: settings.campaignGroupId });
  assert.ok(session, "whoever is asked to close it waits for the owner");
  await other.openSession({ settings });
  await first.stop();
  await until(async () => (await owner()) === "dialer-2");
});
