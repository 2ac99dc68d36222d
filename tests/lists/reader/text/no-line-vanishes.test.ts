import assert from "node:assert/strict";
import { test } from "node:test";
import { SuppressionKind } from "../../../../gen/herald/lists/v1/suppression_list.ts";
import { FileReader } from "../../../../svc/lists/reader/text/file-reader.ts";
import { openFile } from "../../../../svc/lists/reader/open.ts";
import type { RejectedRow } from "../../../../svc/lists/reader/result.ts";
import { randomFrom } from "../../../lib/random.ts";
import { bootLists, importEntries } from "../../lists.ts";
import type { FileTask } from "../../../../svc/lists/reader/file-task.ts";

const FORMAT = { encoding: "", delimiter: ",", headerLine: 1 };
const ENDS = ["\n", "\r\n", "\r"];

test("every line of a file is in exactly one row, as it stands there, or blank: whatever quotes, separators and line ends do", () => {
  for (let seed = 1; seed <= 1_500; seed += 1) {
    const random = randomFrom(seed);
    const one = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const text = `h\n${Array.from({ length: 40 }, () => one(['"', '"', '""', ",", "a", "b c", "\n", "\r\n", "\r", " ", ""])).join("")}\nz`;
    const lines = linesOf(text);
    const covered = new Map<number, string>([[1, "h"]]);
    for (const { line, original } of rowsOf(text, random)) {
      for (const [i, part] of linesOf(original).entries()) {
        assert.ok(!covered.has(line + i), `seed ${seed}: line ${line + i} twice`);
        covered.set(line + i, part);
      }
    }
    for (const [i, line] of lines.entries())
      assert.equal(
        covered.get(i + 1) ?? line.replaceAll(/[", ]/g, ""),
        covered.has(i + 1) ? line : "",
        `seed ${seed}, line ${i + 1}`,
      );
  }
});

test("rows are the same whatever the borders of the pieces are", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = randomFrom(seed);
    const text = contactFile(random).text;
    assert.deepEqual(
      rowsOf(text, random),
      rowsOf(text, () => 1),
      `seed ${seed}`,
    );
  }
});

test("no value of one line lands in another line's record, and every row is accepted or rejected", () => {
  for (let seed = 1; seed <= 1_000; seed += 1) {
    const random = randomFrom(seed);
    const { text, owners, rows } = contactFile(random);
    const { copy, rejected, counts } = readWhole(recordsTask(), text, random);
    assert.equal(counts.rows, counts.accepted + counts.rejected);
    for (const record of copy) {
      const clientId = record[5] ?? "";
      const device = /\+1212555(\d{4})/.exec(record[16] ?? "")?.[1] ?? "";
      assert.equal(owners.get(clientId), device, `seed ${seed}: ${clientId} has the number of another line\n${text}`);
    }
    const known = new Set(copy.map((record) => record[5]));
    for (const row of rows) {
      const isTold = known.has(row) || rejected.some(({ original }) => original.includes(row));
      assert.ok(isTold, `seed ${seed}: ${row} is neither accepted nor rejected\n${text}`);
    }
  }
});

test("every number of a do-not-contact file is suppressed, whatever the quotes do", () => {
  for (let seed = 1; seed <= 1_000; seed += 1) {
    const random = randomFrom(seed);
    const lines = Array.from({ length: 8 }, (_, i) => {
      const reason = damaged(["letter", "web form", 'said "stop"', "a, b", ""][i % 5] ?? "", random);
      return `+1212555${String(i).padStart(4, "0")},${reason}`;
    });
    const text = ["value,reason", ...lines].join(random() < 0.5 ? "\n" : "\r\n");
    const { copy, rejected } = readWhole(entriesTask(), text, random);
    const held = new Set(copy.map((entry) => entry[1]));
    for (const line of lines) assert.ok(held.has(line.slice(0, 12)), `seed ${seed}: ${line} is not held\n${text}`);
    assert.deepEqual(rejected, [], `seed ${seed}\n${text}`);
  }
});

test("a stray quote costs its own row alone", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const list = await office.newList();
  const file = [
    "client_id,first_name,note,device1",
    "C-1,Ann,ok,+12125550123",
    'C-2,Bob,"24 inch screen,+12125550124',
    "C-3,Cid,ok,+12125550125",
    'C-5,Eli,19" screen,+12125550127',
    'C-7,Gus,"closed, well",+12125550129',
    'C-8,Hal,"two\nlines",+12125550130',
    'C-9,Ina,"never closed,+12125550131',
    "C-10,Jan,ok,+12125550132",
  ].join("\n");
  const done = await office.importFile(list, file);
  assert.deepEqual([done.rowCount, done.acceptedCount, done.rejectedByReason], [8, 6, { quote_misplaced: 2 }]);
  const { records } = await office.records.searchRecords({ contactListId: list, clientId: "C-2" });
  assert.deepEqual(records, []);

  const held = await office.newSuppressionList();
  const entries =
    'value,reason\n+12125550123,"said: stop\n+12125550124,letter\n+12125550126,"web form"\n+12125550127,letter\n';
  const answer = await importEntries(office, held, entries);
  assert.deepEqual([answer.acceptedCount, answer.rejectedCount], [4, 0]);
  const { entries: kept } = await office.suppression.listEntries({ suppressionListId: held });
  assert.deepEqual(
    kept.map(({ value, reason }) => `${value} ${reason}`),
    ["+12125550123 said: stop", "+12125550124 letter", "+12125550126 web form", "+12125550127 letter"],
  );
});

test("a file of stray quotes is read in time that grows with its size alone", () => {
  const chain = `h,i,j\n${'x","y,z\n'.repeat(120_000)}`;
  const begun = performance.now();
  const { counts } = readWhole(recordsTask("h=device1"), chain, () => 1);
  assert.equal(counts.rows, 120_000);
  assert.ok(performance.now() - begun < 10_000, `${performance.now() - begun} ms`);
});

/** A contact file of which lines carry their own id and number, some of them with damaged quotes. */
function contactFile(random: () => number): { text: string; owners: Map<string, string>; rows: string[] } {
  const owners = new Map<string, string>();
  const rows: string[] = [];
  const end = ENDS[Math.floor(random() * ENDS.length)] ?? "\n";
  const notes = ["ok", "a, b", "24 inch", "", "two\nlines, of text", 'say "hi"', "tail "];
  const lines = Array.from({ length: 10 }, (_, i) => {
    const number = String(1_000 + i);
    owners.set(`L${number}`, number);
    rows.push(`L${number}`);
    const note = notes[Math.floor(random() * notes.length)] ?? "";
    const cell =
      random() < 0.5
        ? damaged(note.replaceAll("\n", " ").replaceAll(",", ""), random)
        : `"${note.replaceAll('"', '""')}"`;
    const name = random() < 0.1 ? damaged("Ann", random) : "Ann";
    return `L${number},${name},${cell},+1212555${number}`;
  });
  return { text: ["client_id,first_name,note,device1", ...lines, ""].join(end), owners, rows };
}

/** A text into which a few quotes fell. */
function damaged(text: string, random: () => number): string {
  let now = text;
  for (let i = Math.floor(random() * 3); i > 0; i -= 1) {
    const at = Math.floor(random() * (now.length + 1));
    now = `${now.slice(0, at)}"${now.slice(at)}`;
  }
  return now;
}

const linesOf = (text: string) => text.replaceAll(/\r\n|\r/g, "\n").split("\n");

/** The rows after the header, with the file in pieces of random sizes; in one where `random` always gives 1. */
function rowsOf(text: string, random: () => number): { line: number; original: string; cells: string[] }[] {
  const rows: { line: number; original: string; cells: string[] }[] = [];
  const reader = new FileReader(FORMAT, {
    rateHeader: () => 0,
    takeHeader: () => ({ take: (cells, line, original) => rows.push({ line, original, cells }), isHeader: true }),
    swallows: () => false,
  });
  for (const piece of pieces(text, random)) reader.push(piece);
  reader.end();
  return rows;
}

function readWhole(task: FileTask, text: string, random: () => number) {
  const file = openFile(task);
  const copy: string[] = [];
  const rejected: RejectedRow[] = [];
  let counts;
  const take = () => {
    const part = file.take();
    copy.push(Buffer.from(part.copy).toString());
    rejected.push(...part.rejected);
    counts = part.counts;
  };
  for (const piece of pieces(text, random)) {
    file.push(piece);
    take();
  }
  file.end();
  take();
  const lines = copy.join("").split("\n").slice(0, -1);
  return { copy: lines.map((line) => line.split("\t")), rejected, counts: counts ?? file.take().counts };
}

function* pieces(text: string, random: () => number): Generator<Buffer, void> {
  const bytes = Buffer.from(text);
  const most = 1 + Math.floor(random() * 40);
  for (let at = 0; at < bytes.length;) {
    const size = random() >= 1 ? bytes.length : 1 + Math.floor(random() * most);
    yield Buffer.from(bytes.subarray(at, at + size));
    at += size;
  }
}

const ID = "00000000-0000-7000-8000-000000000000";

const recordsTask = (...mapping: string[]): FileTask => ({
  kind: "records",
  format: { ...FORMAT, headerLine: 0 },
  mapping,
  defaults: { region: "US", zone: "America/New_York" },
  tenantId: ID,
  contactListId: ID,
  importNumber: 1,
  startTime: new Date(0),
  random: "0123456789abcdef",
  mostRows: 1_000_000,
});

const entriesTask = (): FileTask => ({
  kind: "suppression",
  format: { ...FORMAT, headerLine: 0 },
  mapping: [],
  tenantId: ID,
  names: SuppressionKind.SUPPRESSION_KIND_DEVICE,
  region: "US",
  mostRows: 1_000_000,
});
