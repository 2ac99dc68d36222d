/** What people write: refusals, wishes, questions, keywords, and what only sounds like one of them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Keyword, KeywordKind } from "../../../gen/herald/dial/v1/keyword.ts";
import { readMessage } from "../../../svc/dial/keywords/read-message.ts";
import { mayAnswer } from "../../../svc/dial/keywords/answering.ts";

const {
  KEYWORD_KIND_HELP: HELP,
  KEYWORD_KIND_OWN: OWN,
  KEYWORD_KIND_START: START,
  KEYWORD_KIND_STOP: STOP,
} = KeywordKind;
const kindOf = (text: string) => readMessage(text, []).kind;

test("refusals are read however they are written", () => {
  const texts = [
    "Stop. Thank you",
    "STOP SMS",
    "stop texting me",
    "Opt out please",
    "ST\u200bOP",
    "UNSUB",
    "ARRÊTER",
    "CANCELAR",
    "СТОП",
    "停止",
    "STOOOOP",
    "stopppp!!!",
    "„Stop“",
    "«STOP»",
    "‘stop’",
    "🛑 stop 🙏",
    "\u200fتوقف\u200f",
    "\u202bהסר\u202c",
    "ＳＴＯＰ！",
    "لغو۱۱",
    "plz stop, thx",
    "*STOP*",
    "stop\u00a0all",
  ];
  assert.deepEqual(
    texts.filter((text) => kindOf(text) !== STOP),
    [],
  );
});

test("sentences that only hold such a word are messages, and nothing is held for them", () => {
  const texts = [
    "We have got to STOP this bill!!",
    "Don't stop",
    "END of the month works",
    "Please don't stop sending me offers",
    "I will stop by at five",
    "Cancel my appointment for Tuesday",
    "I never got the message",
    "Is there a bus stop nearby?",
    "Thanks, see you then",
    "No",
    "What is the end date?",
    "ttt",
    "Can you call me tomorrow?",
    "I want to remove the red one from my order",
  ];
  const read = texts.map((text) => [text, readMessage(text, [])] as const);
  assert.deepEqual(
    read.filter(([, { kind, doubtful }]) => kind !== undefined || doubtful).map(([text]) => text),
    [],
  );
});

test("what sounds like a refusal is doubtful", () => {
  const texts = [
    "Can you please stop sending these texts?",
    "I don't want these anymore",
    "wrong number",
    "Who is this? You have the wrong person",
    "STPO",
    "sotp",
    "unsubscirbe",
    "I am not interested in your offers",
    "please do not ever again call, and don't text me either, ok?",
    "how did you get my number?",
    "I will report you to the FCC",
    "Ne veux plus recevoir ça, laissez moi tranquille s'il vous plait merci",
    "No quiero saber nada de esto",
    "Ich möchte das bitte nicht mehr bekommen, danke",
  ];
  const read = texts.map((text) => [text, readMessage(text, [])] as const);
  assert.deepEqual(
    read.filter(([, { kind, doubtful }]) => kind !== STOP && !doubtful).map(([text]) => text),
    [],
  );
});

test("START and HELP are read in many languages, with the language", () => {
  const cases: [string, KeywordKind, string][] = [
    ["start", START, "en"],
    ["UNSTOP please", START, "en"],
    ["Yes!", START, "en"],
    ["Старт", START, "ru"],
    ["開始", START, "zh"],
    ["HELP", HELP, "en"],
    ["help me, please", HELP, "en"],
    ["Info", HELP, "en"],
    ["Ayuda", HELP, "es"],
    ["aide svp", HELP, "fr"],
    ["Hilfe!", HELP, "de"],
    ["مساعدة", HELP, "ar"],
    ["ｈｅｌｐ", HELP, "en"],
  ];
  for (const [text, kind, language] of cases) {
    const read = readMessage(text, []);
    assert.deepEqual([text, read.kind, read.language], [text, kind, language]);
  }
});

test("a question asks for help or an answer, but decides nothing", () => {
  assert.equal(kindOf("HELP?"), HELP);
  assert.equal(kindOf("Info ??"), HELP);
  assert.equal(kindOf("start?"), undefined);
  assert.equal(kindOf("stop?"), undefined);
  const keyword = (kind: KeywordKind) => [Keyword.fromPartial({ id: "1", kind, words: ["hours"], answer: "A" })];
  assert.equal(readMessage("Hours?!", keyword(OWN)).keyword?.id, "1");
  assert.equal(readMessage("Hours?", keyword(START)).kind, undefined);
  const { kind, doubtful } = readMessage("Hours?", keyword(STOP));
  assert.deepEqual([kind, doubtful], [undefined, true]);
});

test("a tenant's own words are read the same way, and never take the place of a refusal", () => {
  const own = Keyword.fromPartial({ id: "1", kind: OWN, words: ["Bücher", "YES", "stop"], answer: "A" });
  const keywordOf = (text: string) => readMessage(text, [own]);
  for (const text of ["BUCHER", "bücher please", '"Bücher"', "ＹＥＳ 👍"]) {
    const { kind, keyword } = keywordOf(text);
    assert.deepEqual([text, kind, keyword?.id], [text, OWN, "1"]);
  }
  assert.equal(keywordOf("stop").kind, STOP);
  assert.equal(keywordOf("I read bücher").kind, undefined);
});

test("the same is answered once in its time, and no number gets more than six answers a day", () => {
  const now = new Date("2026-03-03T17:00:00Z");
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const said = (kind: KeywordKind, minutes: number, keywordId = "") => ({ kind, keywordId, createTime: ago(minutes) });
  const help = { kind: HELP, keywordId: "" };
  assert.equal(mayAnswer(help, [], now), true);
  assert.equal(mayAnswer(help, [said(HELP, 59)], now), false);
  assert.equal(mayAnswer(help, [said(HELP, 61)], now), true);
  assert.equal(mayAnswer({ kind: OWN, keywordId: "a" }, [said(OWN, 1, "b")], now), true);
  assert.equal(mayAnswer({ kind: OWN, keywordId: "a" }, [said(OWN, 1, "a")], now), false);
  const six = [1, 2, 3, 4, 5, 6].map((n) => said(OWN, n * 60, String(n)));
  assert.equal(mayAnswer(help, six, now), false);
});
