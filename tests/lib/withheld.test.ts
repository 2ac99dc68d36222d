import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutValues } from "../../svc/lib/withheld.ts";

const ID = "0190a000-0000-7000-8000-0000000000ab";

const CASES: [reason: string, shown: string][] = [
  ["", ""],
  ["Required.", "Required."],
  ['reports[12].attempt_id: "Ann" is not an id.', "reports[12].attempt_id: … is not an id."],
  ["“Ann “Smith” is too long", "“Ann … is too long"],
  ["the value 'Ann' and `jo` of the field's list", "the value … and … of the field's list"],
  ["Ann <ann@example.com> is suppressed", "Ann … is suppressed"],
  ["+12125550123 is no number", "… is no number"],
  ["+1 (212) 555 - 0123, and +1-212-555-0124", "… and …"],
  ["value 1000000 is out of range for type smallint", "value … is out of range for type smallint"],
  ["at most 4 of 1,000 entries", "at most 4 of 1,000 entries"],
  [`This tenant has no campaign group ${ID}.`, `This tenant has no campaign group ${ID}.`],
];

for (const [reason, shown] of CASES)
  test(`${JSON.stringify(reason)} is shown as ${JSON.stringify(shown)}`, () => {
    assert.equal(withoutValues(reason), shown);
  });
