import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import examples from "libphonenumber-js/examples.mobile.json";
import { parsePhoneNumberWithError, type CountryCode } from "libphonenumber-js/max";
import { randomFrom } from "../random.ts";
import { plans } from "../../../svc/lib/devices/numbering-plan.ts";
import { comparedForm } from "../../../svc/lib/devices/old-forms.ts";
import { normalisePhone, PHONE_FAULTS, possiblePhone, quickly, TABLES } from "../../../svc/lib/devices/phone.ts";

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

test("a number that a program kept as a decimal is that number, and no digit longer", () => {
  for (const [text, region, e164] of [
    ["30123456.0", "DE", "+4930123456"],
    ["+4930123457.0", "US", "+4930123457"],
    ["+4930123457,00", "US", "+4930123457"],
    ["015112345678.0", "DE", "+4915112345678"],
    ["6641234567.0", "AT", "+436641234567"],
    ["2125550123.0", "US", "+12125550123"],
    ["12125550124.00", "US", "+12125550124"],
    ["'12125550124.0", "US", "+12125550124"],
    ["2.125550123E9", "US", "+12125550123"],
    ["2,125550123E+09", "US", "+12125550123"],
    ["212.555.0123", "US", "+12125550123"],
    ["030.12.34.56", "DE", "+4930123456"],
  ] as const) {
    assert.deepEqual(normalisePhone(text, region), { e164 }, `${text} in ${region}`);
  }
});

test("what nobody sees in a number is none of it", () => {
  for (const text of [
    "\u202a+12125550123\u202c",
    "+1\u2068 212 555 0123\u2069",
    "+1\ufe0e-212-555-0123",
    "+1\u00a0212\u2009555\u202f0123",
    "\ufeff2125550123\u200b",
    "+1\u00ad212\u2060555\u200d0123",
    "’2125550123",
    '"2125550123"',
  ])
    assert.deepEqual(normalisePhone(text, "US"), { e164: "+12125550123" }, JSON.stringify(text));
});

test("a number as it was written before its country's plan changed becomes that of today", () => {
  for (const [text, region, e164] of [
    ["+5215512345678", "US", "+525512345678"],
    ["5215512345679", "MX", "+525512345679"],
    ["044 55 1234 5680", "MX", "+525512345680"],
    ["045 55 1234 5680", "MX", "+525512345680"],
    ["01 55 1234 5680", "MX", "+525512345680"],
    ["+52 1 81 2345 6789", "US", "+528123456789"],
    ["+52 (1) 81 2345 6789", "US", "+528123456789"],
    ["0052 1 81 2345 6789", "ES", "+528123456789"],
    ["+551187654321", "US", "+5511987654321"],
    ["(41) 8765-4322", "BR", "+5541987654322"],
    ["0 15 41 8765-4322", "BR", "+5541987654322"],
    ["+54 11 15 2345 6789", "US", "+5491123456789"],
    ["+54 9 11 15 2345 6789", "US", "+5491123456789"],
    ["011 15 2345-6789", "AR", "+5491123456789"],
    ["+39 6 12345678", "US", "+390612345678"],
    ["0333 1234567", "IT", "+393331234567"],
    ["+225 07 07 08 09", "FR", "+2250707070809"],
    ["05 06 07 08", "CI", "+2250505060708"],
    ["+229 97 12 34 56", "FR", "+2290197123456"],
    ["97123456", "BJ", "+2290197123456"],
    ["+237 77123456", "FR", "+237677123456"],
    ["+230 7771234", "FR", "+23057771234"],
    ["+57 1 2345678", "US", "+576012345678"],
    ["+84 168 123 4567", "US", "+84381234567"],
    ["0121 234 5678", "VN", "+84792345678"],
  ] as const) {
    assert.deepEqual(normalisePhone(text, region), { e164 }, `${text} in ${region}`);
  }
});

test("a rule for old numbers changes no number in use", () => {
  const random = randomFrom(4_711);
  for (const region of [
    "MX",
    "AR",
    "BR",
    "IT",
    "CI",
    "BJ",
    "CM",
    "MU",
    "CL",
    "CO",
    "EC",
    "VN",
    "XK",
    "MC",
    "SI",
    "RS",
  ]) {
    for (let i = 0; i < 2_000; i += 1) {
      const text = anyNumber(region, random);
      const known = libphonenumber(text, region);
      if (known !== undefined && !text.includes("00"))
        assert.equal(normalisePhone(text, region).e164, known, `${text} in ${region}`);
    }
  }
});

test("an Argentine mobile number compares alike with and without its 9", () => {
  assert.equal(comparedForm("+5491123456789"), "+541123456789");
  assert.equal(comparedForm("+541123456789"), "+541123456789");
  assert.equal(comparedForm("+12125550123"), "+12125550123");
});

test("a number of an area code that is newer than the tables is possible, and the reason tells their age", () => {
  for (const areaCode of "861 436 924 837 621 679".split(" ")) {
    assert.deepEqual(normalisePhone(`(${areaCode}) 555-0123`, "US"), { fault: "not_in_use" });
    assert.equal(possiblePhone(`(${areaCode}) 555-0123`, "US"), `+1${areaCode}5550123`);
  }
  for (const text of ["n/a", "12", "2025550123456", "+999 123 4567", "4.479E+11"])
    assert.equal(possiblePhone(text, "US"), undefined, text);
  const { version } = createRequire(import.meta.url)("libphonenumber-js/package.json") as { version: string };
  assert.equal(version, TABLES.version, "say in TABLES which release is in use, and of which month it is");
  assert.match(PHONE_FAULTS.not_in_use, /tables of \w+ \d{4}/);
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
    ["2.0255501E+9", "US", "rounded"],
    ["4.479E+11", "GB", "rounded"],
    ["1.0E+10", "US", "rounded"],
    ["1E10", "US", "rounded"],
    ["4,479E+11", "GB", "rounded"],
    ["30123456.5", "DE", "rounded"],
    ["12", "US", "too_short"],
    ["555-0123", "US", "not_in_use"],
    ["2025550123456", "US", "too_long"],
    ["1-".repeat(120), "US", "too_long"],
    [`12 ${"a".repeat(240)}`, "US", "not_a_number"],
    ["a".repeat(300), "US", "not_a_number"],
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

/** A random number of about the right length. Half of them begin like the region's example, so that many are valid. */
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
