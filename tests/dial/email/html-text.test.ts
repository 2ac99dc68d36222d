import assert from "node:assert/strict";
import { test } from "node:test";
import { wordsOfHtml } from "../../../svc/dial/email/html-text.ts";

test("the words of an HTML message are what people read of it", () => {
  const cases: [string, string][] = [
    ["<p>Hello <b>Ann</b></p>", "Hello Ann"],
    ["<style>p { color: red }</style><p>Hello</p><SCRIPT>x < y</SCRIPT> you", "Hello you"],
    ["<styles>kept</styles>", "kept"],
    ["<style>never ends", "never ends"],
    ["2 < 3", "2 < 3"],
    ["a<br>b", "a b"],
    ["", ""],
  ];
  for (const [html, words] of cases) assert.equal(wordsOfHtml(html), words, html);
});

test("no HTML takes longer than its length", () => {
  const startedAt = performance.now();
  for (const piece of ["<", "<style", "<style>", "<script ", "</style>", " ", "<a", ">"])
    wordsOfHtml(piece.repeat(100_000));
  assert.ok(performance.now() - startedAt < 1_000);
});
