/** The tools with which handlers read requests: masks, pages, ids, etags, checks. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { RpcError } from "../../../svc/lib/errors/errors.ts";
import { etagOf, readEtag } from "../../../svc/lib/request/etag.ts";
import { isId, newId, readId, readOptionalId } from "../../../svc/lib/request/ids.ts";
import { assignments, masked } from "../../../svc/lib/request/mask.ts";
import { pageOf, readPage } from "../../../svc/lib/request/page.ts";
import { Checks } from "../../../svc/lib/request/validate.ts";

const list = {
  id: "list-1",
  etag: "v1",
  name: "Spring",
  regionCode: "",
  size: 0,
  tags: [] as string[],
  retention: undefined,
};

/** The fields that the error of a refused request names. */
function badFields(work: () => unknown): Record<string, string> {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof RpcError, String(error));
    return Object.fromEntries(error.fields.map(({ field, description }) => [field, description]));
  }
  return assert.fail("it was not refused");
}

test("an empty mask means every field that has a value; a mask names even those to be emptied", () => {
  const allowed = ["name", "regionCode", "tags"] as const;
  assert.deepEqual(masked(list, undefined, allowed), { id: "list-1", etag: "v1", set: { name: "Spring" } });
  assert.deepEqual(masked(list, [], allowed).set, { name: "Spring" });
  assert.deepEqual(masked(list, ["region_code", "tags"], allowed).set, { regionCode: "", tags: [] });
  assert.deepEqual(masked(list, ["regionCode"], allowed).set, { regionCode: "" });
});

test("a path that cannot be updated is refused by name, and nothing is taken of the rest", () => {
  const told = badFields(() => masked(list, ["name", "size", "nmae"], ["name", "regionCode"]));
  assert.match(told["update_mask"] ?? "", /"nmae" cannot be updated; these can: name, region_code/);
  assert.ok(badFields(() => masked(undefined, ["name"], ["name" as never]))["resource"]);
});

test("a change becomes the assignments of an update", () => {
  assert.deepEqual(assignments({ regionCode: "US", name: "x" }, 3), {
    sql: "region_code = $3, name = $4",
    values: ["US", "x"],
  });
});

test("a page size of 0 is the usual one, too much is the most, below 0 is refused", () => {
  const read = (pageSize: number) => readPage({ pageSize, pageToken: "" }, { usual: 50, most: 500 });
  assert.deepEqual([read(0).size, read(10).size, read(9_999).size, read(10).limit], [50, 10, 500, 11]);
  assert.ok(badFields(() => read(-1))["page_size"]);
});

test("pages meet without gap or repeat, and the last has no token", () => {
  const rows = Array.from({ length: 7 }, (_, i) => ({ id: `row-${i}` }));
  const seen: string[] = [];
  let pageToken = "";
  let pages = 0;
  do {
    const page = readPage({ pageSize: 3, pageToken }, { usual: 50, most: 500 });
    const found = rows.filter(({ id }) => page.after === undefined || id > String(page.after[0])).slice(0, page.limit);
    const { items, nextPageToken } = pageOf(
      page,
      found,
      ({ id }) => [id],
      ({ id }) => id,
    );
    seen.push(...items);
    pageToken = nextPageToken;
    pages += 1;
  } while (pageToken);
  assert.deepEqual(
    seen,
    rows.map(({ id }) => id),
  );
  assert.equal(pages, 3);
});

test("a page token works only with the filters it was made with, and garbage is refused", () => {
  const sizes = { usual: 2, most: 10 };
  const first = readPage({ pageSize: 2, pageToken: "", state: 1 } as never, sizes);
  const { nextPageToken } = pageOf(
    first,
    [1, 2, 3],
    (n) => [n],
    (n) => n,
  );
  const again = (state: number, pageToken: string) => readPage({ pageSize: 5, pageToken, state } as never, sizes);
  assert.deepEqual(again(1, nextPageToken).after, [2]);
  for (const work of [
    () => again(2, nextPageToken),
    () => again(1, "garbage"),
    () => again(1, Buffer.from('["x",{}]').toString("base64url")),
  ]) {
    assert.throws(
      work,
      (error: unknown) => error instanceof RpcError && error.reason === "ERROR_REASON_PAGE_TOKEN_INVALID",
    );
  }
});

test("ids are lower-case UUIDs that grow with time; anything else is refused, naming the field", () => {
  const ids = Array.from({ length: 100 }, newId);
  assert.deepEqual(ids.toSorted(), ids);
  assert.ok(ids.every(isId));
  assert.equal(readId("0190AAAA-BBBB-7CCC-8DDD-EEEEFFFF0000", "x"), "0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000");
  assert.match(badFields(() => readId("12", "list_id"))["list_id"] ?? "", /"12" is not an id/);
  assert.match(badFields(() => readId("", "list_id"))["list_id"] ?? "", /required/);
  assert.equal(readOptionalId("", "list_id"), undefined);
});

test("an etag gives back its version; an empty one accepts any; a foreign one is refused", () => {
  assert.equal(readEtag(etagOf(1_234_567)), 1_234_567);
  assert.equal(readEtag(""), undefined);
  for (const foreign of ['"abc"', "v", "v1; drop", "V1"])
    assert.ok(badFields(() => readEtag(foreign))["etag"], foreign);
});

test("checks tell every violation at once", () => {
  const told = badFields(() => {
    const check = new Checks();
    check.text("name", "   ");
    check.text("note", "x".repeat(121));
    check.text("code", "a\u0000b");
    check.int("cap", 1.5, { least: 1, most: 9 });
    check.id("list_id", "nope");
    check.id("other_id", "", { optional: true });
    check.count("tags", [1, 2, 3], { most: 2 });
    check.chosen("channel", 0);
    check.done();
  });
  assert.deepEqual(Object.keys(told), ["name", "note", "code", "cap", "list_id", "tags", "channel"]);
  assert.equal(told["note"], "Must have at most 120 characters; it has 121.");
});

test("names hold no sign that nobody sees, but those that scripts and emoji need", () => {
  const wrong = [
    "\u200f",
    "\u061c",
    "\ufff9",
    "\u{e0041}",
    "\u200b",
    "\u2060",
    "\u00ad",
    "\ufeff",
    "\u034f",
    "\u3164",
    "\ufe0f",
    "\u{e0100}",
    "\u200d",
    "\u{1d173}",
  ];
  for (const sign of wrong) {
    const check = new Checks();
    check.name("name", `a${sign}b`);
    const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    assert.deepEqual(check.violations, [
      { field: "name", description: `Must not hold signs that nobody sees; it holds U+${code}.` },
    ]);
  }
  const right = new Checks();
  for (const text of [
    "Spring",
    "दिल्ली",
    "می\u200cخواهم",
    "क्\u200dष",
    "👩\u200d👩\u200d👧",
    "❤\ufe0f sale",
    "☎\ufe0e",
    "1\ufe0f\u20e3",
    "葛\u{e0100}城",
    "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    "é",
    "\u06dd١",
  ])
    right.name("name", text);
  assert.deepEqual(right.violations, []);
});

test("a text is counted in characters and given back trimmed", () => {
  const check = new Checks();
  assert.equal(check.text("name", `  ${"😀".repeat(120)} `), "😀".repeat(120));
  check.done();
});

test("names and subjects hold no control characters, nothing that turns the writing round, and something to be seen", () => {
  const wrong: [what: string, text: string, says: RegExp][] = [
    ["an escape", "Spring\u001b[2J", /U\+001B/],
    ["a C1 control", "Spring\u009b2J", /U\+009B/],
    ["a line end", "Spring\nsale", /U\+000A/],
    ["a tab", "Spring\tsale", /U\+0009/],
    ["an override of direction", "gpj.\u202eexe", /U\+202E/],
    ["zero-width spaces", "\u200b\u2060\u200d", /can be seen/],
    ["a soft hyphen", "\u00ad", /can be seen/],
    ["a filler letter", "\u3164", /can be seen/],
    ["an empty Braille cell", "\u2800", /can be seen/],
  ];
  for (const [what, text, says] of wrong) {
    const check = new Checks();
    check.text("name", text);
    assert.equal(check.violations.length, 1, what);
    assert.match(check.violations[0]?.description ?? "", says, what);
  }
  const right = new Checks();
  for (const text of ["Spring", "दिल्ली", "می\u200cخواهم", "👩\u200d👩\u200d👧", "ש\u200fל", "é"])
    right.text("name", text);
  right.text("description", "Two\n\tlines", { lines: true });
  assert.deepEqual(right.violations, []);
});
