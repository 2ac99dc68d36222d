/** However a person says no, it holds on every channel that it means, within a second, and the tenant can see why. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { CallResult } from "../../../gen/herald/common/v1/outcome.ts";
import { RefusalReason } from "../../../gen/herald/compliance/v1/decision.ts";
import { type OptOut, OptOutScope, OptOutSource, OptOutState } from "../../../gen/herald/dial/v1/opt_out.ts";
import { OptOutServiceDefinition } from "../../../gen/herald/dial/v1/opt_out_service.ts";
import { ProgramServiceDefinition } from "../../../gen/herald/dial/v1/program_service.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { wholeFile } from "../../lib/cleanup.ts";
import { newId, rejectsWith, until, userClient } from "../../lib/harness.ts";
import { boot, type DialWorld, makeList, type Office, office, smsGroup, startGroup, untilFinished } from "../boot.ts";

const { CHANNEL_EMAIL, CHANNEL_SMS, CHANNEL_VOICE } = Channel;
const { OPT_OUT_STATE_HOLDING, OPT_OUT_STATE_WITHDRAWN } = OptOutState;
const SUPPRESSED: readonly (RefusalReason | undefined)[] = [
  RefusalReason.REFUSAL_REASON_SUPPRESSED_DEVICE,
  RefusalReason.REFUSAL_REASON_SUPPRESSED_CLIENT,
];

async function clientsOf(t: Parameters<typeof userClient>[0], at: DialWorld, { tenantId }: { tenantId: string }) {
  const who = { tenantId, permissions: ["optouts.read", "optouts.write", "programs.read", "programs.write"] };
  const [optOuts, programs] = await Promise.all([
    userClient(t, at.addresses.dial, OptOutServiceDefinition, who),
    userClient(t, at.addresses.dial, ProgramServiceDefinition, who),
  ]);
  return { optOuts, programs };
}

interface Asked {
  contactInfo: string;
  channel?: Channel;
  clientId?: string;
  programId?: string;
}

/** Whether an attempt would be refused because the device or the client is suppressed. */
async function isSuppressed({ mesh }: Office, { channel = CHANNEL_SMS, ...asked }: Asked): Promise<boolean> {
  const check = { attemptId: newId(), channel, country: "US", ...asked };
  const { decision } = await mesh.checks.checkAttempt({ check });
  return SUPPRESSED.includes(decision?.reason);
}

const untilSuppressed = (tenant: Office, asked: Asked, timeoutMs = 1_000) =>
  until(() => isSuppressed(tenant, asked), { timeoutMs, what: `suppressed: ${JSON.stringify(asked)}` });

const call = { channel: CHANNEL_VOICE, source: OptOutSource.OPT_OUT_SOURCE_CALL };

test("what people refuse", async (file) => {
  const at = await boot(wholeFile);
  const { smsc } = at.simulators;
  const lists = at.database("lists");

  await file.test(
    "STOP closes every channel of every device of that client within a second, for this tenant alone",
    async (t) => {
      const [tenant, other] = [await office(t, at), await office(t, at)];
      const { optOuts } = await clientsOf(t, at, tenant);
      const listId = await makeList(lists, tenant, [{ phone: "+12125552101" }]);
      await makeList(lists, tenant, [{ email: "c1@example.com" }]);
      await makeList(lists, other, [{ phone: "+12125552101" }]);
      await untilFinished(tenant, await startGroup(tenant, smsGroup([listId])));
      await smsc.inbound({ from: "12125552101", to: "12345", text: "Stop. Thank you" });
      await untilSuppressed(tenant, { contactInfo: "+12125552101" });
      await untilSuppressed(tenant, { contactInfo: "+12125552101", channel: CHANNEL_VOICE });
      // The client is known from the attempt: also a device that nobody has seen yet is closed.
      await untilSuppressed(tenant, { contactInfo: "new@example.com", channel: CHANNEL_EMAIL, clientId: "C1" });
      // This address is known from another list alone.
      await untilSuppressed(tenant, { contactInfo: "c1@example.com", channel: CHANNEL_EMAIL });
      assert.equal(await isSuppressed(other, { contactInfo: "+12125552101" }), false);
      const { optOuts: kept } = await optOuts.listOptOuts({ contactInfo: "(212) 555-2101" });
      const [first] = kept;
      assert.deepEqual(
        [kept.length, first?.words, first?.ownAddress, first?.source, first?.state, first?.scope, first?.complete],
        [
          1,
          "Stop. Thank you",
          "12345",
          OptOutSource.OPT_OUT_SOURCE_KEYWORD,
          OPT_OUT_STATE_HOLDING,
          OptOutScope.OPT_OUT_SCOPE_EVERYTHING,
          true,
        ],
      );
      assert.deepEqual(
        [first?.contactInfos.toSorted(), first?.clientIds],
        [["+12125552101", "c1@example.com"], ["C1"]],
      );
      const hits = await tenant.suppression.lookUpEntries({ value: "c1@example.com" });
      assert.match(hits.hits[0]?.entry?.reason ?? "", new RegExp(`Opted out by SMS \\(${first?.id}\\)`));
    },
  );

  await file.test("STOP holds for the program that wrote, or for all where nobody knows which it was", async (t) => {
    const tenant = await office(t, at);
    const { optOuts, programs } = await clientsOf(t, at, tenant);
    const { program } = await programs.createProgram({ program: { name: "Offers" } });
    const programId = program?.id ?? "";
    await optOuts.updateOptOutPolicy({ optOutPolicy: { scope: OptOutScope.OPT_OUT_SCOPE_PROGRAM_CHANNEL } });
    const listId = await makeList(lists, tenant, [{ phone: "+12125552251" }]);
    await untilFinished(tenant, await startGroup(tenant, smsGroup([listId], { programId })));
    await smsc.inbound({ from: "12125552251", to: "12345", text: "STOP" });
    await untilSuppressed(tenant, { contactInfo: "+12125552251", programId });
    assert.equal(await isSuppressed(tenant, { contactInfo: "+12125552251", programId: tenant.tenantId }), false);
    // The tenant has used this number, but never wrote to this phone.
    await smsc.inbound({ from: "12125552252", to: "12345", text: "STOP" });
    await untilSuppressed(tenant, { contactInfo: "+12125552252", programId });
    await untilSuppressed(tenant, { contactInfo: "+12125552252", programId: tenant.tenantId });
    const { optOuts: kept } = await optOuts.listOptOuts({ contactInfo: "+12125552252" });
    assert.deepEqual(
      kept.map(({ scope }) => scope),
      [OptOutScope.OPT_OUT_SCOPE_CHANNEL],
    );
  });

  await file.test("an opt-out from one program by SMS leaves the other programs and channels open", async (t) => {
    const tenant = await office(t, at);
    const { optOuts, programs } = await clientsOf(t, at, tenant);
    const { program } = await programs.createProgram({ program: { name: "Offers" } });
    const { optOutPolicy } = await optOuts.getOptOutPolicy({});
    assert.equal(optOutPolicy?.scope, OptOutScope.OPT_OUT_SCOPE_EVERYTHING);
    const changed = { scope: OptOutScope.OPT_OUT_SCOPE_PROGRAM_CHANNEL, etag: optOutPolicy?.etag ?? "" };
    await optOuts.updateOptOutPolicy({ optOutPolicy: changed });
    await rejectsWith(
      optOuts.updateOptOutPolicy({ optOutPolicy: changed }),
      status.ABORTED,
      "ERROR_REASON_OPT_OUT_POLICY_CHANGED",
    );
    const programId = program?.id ?? "";
    const said = { channel: CHANNEL_SMS, contactInfo: "+12125552201", programId };
    await optOuts.recordOptOut({ optOut: said });
    await untilSuppressed(tenant, { contactInfo: "+12125552201", programId });
    assert.equal(await isSuppressed(tenant, { contactInfo: "+12125552201" }), false);
    assert.equal(await isSuppressed(tenant, { contactInfo: "+12125552201", programId, channel: CHANNEL_VOICE }), false);
    // The usual program has the tenant's id.
    await optOuts.recordOptOut({ optOut: { ...said, contactInfo: "+12125552202", programId: "" } });
    await untilSuppressed(tenant, { contactInfo: "+12125552202" });
    await untilSuppressed(tenant, { contactInfo: "+12125552202", programId: tenant.tenantId });
    assert.equal(await isSuppressed(tenant, { contactInfo: "+12125552202", programId }), false);
    // All programs by SMS.
    await optOuts.recordOptOut({
      optOut: { ...said, contactInfo: "+12125552203", scope: OptOutScope.OPT_OUT_SCOPE_CHANNEL },
    });
    await untilSuppressed(tenant, { contactInfo: "+12125552203" });
    assert.equal(await isSuppressed(tenant, { contactInfo: "+12125552203", channel: CHANNEL_VOICE }), false);
  });

  await file.test("people who refused a program are left out of its campaigns, and of no others", async (t) => {
    const tenant = await office(t, at);
    const { optOuts, programs } = await clientsOf(t, at, tenant);
    const { program } = await programs.createProgram({ program: { name: "Offers" } });
    const programId = program?.id ?? "";
    const said = { channel: CHANNEL_SMS, contactInfo: "+12125552301", programId };
    await optOuts.recordOptOut({ optOut: { ...said, scope: OptOutScope.OPT_OUT_SCOPE_PROGRAM } });
    await untilSuppressed(tenant, { contactInfo: "+12125552301", programId });
    const listId = await makeList(lists, tenant, [{ phone: "+12125552301" }, { phone: "+12125552302" }]);
    const attempted = async (group: Parameters<typeof smsGroup>[1]) =>
      (await untilFinished(tenant, await startGroup(tenant, smsGroup([listId], group)))).attempted;
    assert.equal(await attempted({ programId }), 1);
    assert.equal(await attempted({}), 2);
    await rejectsWith(
      tenant.groups.createCampaignGroup({ campaignGroup: smsGroup([listId], { programId: newId() }) }),
      status.FAILED_PRECONDITION,
      "ERROR_REASON_REFERENCE_NOT_FOUND",
    );
  });

  await file.test("a call that ends with do not call closes every channel, whoever learns of it", async (t) => {
    const tenant = await office(t, at);
    const { optOuts } = await clientsOf(t, at, tenant);
    const db = at.database("dial").tenant(tenant.tenantId);
    const attemptId = newId();
    await db.query(
      `insert into dial.attempts (tenant_id, id, campaign_group_id, contact_list_id, record_id, create_time, attempt_number, device_index, channel, state,
         client_id, contact_info, own_address, origin, is_test)
       values ($1, $2, $3, $3, $3, now(), 1, 1, 1, 5, 'K7', '+12125552601', '+12025550199', 1, false)`,
      [tenant.tenantId, attemptId, newId()],
    );
    const outcome = { result: { $case: "callResult" as const, callResult: CallResult.CALL_RESULT_DO_NOT_CALL } };
    await tenant.attempts.resolveStaleAttempt({ attemptId, outcome });
    await untilSuppressed(tenant, { contactInfo: "+12125552601" });
    await untilSuppressed(tenant, { contactInfo: "k7@example.com", channel: CHANNEL_EMAIL, clientId: "K7" });
    const { optOut } = await optOuts.getOptOut({ optOutId: attemptId });
    assert.deepEqual([optOut?.source, optOut?.attemptId], [OptOutSource.OPT_OUT_SOURCE_CALL, attemptId]);
  });

  await file.test("an opt-out that ends takes back what it alone suppressed", async (t) => {
    const tenant = await office(t, at);
    const { optOuts } = await clientsOf(t, at, tenant);
    const record = async (optOut: Partial<OptOut>) =>
      (await optOuts.recordOptOut({ optOut: { contactInfo: "+12125552401", ...call, ...optOut } })).optOut?.id ?? "";
    const [first, second] = [await record({}), await record({ clientId: "K9" })];
    await untilSuppressed(tenant, { contactInfo: "+12125552401", channel: CHANNEL_VOICE });
    await untilSuppressed(tenant, { contactInfo: "+12125552499", clientId: "K9" });
    await rejectsWith(
      optOuts.withdrawOptOut({ optOutId: second }),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_FIELDS_INVALID",
    );
    const { optOut } = await optOuts.withdrawOptOut({ optOutId: second, reason: "Said so in writing" });
    assert.deepEqual([optOut?.state, optOut?.withdrawReason], [OPT_OUT_STATE_WITHDRAWN, "Said so in writing"]);
    await until(async () => !(await isSuppressed(tenant, { contactInfo: "+12125552499", clientId: "K9" })));
    assert.equal(await isSuppressed(tenant, { contactInfo: "+12125552401" }), true);
    await optOuts.withdrawOptOut({ optOutId: first, reason: "A mistake" });
    await until(async () => !(await isSuppressed(tenant, { contactInfo: "+12125552401" })));
    await rejectsWith(
      optOuts.confirmOptOut({ optOutId: first }),
      status.FAILED_PRECONDITION,
      "ERROR_REASON_OPT_OUT_WITHDRAWN",
    );
  });

  await file.test("a request id records once, another tenant sees nothing, wrong input is named", async (t) => {
    const [tenant, other] = [await office(t, at), await office(t, at)];
    const { optOuts } = await clientsOf(t, at, tenant);
    const ofOther = await clientsOf(t, at, other);
    const request = { optOut: { ...call, contactInfo: "(212) 555-2501", words: "Never again" }, requestId: newId() };
    const made = await optOuts.recordOptOut(request);
    assert.deepEqual((await optOuts.recordOptOut(request)).optOut?.id, made.optOut?.id);
    assert.deepEqual([made.optOut?.contactInfo, made.optOut?.recordedBy.split(" ")[0]], ["+12125552501", "user"]);
    await rejectsWith(
      optOuts.recordOptOut({ ...request, optOut: { ...request.optOut, contactInfo: "+12125552502" } }),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_FIELDS_INVALID",
    );
    const optOutId = made.optOut?.id ?? "";
    assert.equal((await optOuts.getOptOut({ optOutId })).optOut?.words, "Never again");
    for (const ask of [
      () => ofOther.optOuts.getOptOut({ optOutId }),
      () => ofOther.optOuts.confirmOptOut({ optOutId }),
      () => ofOther.optOuts.withdrawOptOut({ optOutId, reason: "Mine" }),
    ])
      await rejectsWith(ask(), status.NOT_FOUND, "ERROR_REASON_OPT_OUT_NOT_FOUND");
    assert.deepEqual((await ofOther.optOuts.listOptOuts({})).optOuts, []);
    for (const optOut of [
      { ...call, contactInfo: "nobody" },
      { ...call, contactInfo: "" },
      { contactInfo: "+12125552501" },
      { channel: CHANNEL_EMAIL, contactInfo: "+12125552501" },
      { ...call, contactInfo: "+12125552501", sayTime: new Date("2999-01-01T00:00:00Z") },
    ])
      await rejectsWith(optOuts.recordOptOut({ optOut }), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
    await rejectsWith(
      optOuts.recordOptOut({ optOut: { ...call, contactInfo: "+12125552501", programId: newId() } }),
      status.FAILED_PRECONDITION,
      "ERROR_REASON_PROGRAM_NOT_FOUND",
    );
    await rejectsWith(
      optOuts.updateOptOutPolicy({ optOutPolicy: { scope: 99 as OptOutScope }, updateMask: ["scope"] }),
      status.INVALID_ARGUMENT,
    );
    for (const n of [3, 4, 5]) await optOuts.recordOptOut({ optOut: { ...call, contactInfo: `+1212555250${n}` } });
    const page = await optOuts.listOptOuts({ pageSize: 3 });
    const next = await optOuts.listOptOuts({ pageSize: 3, pageToken: page.nextPageToken });
    assert.deepEqual(
      [...page.optOuts, ...next.optOuts].map(({ contactInfo }) => contactInfo),
      ["+12125552505", "+12125552504", "+12125552503", "+12125552501"],
    );
  });
});
