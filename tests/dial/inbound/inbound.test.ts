/** Messages from phones, on their way from the message centre to the suppression lists: each finds its tenant, and no opt-out is lost. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type CampaignGroup, CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { DialingMode, VoiceSettings } from "../../../gen/herald/campaigns/v1/voice_settings.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { RefusalReason, Verdict } from "../../../gen/herald/compliance/v1/decision.ts";
import { HeldMessageServiceDefinition } from "../../../gen/herald/dial/v1/held_message_service.ts";
import { HeldReason } from "../../../gen/herald/dial/v1/held_message.ts";
import { SenderServiceDefinition } from "../../../gen/herald/dial/v1/sender_service.ts";
import { errorDetails } from "../../../svc/lib/errors/error-details.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { OptOutScope } from "../../../gen/herald/dial/v1/opt_out.ts";
import { OptOutServiceDefinition } from "../../../gen/herald/dial/v1/opt_out_service.ts";
import { type Owner, wholeFile } from "../../lib/cleanup.ts";
import { meshClient, newId, rejectsWith, until, userClient } from "../../lib/harness.ts";
import {
  boot,
  dialIn,
  makeList,
  type Office,
  office as newOffice,
  progressOf,
  smsGroup,
  startGroup,
  untilFinished,
  type DialWorld,
  world,
} from "../boot.ts";

/** A tenant whose opt-outs hold for the number alone: these tests are about who is meant, and not about how far it reaches. */
async function office(t: Owner, at: DialWorld): Promise<Office> {
  const tenant = await newOffice(t, at);
  const policy = meshClient(t, at.addresses.dial, OptOutServiceDefinition, tenant.tenantId);
  // A read is tried again until there is a connection; a change is not.
  await policy.getOptOutPolicy({});
  await policy.updateOptOutPolicy({ optOutPolicy: { scope: OptOutScope.OPT_OUT_SCOPE_CHANNEL } });
  return tenant;
}

/** The numbers that are suppressed for a tenant because their owners opted out. */
async function optedOut({ suppression }: Office): Promise<string[]> {
  const { suppressionLists } = await suppression.listSuppressionLists({});
  const pages = await Promise.all(
    suppressionLists.map(({ id }) => suppression.listEntries({ suppressionListId: id, pageSize: 500 })),
  );
  return pages.flatMap(({ entries }) => entries.map(({ value }) => value)).sort();
}

const untilOptedOut = (tenant: Office, numbers: string[]) =>
  until(async () => (await optedOut(tenant)).join() === numbers.toSorted().join(), {
    what: `opted out: ${numbers.join()}`,
  });

/** Sends an SMS to each number, from `from` or the provider's default. */
async function writeTo(at: DialWorld, tenant: Office, numbers: string[], from = "") {
  const listId = await makeList(
    at.database("lists"),
    tenant,
    numbers.map((phone) => ({ phone })),
  );
  const content = { from, subject: "", text: "Hello {{ first_name }}", html: "" };
  await untilFinished(tenant, await startGroup(tenant, smsGroup([listId], { content })));
}

/** Expects that a start with another tenant's sender is refused before anything is loaded, with the field and what to do. */
async function refusesStart(at: DialWorld, tenant: Office, group: Partial<CampaignGroup>, field: string) {
  const listId = await makeList(at.database("lists"), tenant, [{ phone: "+12125551503" }]);
  const made = await tenant.groups.createCampaignGroup({ campaignGroup: { ...group, contactListIds: [listId] } });
  const campaignGroupId = made.campaignGroup?.id ?? "";
  const { senderProblem } = await tenant.groups.previewStart({ campaignGroupId });
  const words = `${field}: Another tenant holds the sender`;
  assert.ok(senderProblem.startsWith(words), senderProblem);
  const refused = await tenant.groups.startCampaignGroup({ campaignGroupId }).then(
    () => undefined,
    (error: unknown) => errorDetails(error),
  );
  assert.deepEqual([refused?.reason, refused?.fields[0]?.field], ["ERROR_REASON_SENDER_TAKEN", field]);
  assert.match(refused?.message ?? "", /Name one of your own, or leave it empty/);
  const { campaignGroup } = await tenant.groups.getCampaignGroup({ campaignGroupId });
  assert.equal(campaignGroup?.state, CampaignGroupState.CAMPAIGN_GROUP_STATE_NOT_LOADED);
}

const platform = (t: Parameters<typeof userClient>[0], at: DialWorld) =>
  userClient(t, at.addresses.dial, HeldMessageServiceDefinition, {
    tenantId: newId(),
    permissions: ["platform.read", "platform.write"],
  });

test("a STOP is held whoever wrote what to which number", async (file) => {
  const at = await boot(wholeFile);
  const { smsc } = at.simulators;

  await file.test("from national and foreign ways of writing a number, to every way of writing ours", async (t) => {
    const tenant = await office(t, at);
    const cases: [string, { from: string; to: string; fromType?: number; toType?: number }][] = [
      ["+12125551123", { from: "2125551123", to: "12125550199" }],
      ["+12125551124", { from: "12125551124", to: "12125550199" }],
      ["+12125551125", { from: "12125551125", to: "2125550199" }],
      ["+12125551126", { from: "0012125551126", to: "12125550199" }],
      ["+12125551127", { from: "tel:+12125551127", to: "12125550199" }],
      ["+12125551128", { from: "12125551128", to: "0012125550199" }],
      ["+12125551129", { from: "2125551129", to: "2125550199", fromType: 2, toType: 2 }],
      ["+12125551130", { from: "12125551130", to: "12125550199", fromType: 1, toType: 1 }],
      ["+12125551131", { from: "12125551131;phone-context=+1", to: "tel:+12125550199" }],
    ];
    await writeTo(
      at,
      tenant,
      cases.map(([number]) => number),
      "+12125550199",
    );
    for (const [, message] of cases) await smsc.inbound({ ...message, text: "STOP" });
    await untilOptedOut(
      tenant,
      cases.map(([number]) => number),
    );
  });

  await file.test("in Britain a national number is one of Britain", async (t) => {
    const tenant = await office(t, at);
    await writeTo(at, tenant, ["+447700900123"], "+447700900199");
    await smsc.inbound({ from: "07700900123", to: "447700900199", text: "Stop. Thank you" });
    await untilOptedOut(tenant, ["+447700900123"]);
  });

  await file.test(
    "an opt-out to a number that several have used holds for all of them, and only one hears the message",
    async (t) => {
      const [first, second, third] = [await office(t, at), await office(t, at), await office(t, at)];
      await writeTo(at, first, ["+12125551201"]);
      await writeTo(at, second, ["+12125551201"]);
      await writeTo(at, third, ["+12125551209"], "+12125550188");
      await smsc.inbound({ from: "12125551201", to: "12345", text: "UNSUB" });
      await untilOptedOut(first, ["+12125551201"]);
      await untilOptedOut(second, ["+12125551201"]);
      assert.deepEqual(await optedOut(third), []);
      const heard = async (tenant: Office) =>
        (await tenant.interactions.searchInteractions({ contactInfo: "+12125551201", direction: 2 })).interactions
          .length;
      await until(async () => (await heard(second)) === 1);
      assert.equal(await heard(first), 0);
    },
  );

  await file.test(
    "an opt-out to a number that nobody knows holds for every tenant that ever wrote to the person",
    async (t) => {
      const [first, second] = [await office(t, at), await office(t, at)];
      await writeTo(at, first, ["+12125551301"], "+12125550301");
      await writeTo(at, second, ["+12125551301"], "+12125550302");
      await smsc.inbound({ from: "12125551301", to: "12125550999", text: "Stop" });
      await untilOptedOut(first, ["+12125551301"]);
      await untilOptedOut(second, ["+12125551301"]);
      const { heldMessages } = await (await platform(t, at)).listHeldMessages({});
      assert.deepEqual(
        [heldMessages[0]?.reason, heldMessages[0]?.optedOutTenants],
        [HeldReason.HELD_REASON_OPT_OUT, 2],
      );
    },
  );

  await file.test("what is nobody's waits for a person, and can be put away", async (t) => {
    const held = await platform(t, at);
    const texts = ["Stop", "Who is this?", "More"];
    const [somebody, another] = [await office(t, at), await office(t, at)];
    await writeTo(at, somebody, ["+12125551311"], "+12125550311");
    await writeTo(at, another, ["+12125551312"], "+12125550312");
    for (const text of texts) await smsc.inbound({ from: "12125559999", to: "12125550998", text });
    // Nobody knows for whom the refusal is meant, so it holds for everybody who dials.
    for (const tenant of [somebody, another]) await untilOptedOut(tenant, ["+12125559999"]);
    await smsc.deliver({
      source_addr: "12125559999",
      destination_addr: "12125550998",
      esm_class: 4,
      short_message: Buffer.from("well delivered"),
    });
    const first = await held.listHeldMessages({ pageSize: 2 });
    const next = await held.listHeldMessages({ pageSize: 2, pageToken: first.nextPageToken });
    assert.deepEqual(
      [...first.heldMessages, ...next.heldMessages].map(({ text, reason, fromAddress }) => [text, reason, fromAddress]),
      [
        ["well delivered", HeldReason.HELD_REASON_RECEIPT_UNREADABLE, "12125559999"],
        ["More", HeldReason.HELD_REASON_STRANGER, "12125559999"],
        ["Who is this?", HeldReason.HELD_REASON_STRANGER, "12125559999"],
        ["Stop", HeldReason.HELD_REASON_OPT_OUT, "12125559999"],
      ],
    );
    const heldMessageId = first.heldMessages[0]?.id ?? "";
    await held.deleteHeldMessage({ heldMessageId });
    await rejectsWith(
      held.deleteHeldMessage({ heldMessageId }),
      status.NOT_FOUND,
      "ERROR_REASON_HELD_MESSAGE_NOT_FOUND",
    );
    await rejectsWith(held.listHeldMessages({ pageSize: -1 }), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
    const nobody = await userClient(t, at.addresses.dial, HeldMessageServiceDefinition, {
      tenantId: newId(),
      permissions: ["attempts.read"],
    });
    await rejectsWith(nobody.listHeldMessages({}), status.PERMISSION_DENIED);
  });

  await file.test("a word in two parts is read as one, in whichever order they come", async (t) => {
    const tenant = await office(t, at);
    await writeTo(at, tenant, ["+12125551401"], "+12125550199".replace("0199", "0141"));
    const part = (hex: string) =>
      smsc.deliver({
        source_addr: "12125551401",
        destination_addr: "12125550141",
        esm_class: 0x40,
        data_coding: 0,
        short_message: Buffer.from(hex, "hex"),
      });
    await part("0500032a0202" + Buffer.from("OP").toString("hex"));
    assert.deepEqual(await optedOut(tenant), []);
    await part("0500032a0201" + Buffer.from("ST").toString("hex"));
    await untilOptedOut(tenant, ["+12125551401"]);
  });

  await file.test("a sender belongs to the tenant that used it first, until that gives it up", async (t) => {
    const [first, second] = [await office(t, at), await office(t, at)];
    const senders = async ({ tenantId }: Office) =>
      userClient(t, at.addresses.dial, SenderServiceDefinition, {
        tenantId,
        permissions: ["sessions.read", "campaigns.write"],
      });
    const [ofFirst, ofSecond] = [await senders(first), await senders(second)];
    await writeTo(at, first, ["+12125551501"], "+12125550151");
    const text = { subject: "", text: "Hello", html: "" };
    for (const from of ["+12125550151", "12125550151", "2125550151"])
      await refusesStart(at, second, smsGroup([], { content: { from, ...text } }), "campaign_group.content.from");
    const voice = { mode: DialingMode.DIALING_MODE_POWER, callsPerMinute: 10, callerId: "+12125550151" };
    const calls = { name: newId(), channel: Channel.CHANNEL_VOICE, voice: VoiceSettings.fromPartial(voice) };
    await refusesStart(at, second, calls, "campaign_group.voice.caller_id");

    smsc.settings.endings["1599"] = "no_receipt";
    const listId = await makeList(at.database("lists"), second, [{ phone: "+12125551599" }]);
    const running = await startGroup(second, smsGroup([listId], { content: { from: "+12125550159", ...text } }));
    await until(async () => (await progressOf(second, running)).attempted === 1);
    const changed = second.groups.updateCampaignGroup({
      campaignGroup: { id: running, content: { from: "+12125550151", ...text } },
      updateMask: ["content"],
    });
    await rejectsWith(changed, status.FAILED_PRECONDITION, "ERROR_REASON_SENDER_TAKEN");
    await rejectsWith(
      ofSecond.claimSender({ sender: "(212) 555-0151" }),
      status.FAILED_PRECONDITION,
      "ERROR_REASON_SENDER_TAKEN",
    );
    const { senders: held } = await ofFirst.listSenders({});
    assert.deepEqual(
      held.map(({ address, claimTime }) => [address, claimTime !== undefined]),
      [["+12125550151", true]],
    );
    assert.deepEqual(
      (await ofSecond.listSenders({})).senders.map(({ address }) => address),
      ["+12125550159"],
    );
    await ofFirst.releaseSender({ sender: "+12125550151" });
    await writeTo(at, second, ["+12125551502"], "+12125550151");
    await rejectsWith(
      ofFirst.claimSender({ sender: "+12125550151" }),
      status.FAILED_PRECONDITION,
      "ERROR_REASON_SENDER_TAKEN",
    );
    await smsc.inbound({ from: "12125551502", to: "12125550151", text: "STOP" });
    await untilOptedOut(first, ["+12125551502"]);
    await untilOptedOut(second, ["+12125551502"]);
  });

  await file.test(
    "names, short codes and domains are claimed too; a claim twice is one; pages have no gap",
    async (t) => {
      const { tenantId } = await office(t, at);
      const mine = await userClient(t, at.addresses.dial, SenderServiceDefinition, {
        tenantId,
        permissions: ["sessions.read", "campaigns.write"],
      });
      const other = await userClient(t, at.addresses.dial, SenderServiceDefinition, {
        tenantId: newId(),
        permissions: ["sessions.read", "campaigns.write"],
      });
      for (const sender of ["Blue Shop", "54321", "News <news@bücher.example>", "+442079460000", "blue shop"])
        await mine.claimSender({ sender });
      for (const sender of ["BLUE SHOP", "54321", "x@xn--bcher-kva.example"])
        await rejectsWith(other.claimSender({ sender }), status.FAILED_PRECONDITION, "ERROR_REASON_SENDER_TAKEN");
      await rejectsWith(mine.claimSender({ sender: "" }), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
      await rejectsWith(
        mine.claimSender({ sender: "no@address@here" }),
        status.INVALID_ARGUMENT,
        "ERROR_REASON_FIELDS_INVALID",
      );
      const first = await mine.listSenders({ pageSize: 3 });
      const next = await mine.listSenders({ pageSize: 3, pageToken: first.nextPageToken });
      assert.deepEqual(
        [...first.senders, ...next.senders].map(({ address }) => address),
        ["+442079460000", "54321", "BLUE SHOP", "xn--bcher-kva.example"],
      );
    },
  );
});

test("with the settings of a new installation, no sender set, a STOP holds for whoever wrote", async (t) => {
  const around = await world(t);
  await dialIn(t, around, { DIAL_SMPP_FROM: "" });
  const [first, second] = [await office(t, around), await office(t, around)];
  await writeTo(around, first, ["+12125551123"]);
  await writeTo(around, second, ["+12125551124"]);
  await around.simulators.smsc.inbound({ from: "2125551123", to: "12125550199", text: "STOP" });
  await untilOptedOut(first, ["+12125551123"]);
  assert.deepEqual(await optedOut(second), []);
  const { decision } = await until(async () => {
    const check = { attemptId: newId(), channel: Channel.CHANNEL_SMS, contactInfo: "+12125551123", country: "US" };
    const answer = await first.mesh.checks.checkAttempt({ check });
    return answer.decision?.reason === RefusalReason.REFUSAL_REASON_SUPPRESSED_DEVICE && answer;
  });
  assert.equal(decision?.verdict, Verdict.VERDICT_REFUSED);
});
