import assert from "node:assert/strict";
import { test } from "node:test";
import { normaliseEmail } from "../../../svc/lib/devices/email.ts";

test("normaliseEmail gives the form that is compared and sent to", () => {
  for (const [text, address] of [
    ["Jo.Doe@Example.COM", "jo.doe@example.com"],
    ["  jo+tag@mail.example.org ", "jo+tag@mail.example.org"],
    ["Jo Doe <jo@example.com>", "jo@example.com"],
    ["mailto:jo@example.com", "jo@example.com"],
    ["jo@bücher.example", "jo@xn--bcher-kva.example"],
    ["o'hara@example.com", "o'hara@example.com"],
    ["a@sub.sub.example.museum", "a@sub.sub.example.museum"],
  ] as const) {
    assert.deepEqual(normaliseEmail(text), { address }, text);
  }
});

test("normaliseEmail says why a text is no address", () => {
  for (const [text, fault] of [
    ["", "empty"],
    ["jo.example.com", "no_at"],
    ["jo@doe@example.com", "no_at"],
    ["jo..doe@example.com", "local_part"],
    [".jo@example.com", "local_part"],
    ["jo doe@example.com", "local_part"],
    ["jö@example.com", "local_part"],
    [`${"a".repeat(65)}@example.com`, "local_part"],
    ["@example.com", "local_part"],
    ["jo@", "domain"],
    ["jo@localhost", "domain"],
    ["jo@example.c", "domain"],
    ["jo@-example.com", "domain"],
    ["jo@example..com", "domain"],
    ["jo@127.0.0.1", "domain"],
    [`jo@${"a".repeat(64)}.com`, "domain"],
    [`jo@${"abcdefgh.".repeat(30)}com`, "too_long"],
  ] as const) {
    assert.deepEqual(normaliseEmail(text), { fault }, text);
  }
});
