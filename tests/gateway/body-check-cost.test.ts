/** What reading a body costs, at the largest size and by everything that can be wrong: never much more than JSON.parse of a text of that size. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { answerTo } from "../../gateway/body-check/answer.ts";
import { readCallRules } from "../../gateway/body-check/shapes.ts";
import { LARGEST_JSON } from "../../gateway/body-limits.ts";

const rules = readCallRules(readFileSync(new URL("../../gen/herald.binpb", import.meta.url)));
/** Nothing that reads each letter once comes near. */
const MOST_TIMES_PLAIN = 5;
const LONGEST_ANSWER = 32 << 10;

/** A text of the largest size: `open`, as many parts as there is room for, `close`. */
function filled(open: string, part: (i: number) => string, close: string): string {
  const parts = [open];
  let length = open.length + close.length;
  for (let i = 0; ; i++) {
    const next = part(i);
    length += next.length;
    if (length > LARGEST_JSON) return parts.join("") + close;
    parts.push(next);
  }
}

const long = (letters: string, around = 40) => letters.repeat((LARGEST_JSON - around) / letters.length);

const groups = "/v1/campaign-groups";
const bodies: Record<string, [text: string, path?: string, verb?: string]> = {
  "names given twice, one a line": [filled('{"a":1', () => ',\n"a":1', "}"), "/v1/tokens"],
  "names given twice at the end of many lines": [
    `{"z":{${"\n".repeat(LARGEST_JSON - 400)}${'"a":1,'.repeat(40)}"b":1}}`,
  ],
  "unknown names near to known ones": [filled('{"campaignGroup":{"x":1', (i) => `,"suppresionLstIds${i}":1`, "}}")],
  "a list for a text": [filled('{"password":{"tenant":["x"', () => ',""', "]}}"), "/v1/tokens"],
  "objects for texts": [filled('{"campaignGroup":{"contactListIds":["x"', () => ",{}", "]}}")],
  "a list of numbers": [filled('{"campaignGroup":{"contactListIds":[1', () => ",1", "]}}")],
  "a list of empty objects": [filled('{"campaignGroup":{"treatments":[{}', () => ",{}", "]}}")],
  "lists in lists": [filled('{"campaignGroup":{"treatments":[{}', () => `,${"[".repeat(60)}${"]".repeat(60)}`, "]}}")],
  "lists in lists of what is not known": [filled('{"z":[1', () => `,${"[".repeat(60)}${"]".repeat(60)}`, "]}")],
  "nulls in a list": [filled('{"campaignGroup":{"treatments":[null', () => ",null", "]}}")],
  "a map of many names": [
    filled('{"sampleValues":{"a":""', (i) => `,"${i.toString(36)}":""`, "}}"),
    "/v1/campaign-groups/x:sendTest",
  ],
  "names that are numbers of one remainder": [filled('{"z":{"a":1', (i) => `,"${(i + 1) * 131_072}":1`, "}}")],
  "names in escapes": [filled('{"z":{"a":1', (i) => `,"\\u0061${i.toString(36)}":1`, "}}")],
  "long names": [filled('{"x":1', (i) => `,"${"b".repeat(50_000)}${i}":1`, "}")],
  "one long name": [`{"${long("a")}":1}`],
  "one long name in escapes": [`{"${long("\\n")}":1}`],
  "a text in escapes": [`{"campaignGroup":{"name":"${long("\\u00e9")}"}}`],
  "a long number": [`{"campaignGroup":{"name":${long("1")}}}`],
  "a long fraction": [`{"campaignGroup":{"name":1.${long("1")}e5}}`],
  "blanks and no end": [`{${" ".repeat(LARGEST_JSON - 1)}`],
  "lines and a fault": [`{${"\n".repeat(LARGEST_JSON - 10)}"a":}`],
  "something after the end": [`{}${" ".repeat(LARGEST_JSON - 3)}x`],
  "alternatives again and again": [
    filled('{"rule":{"attemptCap":{}', () => ',"location":{}', "}}"),
    "/v1/compliance-rules",
  ],
  "many ids beside that of the path": [
    filled('{"contactList":{"id":"x"', () => ',"id":"y"', "}}"),
    "/v1/contact-lists/x",
    "PATCH",
  ],
};

/** The least of three times, in ms of CPU, whatever else the machine does. */
function cpuMs(work: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const begun = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}

const plainMs = cpuMs(() => JSON.parse(filled('{"z":{"a":1', (i) => `,"${i.toString(36)}":1`, "}}")));

for (const [what, [text, path = groups, verb = "POST"]] of Object.entries(bodies)) {
  test(`${what}: read in the time of a few JSON.parse, and answered in few words`, () => {
    const request = { verb, path, contentType: "application/json", requestId: "r", body: Buffer.from(text) };
    assert.ok(request.body.length <= LARGEST_JSON && request.body.length > LARGEST_JSON - 60_000);
    const ms = cpuMs(() => answerTo(request, rules));
    assert.ok(ms < MOST_TIMES_PLAIN * plainMs, `${ms} ms; JSON.parse of a large object takes ${plainMs} ms`);
    assert.ok((answerTo(request, rules)?.body.length ?? 0) < LONGEST_ANSWER);
  });
}

test("a body of more values than are read is told so", () => {
  const body = Buffer.from(filled('{"campaignGroup":{"contactListIds":["x"', () => ',""', "]}}"));
  const refusal = answerTo({ verb: "POST", path: groups, contentType: undefined, requestId: "r", body }, rules);
  assert.match(refusal?.body ?? "", /more than 50,000 values; send it in parts/);
});
