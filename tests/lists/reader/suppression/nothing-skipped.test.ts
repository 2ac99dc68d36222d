/** No entry of a do-not-contact file is skipped in silence: what cannot be understood is kept as it is written, and told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { SuppressionKind } from "../../../../gen/herald/lists/v1/suppression_list.ts";
import { openFile } from "../../../../svc/lists/reader/open.ts";
import { randomFrom } from "../../../lib/random.ts";
import { bootLists, importEntries } from "../../lists.ts";

const ID = "00000000-0000-7000-8000-000000000000";
const DEVICES = SuppressionKind.SUPPRESSION_KIND_DEVICE;

/** Lines that gave entries, and lines that were told. */
function linesOf(text: string, names: SuppressionKind = DEVICES) {
  const file = openFile({
    kind: "suppression",
    format: { encoding: "", delimiter: "", headerLine: 0 },
    mapping: [],
    tenantId: ID,
    names,
    region: "US",
    mostRows: 1_000,
  });
  file.push(Buffer.from(text));
  file.end();
  const { copy, rejected, counts } = file.take();
  const entries = Buffer.from(copy).toString().split("\n").slice(0, -1);
  const held = Map.groupBy(
    entries.map((entry) => entry.split("\t")),
    ([line]) => Number(line),
  );
  return { held, told: new Map(rejected.map((row) => [row.line, row])), counts };
}

test("every line of a do-not-contact file gives an entry or is told, and one with a digit always gives an entry", () => {
  const signs = [
    ..."0123456789",
    ..."0123456789",
    ..."+-() ./@abcxE:;=",
    "\u200b",
    "\u00a0",
    "٣",
    "ü",
    ".0",
    " or ",
    "'",
  ];
  for (let seed = 1; seed <= 400; seed += 1) {
    const random = randomFrom(seed);
    const one = () => signs[Math.floor(random() * signs.length)] ?? "";
    const lines = Array.from({ length: 12 }, () => Array.from({ length: 1 + Math.floor(random() * 16) }, one).join(""));
    const { held, told, counts } = linesOf(["value,reason", ...lines.map((line) => `"${line}",r`)].join("\n"));
    assert.equal(counts.rows, lines.length);
    for (const [i, line] of lines.entries()) {
      const about = `seed ${seed}: ${JSON.stringify(line)}`;
      assert.ok(held.has(i + 2) || told.has(i + 2), `${about} is skipped in silence`);
      if (/[\p{Nd}@]/u.test(line)) assert.ok(held.has(i + 2), `${about} is not kept`);
    }
  }
});

test("numbers that may be in use are entries; what is no number is kept as it is written; a window that cannot be read holds for always", () => {
  for (const [row, values, reason] of [
    ["+18615550123", ["+18615550123"], undefined],
    ["(436) 555-0123", ["+14365550123"], undefined],
    ["+5215512345678", ["+525512345678"], undefined],
    ["30123456.0", ["30123456.0"], "value_invalid"],
    ["2125550123.0", ["+12125550123"], undefined],
    ["4.479E+11", ["4.479e+11"], "value_invalid"],
    ["555-0123", ["555-0123"], "value_invalid"],
    ["+999 123 4567", ["+999 123 4567"], "value_invalid"],
    ["jörg@example.com", ["jörg@example.com"], "value_invalid"],
    ["2125550123;6465550124", ["+12125550123", "+16465550124"], undefined],
    ["2125550127 / 6465550128", ["+12125550127", "+16465550128"], undefined],
    ["2125550127/6465550128", ["+12125550127", "+16465550128"], undefined],
    ["2125550136;ext=12", ["+12125550136"], undefined],
    ["2125550123; 12345678", ["+12125550123", "12345678"], "value_invalid"],
    ["+54 9 11 2345-6789", ["+541123456789"], undefined],
    ['="2125550123"', ["+12125550123"], undefined],
    ["n/a", [], "value_invalid"],
  ] as const) {
    const { held, told } = linesOf(`value\treason\n${row}\tr\n`);
    assert.deepEqual(
      (held.get(2) ?? []).map(([, value]) => value),
      values,
      row,
    );
    assert.equal(told.get(2)?.reason, reason, row);
  }
  const { held, told } = linesOf("phone,until\n+12125550123,31.12.2026\n+12125550124,2026-12-31\n");
  assert.deepEqual(held.get(2)?.[0]?.slice(1, 4), ["+12125550123", "\\N", "\\N"]);
  assert.equal(told.get(2)?.reason, "time_invalid");
  assert.equal(told.get(3), undefined);
  const clients = linesOf("client_id\n1.59002E+17\nC-2\n", SuppressionKind.SUPPRESSION_KIND_CLIENT_ID);
  assert.equal(clients.told.get(2)?.reason, "value_rounded");
  assert.deepEqual(clients.held.get(2)?.[0]?.[1], "1.59002E+17");
});

test("a number in a line whose quotes are broken is held, wherever it stands", () => {
  const { held } = linesOf('reason,phone\n"asked, by letter,+12125550123\nphone,+12125550124\n');
  assert.equal(held.get(2)?.[0]?.[1], "+12125550123");
  assert.equal(held.get(3)?.[0]?.[1], "+12125550124");
});

test("rows before a header are never taken for notes", () => {
  assert.deepEqual(
    [...linesOf("+12125550123\n+12125550124\nphone\n+12125550125\n").held.keys()],
    [1, 2, 3, 4].filter((line) => line !== 3),
  );
  const { held } = linesOf("C-1\nC-2\nclient_id\nC-3\n", SuppressionKind.SUPPRESSION_KIND_CLIENT_ID);
  assert.deepEqual([...held.keys()], [1, 2, 3, 4]);
});

test("what was kept as it is written is found, listed and removed by it", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const suppressionListId = await office.newSuppressionList();
  const answer = await importEntries(office, suppressionListId, "value\n555-0123\n+18615550123\n+54 9 11 2345-6789\n");
  assert.deepEqual([answer.acceptedCount, answer.rejectedCount, answer.addedCount], [2, 1, 3]);
  assert.match(answer.rejectedRows[0]?.detail ?? "", /kept as it is written/);
  for (const value of ["555-0123", "(861) 555-0123", "+541123456789", "+5491123456789"])
    assert.equal((await office.suppression.lookUpEntries({ value })).hits.length, 1, value);
  const { removedCount } = await office.suppression.removeEntries({
    suppressionListId,
    values: ["555-0123", "+18615550123", "011 15 2345-6789".replace("011 15", "+54 11")],
  });
  assert.equal(removedCount, 3);
});
