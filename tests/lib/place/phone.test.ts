import assert from "node:assert/strict";
import { test } from "node:test";
import examples from "libphonenumber-js/examples.mobile.json";
import { parsePhoneNumberWithError, type CountryCode } from "libphonenumber-js/max";
import { randomFrom } from "../random.ts";
import { plans } from "../../../svc/lib/place/numbering-plan.ts";
import { normalisePhone, quickly } from "../../../svc/lib/place/phone.ts";

test("normalisePhone reads the usual ways of writing a number", () => {
  for (const [text, region, e164] of [
    ["(202) 555-0123", "US", "+12025550123"],
    ["202.555.0123", "US", "+12025550123"],
    ["1-202-555-0123", "US", "+12025550123"],
    ["+1 202 555 0123", "GB", "+12025550123"],
    ["011 44 20 7946 0000", "US", "+442079460000"],
    ["0044 20 7946 0000", "GB", "+442079460000"],
    ["0044 20 7946 0000", "US", "+442079460000"],
    ["0061 2 5550 1234", "AU", "+61255501234"],
    ["'0044 (0)7700 900123", "US", "+447700900123"],
    ["020 7946 0000", "GB", "+442079460000"],
    ["+44 (0)20 7946 0000", "US", "+442079460000"],
    ["(+44) 20 7946 0000", "US", "+442079460000"],
    ["'+442079460000", "US", "+442079460000"],
    ["tel:+1-202-555-0123", "US", "+12025550123"],
    [" 2025550123 ", "US", "+12025550123"],
    ["202-555-0123 x45", "US", "+12025550123"],
    ["４１５５５５０１２３", "US", "+14155550123"],
    ["416 555 0123", "US", "+14165550123"],
    ["8 (916) 123-45-67", "RU", "+79161234567"],
  ] as const) {
    assert.deepEqual(normalisePhone(text, region), { e164 }, `${text} in ${region}`);
  }
});

test("normalisePhone takes the ranges that regulators keep for fiction", () => {
  for (const text of [
    "+12025550100",
    "+12025550199",
    "+447700900123",
    "+441632960001",
    "+442079460999",
    "+61491570156",
    "+61255501234",
    "+33639980012",
    "+353209110000",
    "+46701740605",
  ]) {
    assert.deepEqual(normalisePhone(text, "US"), { e164: text });
  }
});

test("normalisePhone says why a text is no number", () => {
  for (const [text, region, fault] of [
    ["", "US", "empty"],
    ["   ", "US", "empty"],
    ["n/a", "US", "not_a_number"],
    ["unknown", "US", "not_a_number"],
    ["2.0255501E+9", "US", "not_a_number"],
    ["12", "US", "too_short"],
    ["555-0123", "US", "not_in_use"],
    ["2025550123456", "US", "too_long"],
    ["+999 123 4567", "US", "country_unknown"],
    ["+800 1234 5678", "US", "country_unknown"],
    ["5555550123", "US", "not_in_use"],
    ["1112223333", "US", "not_in_use"],
    ["0000000000", "US", "not_in_use"],
    ["00999 123 4567", "US", "too_long"],
    ["0044 20", "US", "too_short"],
    ["202-055-0123", "US", "not_in_use"],
    ["2025550123", "ZZ", "country_unknown"],
  ] as const) {
    assert.deepEqual(normalisePhone(text, region), { fault }, `${text} in ${region}`);
  }
});

test("the fast path reads every region's example number, written in four ways", () => {
  let slow = 0;
  let all = 0;
  for (const [region, national] of Object.entries(examples as Record<string, string>)) {
    const plan = plans.get(region);
    assert.ok(plan);
    const e164 = `+${plan.callingCode}${national}`;
    const parsed = parsePhoneNumberWithError(e164);
    for (const text of [e164, parsed.formatInternational(), parsed.formatNational(), national]) {
      all += 1;
      const fast = quickly(text, region);
      if (fast === undefined) slow += 1;
      else assert.equal(fast, libphonenumber(text, region), `${text} in ${region}`);
      assert.equal(normalisePhone(text, region).e164, libphonenumber(text, region), `${text} in ${region}`);
    }
  }
  assert.ok(slow < all * 0.1, `${slow} of ${all} examples went the slow way`);
});

test("wherever the fast path answers, libphonenumber-js gives the same answer: random digits of every region in nine ways of writing", () => {
  const random = randomFrom(20_260_704);
  const regions = [...plans.keys()];
  let answered = 0;
  for (const region of regions) {
    for (let i = 0; i < 400; i += 1) {
      const text = anyNumber(region, random);
      const reader = random() < 0.2 ? (regions[Math.floor(random() * regions.length)] ?? region) : region;
      const fast = quickly(text, reader);
      if (fast === undefined) continue;
      answered += 1;
      assert.equal(fast, libphonenumber(text, reader), `${text} in ${reader}`);
    }
  }
  assert.ok(answered > 5_000, `only ${answered} answers`);
});

test("the fast path leaves no number of the common ways to the slow one", () => {
  const random = randomFrom(7);
  for (let i = 0; i < 20_000; i += 1) {
    const digits = `${["202", "212", "415", "312", "816"][i % 5]}${2 + Math.floor(random() * 8)}${String(Math.floor(random() * 1e6)).padStart(6, "0")}`;
    for (const text of [
      digits,
      `1${digits}`,
      `+1${digits}`,
      `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`,
    ])
      assert.equal(quickly(text, "US"), `+1${digits}`);
  }
});

function libphonenumber(text: string, region: string): string | undefined {
  try {
    const number = parsePhoneNumberWithError(text, { defaultCountry: region as CountryCode, extract: false });
    return number.isValid() ? number.number : undefined;
  } catch {
    return undefined;
  }
}

/** A number of about the right length: half of them begin like the region's example, so that many are in use. */
function anyNumber(region: string, random: () => number): string {
  const plan = plans.get(region);
  const example = (examples as Record<string, string>)[region] ?? "";
  const length =
    (plan?.lengths[Math.floor(random() * (plan?.lengths.length ?? 0))] ?? 9) +
    (random() < 0.1 ? 1 : random() < 0.1 ? -1 : 0);
  const begin = random() < 0.5 ? example.slice(0, Math.floor(random() * 5)) : "";
  const d =
    begin + Array.from({ length: Math.max(0, length - begin.length) }, () => Math.floor(random() * 10)).join("");
  const { callingCode = "", trunkPrefix = "" } = plan ?? {};
  // prettier-ignore
  const ways = [
    d, `${trunkPrefix}${d}`, `+${callingCode}${d}`, `${callingCode}${d}`, `00${callingCode}${d}`, `+${callingCode} (${trunkPrefix})${d}`,
    `(${d.slice(0, 3)}) ${d.slice(3, 6)}-${d.slice(6)}`, `${trunkPrefix}${d.slice(0, 2)}/${d.slice(2)}`, `-+${callingCode}.${d}`,
  ];
  return ways[Math.floor(random() * ways.length)] ?? d;
}
