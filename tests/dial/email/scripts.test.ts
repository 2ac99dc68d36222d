/** Emails of any script, as somebody else's parser reads them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type EmailFrom, messageIdOf, readSender, writeEmail } from "../../../svc/dial/email/email.ts";
import { newId } from "../../lib/harness.ts";
import { parseWithPython } from "./foreign-parser.ts";

const DATE = new Date("2026-03-02T15:00:00Z");
const TEXTS = [
  "Plain ASCII",
  "Schöne Grüße aus Köln",
  "你好，世界。这是一个很长的主题，长到必须折行，才能放进一行里，而且还要更长一些",
  "مرحبا بالعالم، هذا موضوع طويل",
  "नमस्ते दुनिया, यह एक लंबा विषय है",
  "שלום עולם",
  "สวัสดีชาวโลก",
  "👩‍👩‍👧‍👦🏳️‍🌈 family 🐟",
  "=?UTF-8?Q?not_encoded?= and =20 =",
  "Ends with a dot.\n.\n..\nFrom here\n",
  `${"word ".repeat(180)}é`,
  "e\u0301 decomposed, and \u200b zero width",
];
const SENDERS: [from: string, name: string, address: string][] = [
  ["news@example.com", "", "news@example.com"],
  ["Herald <news@example.com>", "Herald", "news@example.com"],
  ["Bücher & Söhne, GmbH <news@bücher.example>", "Bücher & Söhne, GmbH", "news@xn--bcher-kva.example"],
  ["株式会社テスト <news@例え.テスト>", "株式会社テスト", "news@xn--r8jz45g.xn--zckzah"],
  ['"Dr. O\'Neil (sales); x" <a.b+c@example.com>', "Dr. O'Neil (sales); x", "a.b+c@example.com"],
  [`${"Ñ".repeat(60)} <a@example.com>`, "Ñ".repeat(60), "a@example.com"],
];
const write = (from: string, message: object) => {
  const sender = readSender(from) as EmailFrom;
  return writeEmail(
    "anna@example.org",
    sender,
    { subject: "", text: "", html: "", ...message },
    messageIdOf(newId(), sender),
    DATE,
    {
      unsubscribeUrl: "https://example.com/u/token",
    },
  );
};
/** The ends of lines are the mail's, and a text ends with one. */
const plain = (text: string) => text.replaceAll("\r\n", "\n").replace(/\n$/, "");

test("a foreign parser finds every text as it was written, in subject and parts, and nothing malformed", () => {
  const emails = TEXTS.map((text) =>
    write("Herald <news@example.com>", { subject: text, text, html: `<p>${text}</p>` }),
  );
  for (const [i, read] of parseWithPython(emails).entries()) {
    const text = TEXTS[i] ?? "";
    assert.deepEqual(read.defects, [], text.slice(0, 30));
    assert.equal(read.subject.trimEnd(), text.replaceAll(/\n+/g, " ").trimEnd(), "subject");
    assert.deepEqual(
      read.parts.map((part) => [part.type, plain(part.text)]),
      [
        ["text/plain", plain(text)],
        ["text/html", plain(`<p>${text}</p>`)],
      ],
    );
    assert.deepEqual([read.date, read.to[0]?.address], ["2026-03-02T15:00:00+00:00", "anna@example.org"]);
  }
});

test("a foreign parser finds the sender's name and address, whatever its script; domains are A-labels", () => {
  const emails = SENDERS.map(([from]) => write(from, { subject: "x", text: "y" }));
  for (const [i, read] of parseWithPython(emails).entries()) {
    const [from, name, address] = SENDERS[i] ?? ["", "", ""];
    assert.deepEqual(read.defects, [], from);
    assert.deepEqual(read.from, [{ name, address }], from);
  }
});

test("no value of a record adds a header, a part or a recipient", () => {
  const evil = "x\r\nBcc: b@example.com\r\n\r\nbody\r\n--=_boundary\r\nContent-Type: text/html\r\n\r\n<b>";
  const harmless = write("Herald <news@example.com>", { subject: "x", text: "y", html: "<p>z</p>" });
  const emails = [harmless, write("Herald <news@example.com>", { subject: evil, text: evil, html: evil })];
  const [usual, read] = parseWithPython(emails);
  assert.deepEqual(read?.names, usual?.names);
  assert.deepEqual(
    read?.parts.map(({ type }) => type),
    ["text/plain", "text/html"],
  );
  assert.deepEqual(
    read?.to.map(({ address }) => address),
    ["anna@example.org"],
  );
});

test("every line is ASCII and short enough for every server", () => {
  for (const text of TEXTS)
    for (const line of write(`${"Ñ".repeat(60)} <a@example.com>`, {
      subject: text.repeat(3),
      text: text.repeat(50),
      html: text,
    }).split("\r\n"))
      assert.ok(line.length <= 998 && /^[\t -~]*$/.test(line), line.slice(0, 60));
});
