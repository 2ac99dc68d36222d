import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { readChoice } from "../../../svc/dial/unsubscribes/form.ts";
import { chooseLanguage, LANGUAGES } from "../../../svc/dial/unsubscribes/languages.ts";
import { type PageFacts, type PageState, textOn, writePage } from "../../../svc/dial/unsubscribes/page.ts";

const STATES: PageState[] = ["asks", "program-stopped", "emails-stopped", "everything-stopped", "undone", "unknown"];
const facts = (more: Partial<PageFacts> = {}): PageFacts => ({
  state: "asks",
  language: "en",
  name: "Blue Shop",
  program: "",
  color: "",
  mayUndo: true,
  ...more,
});

test("the page's language is the chosen one, or else the browser's, or else the tenant's, or else English", () => {
  const cases: [chosen: string, accepted: string, locale: string, right: string][] = [
    ["es", "de", "fr-FR", "es"],
    ["", "de-AT,de;q=0.9,en;q=0.8", "fr-FR", "de"],
    ["", "it, fr;q=0.3, es;q=0.5", "de-DE", "es"],
    ["", "en;q=0, de;q=0.1", "fr-FR", "de"],
    ["", "ja, zh", "fr-CA", "fr"],
    ["", "*", "pt-BR", "en"],
    ["", "", "", "en"],
    ["<b>", "q=;;;,,,", "xx", "en"],
    ["", "DEU", "", "en"],
  ];
  for (const [chosen, accepted, locale, right] of cases)
    assert.equal(chooseLanguage(chosen, accepted, locale), right, JSON.stringify([chosen, accepted, locale]));
});

test("every language has its own words for every state", () => {
  for (const state of STATES) {
    const pages = LANGUAGES.map((language) => writePage(facts({ state, language })).html);
    assert.equal(new Set(pages.map((html) => /<h1>(.*?)<\/h1>/.exec(html)?.[1])).size, LANGUAGES.length, state);
    for (const html of pages) assert.doesNotMatch(html, /[{}](?:name|program)|undefined/, state);
  }
});

test("whatever was stopped, the page offers to stop the rest", () => {
  const offers = (state: PageState) => writePage(facts({ state })).html.includes('value="everything"');
  assert.deepEqual(STATES.filter(offers), ["asks", "program-stopped", "emails-stopped", "undone"]);
});

test("names from tenants are text, whatever they hold", () => {
  const name = `<script>alert("1")</script> & '{program}'`;
  const { html } = writePage(facts({ name, program: "<img src=x>" }));
  assert.doesNotMatch(html, /<script|<img/);
  assert.ok(html.includes("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;{program}&#39;"));
});

test("the page allows its own style alone, and nothing else is loaded, run or framed", () => {
  const { html, headers } = writePage(facts({ color: "#ffcc00" }));
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? "";
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = headers["content-security-policy"] ?? "";
  assert.equal(
    policy,
    `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  );
  assert.doesNotMatch(html, /<script|style="|https?:|\son\w+=/);
  assert.deepEqual([headers["cache-control"], headers["referrer-policy"]], ["no-store", "no-referrer"]);
});

test("the words on a button can be read on any colour (WCAG AA)", () => {
  const light = (color: string) => {
    const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
    const [r = 0, g = 0, b = 0] = parts.map((part) =>
      part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const steps = ["00", "33", "76", "99", "cc", "ff"];
  for (const color of steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => `#${r}${g}${b}`)))) {
    const [darker = 0, lighter = 0] = [light(color), textOn(color) === "#fff" ? 1 : 0].sort((a, b) => a - b);
    assert.ok((lighter + 0.05) / (darker + 0.05) >= 4.5, color);
  }
});

test("a form that nobody knows is a mail program's click: who says no is heard", () => {
  const form = (text: string, contentType = "application/x-www-form-urlencoded") =>
    readChoice({ contentType, data: Buffer.from(text), extensions: [] });
  assert.equal(form("choice=undo"), "undo");
  assert.equal(form("choice=program", "application/x-www-form-urlencoded; charset=UTF-8"), "program");
  assert.equal(form("choice=everything"), "everything");
  for (const other of ["List-Unsubscribe=One-Click", "", "choice=", "choice=constructor", "x".repeat(5_000)])
    assert.equal(form(other), "one-click", other.slice(0, 30));
  assert.equal(form("choice=undo", "multipart/form-data; boundary=x"), "one-click");
  assert.equal(readChoice(undefined), "one-click");
});
