/** What we sign, a foreign verifier accepts; what is changed afterwards, it does not. */
import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { test } from "node:test";
import { freshKeys, problemOf, recordName, recordValue, selectorOf } from "../../../svc/dial/dkim/dkim-key.ts";
import { signEmail } from "../../../svc/dial/dkim/dkim-signature.ts";
import { type EmailFrom, messageIdOf, readSender, writeEmail } from "../../../svc/dial/email/email.ts";
import { newId } from "../../lib/harness.ts";
import { verdicts, verify } from "./verify.ts";

const NOW = new Date("2026-03-02T15:00:00Z");
const DOMAIN = "example.com";
const fresh = (await freshKeys()).map((one) => ({ ...one, selector: selectorOf(one.algorithm, NOW, "ab12") }));
const records = new Map(
  fresh.map((one) => [recordName(one.selector, DOMAIN), recordValue(one.algorithm, one.publicKey)]),
);
const keys = fresh.map(({ selector, algorithm, pem }) => ({
  domain: DOMAIN,
  selector,
  algorithm,
  key: createPrivateKey(pem),
}));
const GOOD = ["ed25519-sha256 example.com: pass", "rsa-sha256 example.com: pass"];

const sender = readSender("Grüße aus Köln <news@example.com>") as EmailFrom;
const write = (message: object, unsubscribeUrl = "") =>
  writeEmail(
    "anna@example.org",
    sender,
    { subject: "", text: "", html: "", ...message },
    messageIdOf(newId(), sender),
    NOW,
    {
      unsubscribeUrl,
    },
  );

test("both signatures of emails of every kind are accepted", async () => {
  const emails = {
    plain: write({ subject: "News", text: "Hello" }),
    "spaces and empty lines": write({ subject: "  a   b\tc ", text: "  a  \t b  \r\n\r\n  \r\n.\r\n..x\r\n\r\n\r\n" }),
    scripts: write({ subject: "Schöne Grüße, 你好 🐟, ".repeat(20), text: "Hällo € 你好" }),
    "both parts": write({ subject: "x", text: "a", html: `<p>${"é".repeat(3_000)}</p>` }),
    "long lines": write({ subject: "x".repeat(998), text: "y".repeat(5_000) }),
    "a link to unsubscribe": write({ subject: "x", text: "a" }, `https://example.com/u/${"t".repeat(400)}`),
  };
  for (const [what, email] of Object.entries(emails)) {
    const signed = await signEmail(email, keys, NOW);
    assert.ok(signed.endsWith(email), what);
    assert.deepEqual(await verdicts(signed, records), GOOD, what);
    assert.ok(
      signed.split("\r\n").every((line) => line.length <= 998),
      what,
    );
  }
});

test("the headers of one-click unsubscribing are signed (RFC 8058), and a second From breaks the signature", async () => {
  const signed = await signEmail(write({ subject: "x", text: "a" }, "https://example.com/u/t"), keys, NOW);
  for (const { headers } of await verify(signed, records))
    for (const name of ["from", "to", "subject", "date", "list-unsubscribe", "list-unsubscribe-post"])
      assert.ok(headers.split(/[:;\s]+/).includes(name), `${name} in ${headers}`);
  const twice = signed.replace("\r\nFrom:", "\r\nFrom: boss@example.com\r\nFrom:");
  for (const verdict of await verdicts(twice, records)) assert.doesNotMatch(verdict, /pass/);
});

test("a server may fold and trim lines; a changed word, link or header is noticed", async () => {
  const signed = await signEmail(
    write({ subject: "News of today", text: "Hello  Ann \r\nbye" }, "https://example.com/u/t"),
    keys,
    NOW,
  );
  const refolded = signed
    .replace("Subject: News of today", "subject:   News\r\n\t of today")
    .replace("Hello  Ann ", "Hello Ann");
  assert.notEqual(refolded, signed);
  assert.deepEqual(await verdicts(refolded, records), GOOD);
  for (const [from, to] of [
    ["Hello", "Hallo"],
    ["News of", "Olds of"],
    ["/u/t>", "/u/x>"],
    ["bye", "bye\r\nmore"],
  ] as const)
    for (const verdict of await verdicts(signed.replace(from, to), records)) assert.doesNotMatch(verdict, /pass/, to);
});

test("what is wrong with a record is said", () => {
  const [rsa] = fresh;
  const value = recordValue(rsa!.algorithm, rsa!.publicKey);
  assert.equal(problemOf([value], rsa!.publicKey), "");
  assert.equal(problemOf(["google-site-verification=x", value.replace("p=", "p= ")], rsa!.publicKey), "");
  assert.match(problemOf([], rsa!.publicKey), /no TXT record/);
  assert.match(problemOf(["v=spf1 -all"], rsa!.publicKey), /holds no key/);
  assert.match(problemOf([value, value], rsa!.publicKey), /several/);
  assert.match(problemOf([value.slice(0, 255)], rsa!.publicKey), /cut off/);
  assert.match(problemOf(["v=DKIM1; k=rsa; p=AAAA"], rsa!.publicKey), /another key/);
});
