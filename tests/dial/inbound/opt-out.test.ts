import assert from "node:assert/strict";
import { test } from "node:test";
import { isOptOut } from "../../../svc/dial/inbound/opt-out.ts";
import { REFUSAL_WORDS } from "../../../svc/dial/inbound/opt-out-words.ts";

const REFUSALS = [
  "STOP",
  "stop",
  " Stop. ",
  "STOP!!!",
  '"stop"',
  "Opt-Out",
  "opt  out",
  "OPTOUT",
  "stop all",
  "unsubscribe",
  "Cancel",
  "END",
  "quit",
  "revoke",
  "alto",
  "parar",
  "ARRÊT",
  "Stopp",
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
  "ＳＴＯＰ",
  "Please stop",
  "pls stop texting",
  "STOP STOP STOP",
  "STOP\n\nSent from my iPhone",
  "Stop! Do not text me again.",
  "Do not contact me",
  "don't text me",
  "don’t text me again",
  "no more texts please",
  "remove me from your list",
  "take me off this list",
  "Take me off your list please",
  "stop sending me messages",
  "i want to opt out",
  "S T O P",
  "S.T.O.P.",
  "退订",
  "配信停止",
  "수신거부",
  "הסר",
  "İPTAL",
  "iptal",
  "ret",
  "Iptal",
  "ΣΤΟΠ",
  "توقف",
  "🛑",
  "STOP 🛑",
  "baja",
  "stop msg",
  "No más mensajes",
  "отписаться",
  "Desabonner",
  "unsubscribe me from this list",
  "stop it",
  "Thanks, but stop",
  "STOP.",
  "Stop!\nWho is this?",
  "cancel messages",
  "stop this",
  "stopall",
  "S\u00adTOP",
  "stop please stop",
  "stop messages now",
];

const OTHERS = [
  "",
  "stopping",
  "please don't stop",
  "HELP",
  "START",
  "end of the day",
  "👍",
  "We have got to STOP this bill!!",
  "Don't stop",
  "END of the month works",
  "don’t stop",
  "Do not stop",
  "stop by tomorrow at 5",
  "I can stop by",
  "cancel my appointment",
  "Please cancel my order",
  "bus stop",
  "Is this the last stop?",
  "Stop?",
  "no",
  "No thanks",
  "thanks",
  "please",
  "non stop",
  "Can't stop won't stop",
  "quit smoking",
  "I quit",
  "what is the cancellation policy",
  "Text me later",
  "send me the list",
  "no message yet",
  "call me",
  "never mind",
  "I will stop the car and call you",
  "Stop and shop",
  "cancelar mi cita",
  "para mañana",
  "fine",
  "Fin de semana",
  "red car",
  "The end",
  "no call today?",
  "Do not send the documents to my old address",
  "not now",
];

test("people opt out in any case, language and politeness, with a reason after it, and with words that cannot be seen", () => {
  assert.deepEqual(
    REFUSALS.filter((text) => !isOptOut(text)),
    [],
  );
});

test("sentences that merely hold such a word are no refusal", () => {
  assert.deepEqual(OTHERS.filter(isOptOut), []);
});

test("every word of every language counts, in capitals, with a full stop, thanks and spaces around it", () => {
  for (const [language, { sure, alone }] of Object.entries(REFUSAL_WORDS))
    for (const word of [...sure, ...alone])
      for (const text of [word, word.toUpperCase(), ` ${word}. `, `${word}! Thanks`, `Please, ${word}`])
        assert.ok(isOptOut(text), `${language}: ${text}`);
});

test("a word that is sure counts before another sentence; the others do not", () => {
  assert.ok(
    isOptOut(
      "STOP. You have the wrong number, whoever you are, and this goes on for a good while longer than it should",
    ),
  );
  assert.ok(
    !isOptOut("Cancel. I cannot come tomorrow, and this goes on for a good while longer than it should, really"),
  );
});

test("a long text takes no longer than its beginning", () => {
  const startedAt = performance.now();
  for (const piece of ["S ", "stop ", "a.b ", "'?", "x"]) isOptOut(piece.repeat(100_000));
  assert.ok(performance.now() - startedAt < 1_000);
});
