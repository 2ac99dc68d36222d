import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutValues } from "../../../svc/lib/outbox/withheld.ts";

const ID = "0190a000-0000-7000-8000-0000000000ab";

const CASES: [reason: string, shown: string][] = [
  ["", ""],
  ["Required.", "Required."],
  ['reports[12].attempt_id: "Ann" is not an id.', "reports[12].attempt_id: … is not an id."],
  ["“Ann “Smith” is too long", "… is too long"],
  ["‘+1 212 555’ is short, and so is ‘O’Brien’ of the field’s list", "… is short, and so is … of the field’s list"],
  ["«Bob Miller», »Bob Miller«, „Bob Miller“, ‹Bob› and 「Bob」", "…, …, …, … and …"],
  ["ann＠example.com and ann﹫example.com", "… and …"],
  ["＋１２１２５５５ and ٠١٢٣٤٥٦٧ and 212\u200b555 and 212 – 555", "… and … and … and …"],
  ["name=Ann_Smith", "name=…"],
  ["first_name=Ann Smith is too long", "first_name=…"],
  ["last_name 'Smith of Lon", "last_name …"],
  ['the value "Ann Smi', "the value …"],
  ["the value … of name=…", "the value … of name=…"],
  ["the value 'Ann' and `jo` of the field's list", "the value … and … of the field's list"],
  ["Ann <ann@example.com> is suppressed", "Ann … is suppressed"],
  ["+12125550123 is no number", "… is no number"],
  ["+1 (212) 555 - 0123, and +1-212-555-0124", "… and …"],
  ["value 1000000 is out of range for type smallint", "value … is out of range for type smallint"],
  ["at most 4 of 1,000 entries", "at most 4 of 1,000 entries"],
  [`This tenant has no campaign group ${ID}.`, `This tenant has no campaign group ${ID}.`],
];

test("what is withheld once stays as it is, and the time that it takes grows with the length alone", () => {
  for (const [, shown] of CASES) assert.equal(withoutValues(shown), shown);
  for (const part of ["'a", "“", "1 ", "«»", "='", "’x‘"]) {
    const began = performance.now();
    withoutValues(part.repeat(500_000));
    assert.ok(performance.now() - began < 2_000, part);
  }
});

for (const [reason, shown] of CASES)
  test(`${JSON.stringify(reason)} is shown as ${JSON.stringify(shown)}`, () => {
    assert.equal(withoutValues(reason), shown);
  });
