/** What people write by SMS has its effect within a second, and is answered once by the sender that was written to. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { RefusalReason, Verdict } from "../../../gen/herald/compliance/v1/decision.ts";
import { AttemptOrigin, AttemptState } from "../../../gen/herald/dial/v1/attempt.ts";
import { Keyword, KeywordKind } from "../../../gen/herald/dial/v1/keyword.ts";
import { KeywordServiceDefinition } from "../../../gen/herald/dial/v1/keyword_service.ts";
import { OptOutState } from "../../../gen/herald/dial/v1/opt_out.ts";
import { OptOutServiceDefinition } from "../../../gen/herald/dial/v1/opt_out_service.ts";
import { ProgramServiceDefinition } from "../../../gen/herald/dial/v1/program_service.ts";
import { SenderServiceDefinition } from "../../../gen/herald/dial/v1/sender_service.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { type Owner, wholeFile } from "../../lib/cleanup.ts";
import { newId, rejectsWith, until, userClient } from "../../lib/harness.ts";
import {
  attemptsOf,
  boot,
  dialIn,
  type DialWorld,
  makeList,
  type Office,
  office,
  progressOf,
  smsGroup,
  startGroup,
  untilFinished,
  world,
} from "../boot.ts";

const SUPPRESSED: readonly (RefusalReason | undefined)[] = [
  RefusalReason.REFUSAL_REASON_SUPPRESSED_DEVICE,
  RefusalReason.REFUSAL_REASON_SUPPRESSED_CLIENT,
];
const { KEYWORD_KIND_HELP, KEYWORD_KIND_OWN, KEYWORD_KIND_STOP } = KeywordKind;
const { OPT_OUT_STATE_HOLDING, OPT_OUT_STATE_PROVISIONAL, OPT_OUT_STATE_WITHDRAWN } = OptOutState;

async function deskOf(t: Owner, at: DialWorld, { tenantId }: { tenantId: string }) {
  const names = ["optouts", "programs", "keywords"].flatMap((noun) => [`${noun}.read`, `${noun}.write`]);
  const who = { tenantId, permissions: [...names, "campaigns.write", "sessions.read", "decisions.read"] };
  const [optOuts, programs, keywords, senders] = await Promise.all([
    userClient(t, at.addresses.dial, OptOutServiceDefinition, who),
    userClient(t, at.addresses.dial, ProgramServiceDefinition, who),
    userClient(t, at.addresses.dial, KeywordServiceDefinition, who),
    userClient(t, at.addresses.dial, SenderServiceDefinition, who),
  ]);
  return { optOuts, programs, keywords, senders };
}

async function isSuppressed({ mesh }: Office, contactInfo: string): Promise<boolean> {
  const check = { attemptId: newId(), channel: Channel.CHANNEL_SMS, contactInfo, country: "US" };
  const { decision } = await mesh.checks.checkAttempt({ check });
  return SUPPRESSED.includes(decision?.reason);
}

const untilSuppressed = (tenant: Office, number: string, timeoutMs = 1_000) =>
  until(() => isSuppressed(tenant, number), { timeoutMs, what: `suppressed: ${number}` });
const untilOpen = (tenant: Office, number: string) =>
  until(async () => !(await isSuppressed(tenant, number)), { what: `open: ${number}` });

test("what people write", async (file) => {
  const at = await boot(wholeFile);
  const { smsc } = at.simulators;
  const lists = at.database("lists");
  const write = (from: string, text: string, to = "12345") => smsc.inbound({ from: from.slice(1), to, text });
  const texts = (to: string) => smsc.arrivals.list({ to, limit: 50 }).map(({ text, from }) => [from, text]);
  const reach = async (tenant: Office, numbers: string[], from = "", more = {}) => {
    const listId = await makeList(
      lists,
      tenant,
      numbers.map((phone) => ({ phone })),
    );
    const content = { from, subject: "", text: "Hello", html: "" };
    return untilFinished(tenant, await startGroup(tenant, smsGroup([listId], { content, ...more })));
  };
  const answersTo = (to: string) => texts(to).filter(([, text]) => text !== "Hello");

  await file.test("STOP is confirmed once, START undoes it, and nothing else", async (t) => {
    const tenant = await office(t, at);
    const { optOuts, programs } = await deskOf(t, at, tenant);
    await programs.updateProgram({ program: { id: tenant.tenantId, name: "Blue Shop" } });
    const number = "+12125553101";
    await reach(tenant, [number]);
    const byCall = { channel: Channel.CHANNEL_VOICE, contactInfo: number };
    const { optOut: other } = await optOuts.recordOptOut({ optOut: byCall });
    for (const text of ["STOP", "stop!", "Stop"]) await write(number, text);
    await untilSuppressed(tenant, number);
    await until(() => answersTo(number).length === 1, { what: "the confirmation" });
    assert.deepEqual(answersTo(number), [
      ["12345", "Blue Shop: You are unsubscribed and will get no more messages. Reply START to subscribe again."],
    ]);
    const { attempts } = await tenant.attempts.listAttempts({ contactInfo: number });
    const [answer] = attempts;
    assert.deepEqual(
      [answer?.origin, answer?.campaignGroupId, answer?.ownAddress],
      [AttemptOrigin.ATTEMPT_ORIGIN_ANSWER, "", "12345"],
    );
    await until(async () => {
      const { interactions } = await tenant.interactions.searchInteractions({ contactInfo: number });
      return interactions.some(({ id, text }) => id === answer?.id && text.startsWith("Blue Shop"));
    });
    const explained = await tenant.mesh.checks.explainAttempt({ attemptId: answer?.id ?? "" });
    assert.deepEqual(
      [explained.decision?.verdict, explained.ruleVerdicts.map(({ ruleId }) => ruleId)],
      [Verdict.VERDICT_ALLOWED, ["builtin:device-valid", "builtin:answer"]],
    );

    await write(number, "start");
    await until(() => answersTo(number).length === 2, { what: "the answer to START" });
    const { optOuts: all } = await optOuts.listOptOuts({ contactInfo: number });
    assert.deepEqual(
      all.map(({ state, withdrawnBy, withdrawReason }) => [state, withdrawnBy, withdrawReason]),
      [
        [OPT_OUT_STATE_WITHDRAWN, "person", "start"],
        [OPT_OUT_STATE_HOLDING, "", ""],
      ],
    );
    assert.equal(await isSuppressed(tenant, number), true);
    await optOuts.withdrawOptOut({ optOutId: other?.id ?? "", reason: "Asked us to call" });
    await untilOpen(tenant, number);
    // There is nothing to take back any more: a YES is a message like any other.
    await write(number, "yes");
    await until(async () => {
      const found = await tenant.interactions.searchInteractions({ contactInfo: number, direction: 2 });
      return found.interactions.some(({ text }) => text === "yes");
    });
    assert.equal(answersTo(number).length, 2);
  });

  await file.test("a STOP is answered by the sender that was written to, in the words of its program", async (t) => {
    const tenant = await office(t, at);
    const { programs, keywords } = await deskOf(t, at, tenant);
    const { program } = await programs.createProgram({
      program: { name: "Offers", language: "es", contactWords: "212 555 0100" },
    });
    const programId = program?.id ?? "";
    const stop = { kind: KEYWORD_KIND_STOP, programId, words: ["Adios amigos"], answer: "{{ program }}: hasta luego" };
    await keywords.createKeyword({ keyword: stop });
    await reach(tenant, ["+12125553201", "+12125553202"], "+12125550321", { programId });
    await write("+12125553201", "¡adiós, amigos!", "12125550321");
    await write("+12125553202", "ayuda", "2125550321");
    await untilSuppressed(tenant, "+12125553201");
    await until(() => answersTo("+12125553201").length + answersTo("+12125553202").length === 2);
    assert.deepEqual(answersTo("+12125553201"), [["12125550321", "Offers: hasta luego"]]);
    const help = "Offers. 212 555 0100. Pueden aplicarse tarifas de mensajes y datos. Responda STOP para terminar.";
    assert.deepEqual(answersTo("+12125553202"), [["12125550321", help]]);
    assert.equal(await isSuppressed(tenant, "+12125553202"), false);
  });

  await file.test("two machines do not write to each other for ever", async (t) => {
    const tenant = await office(t, at);
    const { keywords } = await deskOf(t, at, tenant);
    await keywords.createKeyword({ keyword: { kind: KEYWORD_KIND_OWN, words: ["ping"], answer: "pong" } });
    await reach(tenant, ["+12125553301"]);
    for (let i = 0; i < 5; i++) await write("+12125553301", i % 2 === 0 ? "HELP" : "ping");
    await until(() => answersTo("+12125553301").length === 2);
    await until(async () => {
      const { interactions } = await tenant.interactions.searchInteractions({
        contactInfo: "+12125553301",
        direction: 2,
      });
      return interactions.length === 5;
    });
    assert.deepEqual(
      answersTo("+12125553301")
        .map(([, text]) => (text === "pong" ? "pong" : "help"))
        .toSorted(),
      ["help", "pong"],
    );
  });

  await file.test("what sounds like a refusal is held at once, until a person decides", async (t) => {
    const tenant = await office(t, at);
    const { optOuts } = await deskOf(t, at, tenant);
    await reach(tenant, ["+12125553401", "+12125553402"]);
    await write("+12125553401", "Can you please stop sending these texts?");
    await write("+12125553402", "wrong number!");
    await untilSuppressed(tenant, "+12125553401");
    await untilSuppressed(tenant, "+12125553402");
    const { optOuts: waiting } = await optOuts.listOptOuts({ state: OPT_OUT_STATE_PROVISIONAL });
    assert.deepEqual(
      waiting.map(({ contactInfo, words }) => [contactInfo, words]),
      [
        ["+12125553402", "wrong number!"],
        ["+12125553401", "Can you please stop sending these texts?"],
      ],
    );
    const [second, first] = waiting;
    const { optOut } = await optOuts.confirmOptOut({ optOutId: first?.id ?? "" });
    assert.deepEqual([optOut?.state, optOut?.confirmedBy.split(" ")[0]], [OPT_OUT_STATE_HOLDING, "user"]);
    await optOuts.withdrawOptOut({ optOutId: second?.id ?? "", reason: "They meant another number" });
    await untilOpen(tenant, "+12125553402");
    assert.equal(await isSuppressed(tenant, "+12125553401"), true);
    assert.deepEqual([answersTo("+12125553401"), answersTo("+12125553402")], [[], []]);
  });

  await file.test("a STOP of a stranger to a sender that was never used holds for who claimed it", async (t) => {
    const [tenant, other] = [await office(t, at), await office(t, at)];
    const { senders, optOuts } = await deskOf(t, at, tenant);
    await senders.claimSender({ sender: "+12125550351" });
    await write("+12125553501", "STOP", "12125550351");
    await untilSuppressed(tenant, "+12125553501");
    assert.equal(await isSuppressed(other, "+12125553501"), false);
    await until(() => answersTo("+12125553501").length === 1);
    const { optOuts: kept } = await optOuts.listOptOuts({ contactInfo: "+12125553501" });
    assert.deepEqual([kept.length, kept[0]?.ownAddress], [1, "12125550351"]);
    const { interactions } = await until(async () => {
      const found = await tenant.interactions.searchInteractions({ contactInfo: "+12125553501", direction: 2 });
      return found.interactions.length === 1 && found;
    });
    assert.equal(interactions[0]?.text, "STOP");
  });

  await file.test("a STOP while a campaign is on its way holds for the messages that have not left", async (t) => {
    const tenant = await office(t, at);
    const numbers = Array.from({ length: 40 }, (_, i) => `+121255536${String(i).padStart(2, "0")}`);
    await reach(tenant, numbers.slice(0, 1));
    const listId = await makeList(
      lists,
      tenant,
      numbers.map((phone) => ({ phone })),
    );
    const group = await startGroup(tenant, smsGroup([listId], { messagesPerMinute: 600 }));
    await until(async () => (await progressOf(tenant, group)).attempted >= 2);
    const late = numbers.at(-1) ?? "";
    await write(late, "STOP");
    await untilFinished(tenant, group);
    const refused = await attemptsOf(tenant, group, AttemptState.ATTEMPT_STATE_REFUSED);
    assert.deepEqual(
      refused.map(({ contactInfo, refusalReason }) => [contactInfo, refusalReason]),
      [[late, "suppressed_device"]],
    );
  });

  await file.test("keywords: wrong input is named, words have one meaning, another tenant sees nothing", async (t) => {
    const [tenant, other] = [await office(t, at), await office(t, at)];
    const { keywords } = await deskOf(t, at, tenant);
    const ofOther = (await deskOf(t, at, other)).keywords;
    const requestId = newId();
    const keyword = { kind: KEYWORD_KIND_OWN, words: ["Café", "CAFE!"], answer: "Open till six" };
    const made = (await keywords.createKeyword({ keyword, requestId })).keyword;
    assert.deepEqual((await keywords.createKeyword({ keyword, requestId })).keyword, made);
    assert.deepEqual(made?.words, ["CAFE!"]);
    for (const taken of ["cafe", "STOP", "arret", "help"])
      await rejectsWith(
        keywords.createKeyword({ keyword: { kind: KEYWORD_KIND_OWN, words: [taken], answer: "A" } }),
        status.ALREADY_EXISTS,
        "ERROR_REASON_KEYWORD_TAKEN",
      );
    for (const wrong of [
      { kind: KEYWORD_KIND_OWN, words: [], answer: "A" },
      { kind: KEYWORD_KIND_OWN, words: ["x"], answer: "" },
      { kind: KEYWORD_KIND_OWN, words: ["!!"], answer: "A" },
      { kind: KEYWORD_KIND_OWN, words: ["x"], answer: "{{ name }}" },
      { kind: KEYWORD_KIND_HELP },
      { kind: KEYWORD_KIND_HELP, answer: "A", silent: true },
      { kind: KEYWORD_KIND_HELP, answer: "A", language: "English" },
      { words: ["x"], answer: "A" },
    ])
      await rejectsWith(
        keywords.createKeyword({ keyword: Keyword.fromPartial(wrong) }),
        status.INVALID_ARGUMENT,
        "ERROR_REASON_FIELDS_INVALID",
      );
    const keywordId = made?.id ?? "";
    const { keyword: changed } = await keywords.updateKeyword({
      keyword: { id: keywordId, answer: "Closed", etag: made?.etag ?? "" },
    });
    assert.deepEqual([changed?.answer, changed?.words], ["Closed", ["CAFE!"]]);
    await rejectsWith(
      keywords.updateKeyword({ keyword: { id: keywordId, answer: "Open", etag: made?.etag ?? "" } }),
      status.ABORTED,
      "ERROR_REASON_KEYWORD_CHANGED",
    );
    const { reading } = await keywords.readMessage({ text: "café, please" });
    assert.deepEqual([reading?.kind, reading?.keywordId, reading?.answer], [KEYWORD_KIND_OWN, keywordId, "Closed"]);
    assert.equal((await keywords.readMessage({ text: "wrong number" })).reading?.uncertain, true);
    for (const ask of [
      () => ofOther.getKeyword({ keywordId }),
      () => ofOther.updateKeyword({ keyword: { id: keywordId, answer: "Mine" } }),
      () => ofOther.deleteKeyword({ keywordId }),
    ])
      await rejectsWith(ask(), status.NOT_FOUND, "ERROR_REASON_KEYWORD_NOT_FOUND");
    assert.deepEqual((await ofOther.listKeywords({})).keywords, []);
    await keywords.createKeyword({ keyword: { kind: KEYWORD_KIND_STOP, silent: true } });
    assert.equal((await keywords.readMessage({ text: "STOP" })).reading?.answer, "");
    await keywords.deleteKeyword({ keywordId });
    assert.equal((await keywords.listKeywords({})).keywords.length, 1);
  });
});

test("what came while the others were away has its effect when they are back, and after a restart of dial", async (t) => {
  const around = await world(t);
  const first = await dialIn(t, around);
  const tenant = await office(t, around);
  const listId = await makeList(around.database("lists"), tenant, [{ phone: "+12125553701" }]);
  await untilFinished(tenant, await startGroup(tenant, smsGroup([listId])));
  await around.others.lists.stop();
  await around.others.contacts.stop();
  await around.simulators.smsc.inbound({ from: "12125553701", to: "12345", text: "STOP" });
  const answers = () => around.simulators.smsc.arrivals.list({ to: "+12125553701", limit: 9 });
  // The answer needs compliance alone.
  await until(() => answers().length === 2, { what: "the confirmation" });
  await first.stop();
  const { startLists } = await import("../../../svc/lists/service.ts");
  const { startContacts } = await import("../../../svc/contacts/service.ts");
  const { started, testKeys } = await import("../../lib/harness.ts");
  await started(t, startLists({ env: around.envOf("lists"), keys: testKeys }));
  await started(t, startContacts({ env: around.envOf("contacts"), keys: testKeys }));
  await dialIn(t, around);
  await until(
    async () => {
      try {
        return await isSuppressed(tenant, "+12125553701");
      } catch {
        return false;
      }
    },
    { timeoutMs: 40_000, what: "suppressed after the restart" },
  );
  assert.equal(answers().length, 2);
});
