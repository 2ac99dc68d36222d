/** Whole groups, from start to finish, through the real services and the simulated carriers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DeliveryState as D } from "../../../gen/herald/common/v1/outcome.ts";
import { AttemptState } from "../../../gen/herald/dial/v1/attempt.ts";
import { until } from "../../lib/harness.ts";
import {
  attemptsOf,
  boot,
  emailGroup,
  emails,
  makeList,
  office,
  phones,
  progressOf,
  smsGroup,
  startGroup,
  untilFinished,
} from "../boot.ts";

test("groups are sent", async (file) => {
  const at = await boot(file);
  const listsDb = at.database("lists");

  await file.test(
    "every contact of an email group gets one email, written for it, and everybody is told",
    async (t) => {
      const tenant = await office(t, at);
      const people = [...emails(120), { email: "bounce+x@example.com" }, { email: "defer+y@example.com" }];
      const groupId = await startGroup(tenant, emailGroup([await makeList(listsDb, tenant, people)]));
      const progress = await untilFinished(tenant, groupId);
      assert.deepEqual(progress.attemptsByResult, { sent: 120, hard_bounce: 1, deferred: 1 });
      const { arrivals } = at.simulators.inbox;
      assert.deepEqual(
        [arrivals.counts().total, arrivals.counts().recipients, arrivals.counts().duplicates],
        [120, 120, 0],
      );
      assert.match(
        arrivals.list({ to: "user0@example.com", limit: 1 })[0]?.raw ?? "",
        /Subject: For Ann1\r\n[\s\S]*\r\n\r\nHello Ann1\r\n$/,
      );

      const attempts = await attemptsOf(tenant, groupId);
      assert.equal(attempts.length, 122);
      const isEnded = ({ state, createTime, endTime }: (typeof attempts)[number]) =>
        state === AttemptState.ATTEMPT_STATE_ENDED && createTime && endTime;
      assert.ok(attempts.every(isEnded));
      const bounced = attempts.find(({ contactInfo }) => contactInfo === "bounce+x@example.com");
      assert.deepEqual(bounced?.outcome?.result, {
        $case: "deliveryState",
        deliveryState: D.DELIVERY_STATE_HARD_BOUNCE,
      });
      assert.deepEqual([bounced?.providerStatus, bounced?.ownAddress], ["550 5.1.1", "Herald <news@example.com>"]);

      const history = await until(async () => {
        const { interactions } = await tenant.interactions.searchInteractions({ contactInfo: "user0@example.com" });
        return interactions.find(({ outcome }) => outcome);
      });
      assert.deepEqual(
        [history?.subject, history?.text, history?.campaignGroupId],
        ["For Ann1", "Hello Ann1", groupId],
      );
    },
  );

  await file.test("SMS end by their receipts, and the centre's refusals at once", async (t) => {
    const tenant = await office(t, at);
    const before = at.simulators.smsc.arrivals.counts().total;
    const odd = ["91", "92", "93", "94"].map((ending) => ({ phone: `+121255577${ending}` }));
    const groupId = await startGroup(tenant, smsGroup([await makeList(listsDb, tenant, [...phones(150), ...odd])]));
    const progress = await untilFinished(tenant, groupId);
    assert.deepEqual(progress.attemptsByResult, { delivered: 150, undeliverable: 2, expired: 1, rejected: 1 });
    assert.equal(at.simulators.smsc.arrivals.counts().total - before, 153);
    assert.equal(at.simulators.smsc.arrivals.counts().duplicates, 0);
    const [refused] = (await tenant.attempts.listAttempts({ campaignGroupId: groupId, contactInfo: "+12125557794" }))
      .attempts;
    assert.deepEqual([refused?.providerStatus, refused?.ownAddress], ["0x0b", "12345"]);
    const [delivered] = (
      await tenant.attempts.listAttempts({ campaignGroupId: groupId, result: "delivered", pageSize: 1 })
    ).attempts;
    assert.ok(delivered?.sendTime && delivered.endTime && delivered.providerMessageId !== "");
    assert.deepEqual(delivered.zones, ["America/New_York"], "where the number is");
  });

  await file.test(
    "odd spaces and decomposed accents cost no second part, and typographic signs neither where that is wished",
    async (t) => {
      const tenant = await office(t, at);
      const text =
        "Hola Jose\u0301, su cita es man\u0303ana a las 9:00.\u00a0Responda STOP para no recibir mas\u2009\u2026";
      for (const [plainSigns, expected] of [
        [false, { dataCoding: 8, parts: 2, text: undefined }],
        [
          true,
          {
            dataCoding: 0,
            parts: 1,
            text: "Hola José, su cita es mañana a las 9:00. Responda STOP para no recibir mas ...",
          },
        ],
      ] as const) {
        const person = { phone: `+1212555895${Number(plainSigns)}` };
        const content = { from: "", subject: "", text, html: "", plainSigns };
        await untilFinished(
          tenant,
          await startGroup(tenant, smsGroup([await makeList(listsDb, tenant, [person])], { content })),
        );
        const arrived = at.simulators.smsc.arrivals.list({ to: person.phone, limit: 5 });
        assert.deepEqual(
          arrived.map(({ dataCoding, parts }) => [dataCoding, parts]),
          Array.from({ length: expected.parts }, () => [expected.dataCoding, expected.parts]),
        );
        if (expected.text !== undefined) assert.equal(arrived[0]?.text, expected.text);
      }
    },
  );

  await file.test("what must not be sent is refused, kept and told: suppressed, gone, faulty", async (t) => {
    const tenant = await office(t, at);
    const [held, gone, plain] = [{ phone: "+12125558800" }, { phone: "+12125558801" }, { phone: "+12125558802" }];
    const listId = await makeList(listsDb, tenant, [held, gone, plain]);
    const content = {
      from: "",
      subject: "",
      text: "{% if first_name != 'Ann2' %}Hi {{ first_name }}{% endif %}",
      html: "",
    };
    const { campaignGroup } = await tenant.groups.createCampaignGroup({
      campaignGroup: smsGroup([listId], { content }),
    });
    const groupId = campaignGroup?.id ?? "";
    await tenant.groups.loadCampaignGroup({ campaignGroupId: groupId });
    await until(async () => (await progressOf(tenant, groupId)).due === 3);
    // People who are suppressed before loading are left out. This one is suppressed when the queue already exists.
    const suppressionListId = await suppress(tenant, [held.phone]);
    await until(() => tenant.groups.startCampaignGroup({ campaignGroupId: groupId }).catch(() => undefined));
    const progress = await untilFinished(tenant, groupId);
    assert.deepEqual(progress.refusedByReason, { suppressed_device: 1, content_invalid: 1 });
    const reasons = async (result: string) =>
      (await tenant.attempts.listAttempts({ campaignGroupId: groupId, result })).attempts;
    const [suppressed] = await reasons("suppressed_device");
    assert.deepEqual(
      [suppressed?.state, suppressed?.ruleId, suppressed?.contactInfo],
      [AttemptState.ATTEMPT_STATE_REFUSED, suppressionListId, held.phone],
    );
    assert.equal((await reasons("content_invalid"))[0]?.contactInfo, gone.phone);
    assert.deepEqual(at.simulators.smsc.arrivals.recipients()[held.phone], undefined);
    const [refusal] = (await tenant.interactions.searchInteractions({ contactInfo: held.phone })).interactions;
    assert.equal(refusal?.refusalReason, "suppressed_device");
  });

  await file.test("a record that is gone when its turn comes is refused as such", async (t) => {
    const tenant = await office(t, at);
    const listId = await makeList(listsDb, tenant, phones(3));
    const { campaignGroup } = await tenant.groups.createCampaignGroup({ campaignGroup: smsGroup([listId]) });
    const campaignGroupId = campaignGroup?.id ?? "";
    await tenant.groups.loadCampaignGroup({ campaignGroupId });
    await until(async () => (await progressOf(tenant, campaignGroupId)).due === 3);
    await listsDb
      .tenant(tenant.tenantId)
      .query("delete from lists.records where tenant_id = $1 and contact_list_id = $2 and source_line = 2", [
        tenant.tenantId,
        listId,
      ]);
    await until(() => tenant.groups.startCampaignGroup({ campaignGroupId }).catch(() => undefined));
    const progress = await untilFinished(tenant, campaignGroupId);
    assert.deepEqual([progress.attemptsByResult, progress.refusedByReason], [{ delivered: 2 }, { record_gone: 1 }]);
  });

  await file.test(
    "STOP holds from its acknowledgement on, in a list of its own; other words are only kept",
    async (t) => {
      const tenant = await office(t, at);
      const [stopper, chatter] = [{ phone: "+12125559900" }, { phone: "+12125559901" }];
      const listId = await makeList(listsDb, tenant, [stopper, chatter]);
      await untilFinished(tenant, await startGroup(tenant, smsGroup([listId])));
      await at.simulators.smsc.inbound({ from: stopper.phone, to: "12345", text: " stop! " });
      await at.simulators.smsc.inbound({ from: chatter.phone, to: "12345", text: "Please don't stop" });
      const { suppressionLists } = await until(async () => {
        const page = await tenant.suppression.listSuppressionLists({});
        return page.suppressionLists.some(({ entryCount }) => entryCount > 0) && page;
      });
      assert.deepEqual(
        suppressionLists.map(({ name, required, entryCount }) => `${name} ${required} ${entryCount}`).toSorted(),
        ["Opt-outs (all channels) true 1", "Opt-outs (all channels, clients) true 1"],
      );
      const again = await untilFinished(tenant, await startGroup(tenant, smsGroup([listId])));
      assert.deepEqual([again.attemptsByResult, again.leftOutByReason], [{ delivered: 1 }, { suppressed_device: 1 }]);
      const heard = await until(async () => {
        const { interactions } = await tenant.interactions.searchInteractions({
          contactInfo: chatter.phone,
          direction: 2,
        });
        return interactions[0];
      });
      assert.deepEqual([heard?.text, heard?.ownAddress], ["Please don't stop", "12345"]);
    },
  );

  await file.test(
    "what is suppressed holds for messages that wait for the provider, though they were checked",
    async (t) => {
      const tenant = await office(t, at);
      const { smsc } = at.simulators;
      const people = Array.from({ length: 60 }, (_, i) => ({ phone: `+12125556${String(i).padStart(3, "0")}` }));
      const listId = await makeList(listsDb, tenant, people);
      const arrived = () => Object.keys(smsc.arrivals.recipients()).filter((to) => to.startsWith("+12125556")).length;
      smsc.settings.ratePerSecond = 10;
      const groupId = await startGroup(tenant, smsGroup([listId]));
      await until(() => arrived() > 2, { everyMs: 5 });
      await suppress(
        tenant,
        people.map(({ phone }) => phone),
      );
      const begun = performance.now();
      await until(() => performance.now() - begun > 1_000);
      const afterOneSecond = arrived();
      smsc.settings.ratePerSecond = 0;
      const progress = await untilFinished(tenant, groupId);
      assert.equal(arrived(), afterOneSecond, "nobody is reached a second after the suppression");
      assert.deepEqual(progress.refusedByReason, { suppressed_device: 60 - afterOneSecond });
    },
  );

  await file.test("a group keeps its pace", async (t) => {
    const tenant = await office(t, at);
    const groupId = await startGroup(
      tenant,
      smsGroup([await makeList(listsDb, tenant, phones(200))], { messagesPerMinute: 600 }),
    );
    await until(async () => (await progressOf(tenant, groupId)).attempts >= 5);
    const begun = performance.now();
    const first = (await progressOf(tenant, groupId)).attempts;
    await until(async () => (await progressOf(tenant, groupId)).attempts >= first + 20);
    const seconds = (performance.now() - begun) / 1_000;
    assert.ok(seconds > 1.2, `20 messages at ten a second took ${seconds} s`);
    await tenant.groups.stopCampaignGroup({ campaignGroupId: groupId });
  });

  await file.test("a pace that is raised holds within seconds, however slow it was", async (t) => {
    const tenant = await office(t, at);
    const people = [await makeList(listsDb, tenant, phones(60))];
    const groupId = await startGroup(tenant, smsGroup(people, { messagesPerMinute: 1 }));
    await until(async () => (await progressOf(tenant, groupId)).attempts > 0);
    const raised = { id: groupId, messagesPerMinute: 6_000 };
    await tenant.groups.updateCampaignGroup({ campaignGroup: raised, updateMask: ["messages_per_minute"] });
    await untilFinished(tenant, groupId, 15_000);
  });

  await file.test("a paused group sends nothing more, and goes on where it was", async (t) => {
    const tenant = await office(t, at);
    const people = emails(800, "pause");
    const groupId = await startGroup(tenant, emailGroup([await makeList(listsDb, tenant, people)]));
    const arrived = () =>
      Object.keys(at.simulators.inbox.arrivals.recipients()).filter((to) => to.startsWith("pause")).length;
    await until(() => arrived() > 50, { everyMs: 1 });
    await tenant.groups.pauseCampaignGroup({ campaignGroupId: groupId });
    const { session } = await tenant.mesh.sessions.closeSession({ campaignGroupId: groupId });
    await until(async () => (await attemptsOf(tenant, groupId, AttemptState.ATTEMPT_STATE_INTENDED)).length === 0);
    const atPause = arrived();
    assert.ok(atPause < 800, `${atPause} had arrived`);
    await until(
      async () =>
        !(await tenant.sessions.listSessions({})).sessions.some(({ campaignGroupId }) => campaignGroupId === groupId),
    );
    assert.equal(arrived(), atPause, "nothing arrived after the pause");
    assert.equal(session?.campaignGroupId, groupId);
    await tenant.groups.resumeCampaignGroup({ campaignGroupId: groupId });
    const progress = await untilFinished(tenant, groupId);
    assert.deepEqual(progress.attemptsByResult, { sent: 800 });
    assert.deepEqual([arrived(), at.simulators.inbox.arrivals.counts().duplicates], [800, 0]);
  });
});

async function suppress(tenant: Awaited<ReturnType<typeof office>>, values: string[]): Promise<string> {
  const { suppressionList } = await tenant.mesh.suppression.createSuppressionList({
    suppressionList: { name: "Held", required: true },
  });
  const suppressionListId = suppressionList?.id ?? "";
  await tenant.mesh.suppression.addEntries({ suppressionListId, entries: values.map((value) => ({ value })) });
  return suppressionListId;
}
