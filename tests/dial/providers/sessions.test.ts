/** Campaigns through providers of their tenants: which one is used, what follows a change, and that tenants stay apart. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CampaignGroup } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import { DeliveryState } from "../../../gen/herald/common/v1/outcome.ts";
import { ProviderState } from "../../../gen/herald/dial/v1/provider.ts";
import { simulatorOptions, type Simulators, startSimulators } from "../../../deploy/simulators/simulators.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { cleanup, wholeFile } from "../../lib/cleanup.ts";
import { newId, rejectsWith, until, VOICE_AUDIENCE } from "../../lib/harness.ts";
import {
  attemptsOf,
  dialIn,
  emailGroup,
  emails,
  makeList,
  type Office,
  office,
  phones,
  smsGroup,
  startGroup,
  untilFinished,
  world,
} from "../boot.ts";
import { make, powerGroup, PROVIDER_SETTINGS, providersOf, smppKind, smtpKind, voiceKind } from "./tenants.ts";

/** A domain belongs to the tenant that uses it first. */
const newSender = () => `a@d${newId()}.example`;
const emailsAt = ({ inbox }: Simulators) => inbox.arrivals.counts().total;
const textsAt = ({ smsc }: Simulators) => smsc.arrivals.counts().total;
const callsAt = ({ voice }: Simulators) => voice.calls.counts().calls;

const SIMULATORS = { SIM_SMTP_PORT: "0", SIM_SMPP_PORT: "0", SIM_VOICE_PORT: "0", SIM_HTTP_PORT: "0" };

test("campaigns through providers of tenants", async (file) => {
  const at = await world(wholeFile);
  let dial = await dialIn(wholeFile, at, PROVIDER_SETTINGS);

  /** Carriers of a tenant's own, beside those of the operator. */
  async function carriers() {
    const own = await startSimulators(
      simulatorOptions({ ...SIMULATORS, HERALD_VOICE_KEY: VOICE_AUDIENCE.key, SIM_VOICE_SPEED: "200" }),
    );
    cleanup(wholeFile, () => own.stop());
    return own;
  }
  async function tenant() {
    const who = await office(wholeFile, at);
    return { who, providers: await providersOf(wholeFile, at, who.tenantId) };
  }
  const listOf = (who: Office, people: Parameters<typeof makeList>[2]) => makeList(at.database("lists"), who, people);
  /** Empty while the session is not open yet. */
  const stallOf = (who: Office, campaignGroupId: string) =>
    who.sessions.getSession({ campaignGroupId }).then(
      ({ session }) => session?.stallExplanation ?? "",
      () => "",
    );
  const run = async (who: Office, group: Partial<CampaignGroup>) => {
    const groupId = await startGroup(who, group);
    await untilFinished(who, groupId);
    return attemptsOf(who, groupId);
  };

  await file.test("a group that names a provider is sent through it, another through the operator's", async () => {
    const { who, providers } = await tenant();
    const own = await carriers();
    const { id: providerId } = await make(providers, {
      kind: smtpKind(own.addresses.smtp),
      defaultSender: "Shop <hello@shop.example>",
    });
    const list = await listOf(who, emails(5, newId()));
    const attempts = await run(who, emailGroup([list], { providerId }));
    assert.deepEqual(new Set(attempts.map((one) => one.providerId)), new Set([providerId]));
    assert.deepEqual(new Set(attempts.map((one) => one.ownAddress)), new Set(["Shop <hello@shop.example>"]));
    assert.equal(emailsAt(own), 5);
    const others = await run(who, emailGroup([await listOf(who, emails(3, newId()))]));
    assert.deepEqual(new Set(others.map((one) => one.providerId)), new Set([""]));
    assert.equal(emailsAt(own), 5);
    const state = async () => (await providers.getProvider({ providerId })).provider?.state;
    await until(async () => (await state()) === ProviderState.PROVIDER_STATE_UP);
  });

  await file.test("the default of a channel is used by groups that name none, for email, SMS and calls", async () => {
    const { who, providers } = await tenant();
    const own = await carriers();
    await make(providers, { kind: smtpKind(own.addresses.smtp), isDefault: true, defaultSender: newSender() });
    await make(providers, {
      kind: smppKind(own.addresses.smpp, { separateBinds: true, sourceTon: 5, sourceNpi: 0 }),
      isDefault: true,
      defaultSender: "Shop",
    });
    await make(providers, { kind: voiceKind(own.addresses.voice), isDefault: true });
    await run(who, emailGroup([await listOf(who, emails(2, newId()))]));
    const texted = await run(who, smsGroup([await listOf(who, phones(4))]));
    await run(who, powerGroup([await listOf(who, phones(3))]));
    assert.equal(emailsAt(own), 2);
    assert.equal(textsAt(own), 4);
    assert.equal(callsAt(own), 3);
    const states = texted.map(
      ({ outcome }) => outcome?.result?.$case === "deliveryState" && outcome.result.deliveryState,
    );
    assert.deepEqual(
      new Set(states),
      new Set([DeliveryState.DELIVERY_STATE_DELIVERED]),
      "receipts came over the receiver",
    );
  });

  await file.test(
    "a provider that is broken stalls its own campaign in words, and goes on when it is mended",
    async () => {
      const [a, b] = [await tenant(), await tenant()];
      const own = await carriers();
      const { id: providerId } = await make(a.providers, {
        name: "Own SMS",
        kind: smppKind(own.addresses.smpp, { password: "wrong" }),
      });
      const broken = await startGroup(a.who, smsGroup([await listOf(a.who, phones(3))], { providerId }));
      await until(async () =>
        /Provider “Own SMS”: The message centre refuses our bind \(0xe\)/.test(await stallOf(a.who, broken)),
      );
      const healthy = await run(b.who, smsGroup([await listOf(b.who, phones(3))]));
      assert.equal(healthy.length, 3);
      const found = (await a.providers.getProvider({ providerId })).provider;
      assert.equal(found?.state, ProviderState.PROVIDER_STATE_DOWN);
      assert.match(found?.trouble ?? "", /refuses our bind/);
      await a.providers.updateProvider({
        provider: { id: providerId, kind: smppKind(own.addresses.smpp, { password: "password" }) },
        updateMask: ["smpp.password"],
      });
      await untilFinished(a.who, broken);
      assert.equal(textsAt(own), 3);
      assert.equal((await attemptsOf(a.who, broken)).length, 3);
    },
  );

  await file.test("a running campaign moves with its provider's host, and nobody is written to twice", async () => {
    const { who, providers } = await tenant();
    const [first, second] = [await carriers(), await carriers()];
    const { id: providerId } = await make(providers, {
      kind: smtpKind(first.addresses.smtp),
      defaultSender: newSender(),
    });
    const people = emails(120, newId());
    const groupId = await startGroup(
      who,
      emailGroup([await listOf(who, people)], { providerId, messagesPerMinute: 1_200 }),
    );
    await until(() => emailsAt(first) > 5);
    await providers.updateProvider({ provider: { id: providerId, kind: smtpKind(second.addresses.smtp) } });
    await untilFinished(who, groupId, 60_000);
    assert.ok(emailsAt(second) > 5);
    assert.equal(emailsAt(first) + emailsAt(second), people.length);
    assert.equal(new Set((await attemptsOf(who, groupId)).map(({ contactInfo }) => contactInfo)).size, people.length);
  });

  await file.test(
    "the same message id at two centres is two messages: receipts go to the tenant whose centre sent them",
    async () => {
      const [a, b] = [await tenant(), await tenant()];
      const [one, other] = [await carriers(), await carriers()];
      one.smsc.settings.receiptDelayMs = 3_000;
      other.smsc.settings.receiptDelayMs = 3_000;
      other.smsc.settings.endings = { 0: "undeliverable", 1: "undeliverable", 2: "undeliverable", 3: "undeliverable" };
      const start = async ({ who, providers }: typeof a, { addresses }: typeof one) => {
        const { id: providerId } = await make(providers, { kind: smppKind(addresses.smpp) });
        return startGroup(who, smsGroup([await listOf(who, phones(4))], { providerId }));
      };
      const [first, second] = [await start(a, one), await start(b, other)];
      await Promise.all([untilFinished(a.who, first), untilFinished(b.who, second)]);
      const idsOf = async (who: Office, groupId: string) =>
        (await attemptsOf(who, groupId)).map((sent) => sent.providerMessageId).sort();
      assert.deepEqual(await idsOf(a.who, first), await idsOf(b.who, second), "the simulators count alike");
      const statesOf = async (who: Office, groupId: string) =>
        new Set((await attemptsOf(who, groupId)).map(({ providerStatus }) => providerStatus.split(" ")[0]));
      assert.deepEqual(await statesOf(a.who, first), new Set(["DELIVRD"]));
      assert.deepEqual(await statesOf(b.who, second), new Set(["UNDELIV"]));
    },
  );

  await file.test(
    "STOP to a tenant's own centre is that tenant's alone, also of a stranger and after its campaign",
    async () => {
      const [mine, theirs] = [await tenant(), await tenant()];
      const own = await carriers();
      const { id: providerId } = await make(mine.providers, {
        kind: smppKind(own.addresses.smpp),
        defaultSender: "45678",
      });
      const [ann, bob] = phones(2) as [{ phone: string }, { phone: string }];
      await run(mine.who, smsGroup([await listOf(mine.who, [ann])], { providerId }));
      await run(
        theirs.who,
        smsGroup([await listOf(theirs.who, [ann])], { content: { from: "45678", subject: "", text: "Hi", html: "" } }),
      ).catch(() => []);
      const optedOut = async (who: Office) =>
        (await who.suppression.listSuppressionLists({})).suppressionLists.reduce(
          (sum, list) => sum + list.entryCount,
          0,
        );
      const before = await optedOut(theirs.who);
      await dial.stop();
      dial = await dialIn(wholeFile, at, PROVIDER_SETTINGS);
      await until(() => own.smsc.bound() > 0); // no session uses it any more
      await own.smsc.inbound({ from: bob.phone, to: "45678", text: "STOP" });
      await until(async () => (await optedOut(mine.who)) > 0);
      assert.equal(await optedOut(theirs.who), before);
    },
  );

  await file.test(
    "a provider that a running campaign uses cannot be deleted, and the refusal names the campaign",
    async () => {
      const { who, providers } = await tenant();
      const own = await carriers();
      const { id: providerId } = await make(providers, {
        kind: smtpKind(own.addresses.smtp),
        defaultSender: newSender(),
      });
      const group = emailGroup([await listOf(who, emails(500, newId()))], {
        providerId,
        messagesPerMinute: 60,
        name: "Long one",
      });
      const campaignGroupId = await startGroup(who, group);
      await until(() => emailsAt(own) > 0);
      const refused = await rejectsWith(
        providers.deleteProvider({ providerId }),
        status.FAILED_PRECONDITION,
        "ERROR_REASON_PROVIDER_IN_USE",
      );
      assert.match(refused.message, /“Long one”/);
      await providers.updateProvider({ provider: { id: providerId, disabled: true } });
      await until(async () => /is disabled\. Enable it, or name another one/.test(await stallOf(who, campaignGroupId)));
      await who.groups.stopCampaignGroup({ campaignGroupId });
      await until(async () =>
        providers.deleteProvider({ providerId }).then(
          () => true,
          () => false,
        ),
      );
    },
  );

  await file.test(
    "a group cannot name a provider that is missing, disabled, of another channel or another tenant",
    async () => {
      const [mine, theirs] = [await tenant(), await tenant()];
      const own = await carriers();
      const list = await listOf(mine.who, emails(1, newId()));
      const named = (providerId: string) =>
        mine.who.groups.createCampaignGroup({ campaignGroup: emailGroup([list], { providerId }) });
      const unusable = async (providerId: string, words: RegExp) => {
        const { fields } = await rejectsWith(
          named(providerId),
          status.FAILED_PRECONDITION,
          "ERROR_REASON_PROVIDER_UNUSABLE",
        );
        assert.equal(fields[0]?.field, "campaign_group.provider_id");
        assert.match(fields[0]?.description ?? "", words);
      };
      const sender = { defaultSender: newSender() };
      await unusable(newId(), /no such provider/);
      await unusable((await make(theirs.providers, { kind: smtpKind(own.addresses.smtp) })).id, /no such provider/);
      await unusable((await make(mine.providers, { kind: smppKind(own.addresses.smpp) })).id, /for another channel/);
      await unusable(
        (await make(mine.providers, { kind: smtpKind(own.addresses.smtp), disabled: true, ...sender })).id,
        /is disabled/,
      );
      await unusable((await make(mine.providers, { kind: smtpKind(own.addresses.smtp) })).id, /no default sender/);
      await rejectsWith(named("x"), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
      await named((await make(mine.providers, { kind: smtpKind(own.addresses.smtp), ...sender })).id);
    },
  );

  await file.test(
    "calls that an adapter has are not asked of another: after a change of provider their fate is unknown",
    async () => {
      const { who, providers } = await tenant();
      const [first, second] = [await carriers(), await carriers()];
      const { id: providerId } = await make(providers, { kind: voiceKind(first.addresses.voice), isDefault: true });
      const list = await listOf(who, phones(3));
      const groupId = await startGroup(who, powerGroup([list]));
      await until(() => callsAt(first) > 0);
      await dial.stop();
      const dialDb = at.database("dial").everyTenant();
      await dialDb.query(
        "update dial.providers set account_version = account_version + 1, account = account || jsonb_build_object('address', $2::text) where id = $1",
        [providerId, second.addresses.voice],
      );
      dial = await dialIn(wholeFile, at, PROVIDER_SETTINGS);
      await untilFinished(who, groupId, 60_000);
      const attempts = await attemptsOf(who, groupId);
      assert.equal(attempts.length, 3);
      assert.ok(callsAt(first) + callsAt(second) <= 3, "nobody is called twice");
    },
  );

  await file.test("the operator's providers are for those whom a setting names", async (t) => {
    const { who, providers } = await tenant();
    const list = await listOf(who, emails(2, newId()));
    await dial.stop();
    dial = await dialIn(wholeFile, at, { ...PROVIDER_SETTINGS, DIAL_OPERATORS_PROVIDERS_FOR: newId() });
    t.after(() => dial.stop());
    const groupId = await startGroup(who, emailGroup([list]));
    const problem = async () =>
      JSON.stringify((await who.groups.getCampaignGroup({ campaignGroupId: groupId })).progress);
    await until(async () => /no default provider for this channel/.test(await problem()));
    const own = await carriers();
    await make(providers, { kind: smtpKind(own.addresses.smtp), isDefault: true, defaultSender: newSender() });
    await untilFinished(who, groupId, 60_000);
    assert.equal(emailsAt(own), 2);
  });
});
