/** What programs put before and around the rows of a file, and which characters its bytes are: told in preview and answer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { rejectsWith, status } from "../../../lib/harness.ts";
import { bootLists, importEntries, type Office } from "../../lists.ts";

const valuesOf = async ({ suppression }: Office, suppressionListId: string) =>
  (await suppression.listEntries({ suppressionListId })).entries.map(({ value }) => value);

/** Imports a file as contacts and as entries, and previews it as both: what each says of how it is understood. */
async function understood(office: Office, data: Buffer | string, more: object = {}) {
  const file = { data: Buffer.from(data) };
  const list = await office.newList();
  const suppressionListId = await office.newSuppressionList();
  const done = await office.importFile(list, file.data, more);
  const said = [
    await office.records.previewImport({ ...more, file }),
    done,
    await office.suppression.previewEntries({ ...more, suppressionListId, file }),
    await importEntries(office, suppressionListId, file.data, more),
  ];
  const { records } = await office.records.searchRecords({ contactListId: list });
  return { said, done, records, values: await valuesOf(office, suppressionListId) };
}

const fourTimes = <Value>(value: Value): Value[] => Array.from({ length: 4 }, () => value);

const ANN = "+12125550123";
const BOB = "+12125550124";

test("notes before the header are passed over, and preview and answer say on which line the header was found", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  for (const [file, line] of [
    [`First Name,Phone\nAnn,${ANN}\nBob,${BOB}\n`, 1],
    [
      `Notes:\n"Some addresses may be missing.\n You see only those who share theirs."\n\nFirst Name,Phone\nAnn,${ANN}\nBob,${BOB}\n`,
      5,
    ],
    [
      `Report generated: 2026-03-05 10:22:11 UTC;\nTenant: Northwind;\n;\nFirst Name;Phone\nAnn;${ANN}\nBob;${BOB}\n`,
      4,
    ],
    [`sep=;\r\nExport date;05.03.2026\r\nFirst Name;Phone\r\nAnn;${ANN}\r\nBob;${BOB}\r\n`, 3],
  ] as const) {
    const { said, done, values } = await understood(office, file);
    assert.deepEqual(
      said.map(({ headerLine }) => headerLine),
      [line, line, line, line],
      file,
    );
    assert.deepEqual([done.rowCount, done.acceptedCount], [2, 2], file);
    assert.deepEqual(values, [ANN, BOB], file);
    const { imports } = await office.records.listImports({ contactListId: done.contactListId });
    assert.equal(imports[0]?.headerLine, line);
  }
});

test("the caller may say on which line the header is, whatever stands before it", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const file = `Phone;Made by ann@example.com\n+12125550199;x\nFirst Name|Phone\nAnn|${ANN}\nBob|${BOB}\n`;
  const { said, records, values } = await understood(office, file, { headerLine: 3 });
  assert.deepEqual(
    said.map(({ headerLine, delimiter }) => [headerLine, delimiter]),
    fourTimes([3, "|"]),
  );
  assert.deepEqual(
    records.map(({ sourceLine }) => sourceLine),
    [4, 5],
  );
  assert.deepEqual(values, [ANN, BOB]);
  const contactListId = await office.newList();
  const suppressionListId = await office.newSuppressionList();
  for (const headerLine of [-1, 10_001]) {
    const wrong = [
      () => office.importFile(contactListId, file, { headerLine }),
      () => office.records.previewImport({ file: { data: Buffer.from(file) }, headerLine }),
      () => importEntries(office, suppressionListId, file, { headerLine }),
      () => office.suppression.previewEntries({ suppressionListId, file: { data: Buffer.from(file) }, headerLine }),
    ];
    for (const call of wrong) {
      const told = await rejectsWith(call(), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
      assert.equal(told.fields[0]?.field, "header_line");
    }
  }
  const beyond = office.importFile(contactListId, file, { headerLine: 9 });
  assert.match(
    (await rejectsWith(beyond, status.INVALID_ARGUMENT)).message,
    /no line 9, which was said to be its header/,
  );
  const noHeader = importEntries(office, suppressionListId, `${ANN}\n${BOB}\n`);
  assert.equal((await noHeader).headerLine, 0);
});

test("a guess of the character set is told as one, and what is certain or was said is not", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const text = (name: string) => `first_name;device1\n${name};${ANN}\n`;
  const of = (bytes: number[]) =>
    Buffer.concat([Buffer.from("first_name;device1\n"), Buffer.from(bytes), Buffer.from(`;${ANN}\n`)]);
  const late = `first_name;device1\n${`x;${ANN}\n`.repeat(10_000)}`;
  for (const [about, file, encoding, isGuess, name, more] of [
    ["ASCII", text("Ann"), "utf-8", false, "Ann", {}],
    ["UTF-8", text("Zoë"), "utf-8", false, "Zoë", {}],
    ["UTF-16", Buffer.from(`\ufeff${text("Zoë")}`, "utf16le"), "utf-16le", false, "Zoë", {}],
    ["western", Buffer.from(text("Zoë"), "latin1"), "windows-1252", true, "Zoë", {}],
    ["Cyrillic, said", of([0xc8, 0xe2, 0xe0, 0xed]), "windows-1251", false, "Иван", { encoding: "windows-1251" }],
    ["a Macintosh, said", of([0x52, 0x65, 0x6e, 0x8e]), "macintosh", false, "René", { encoding: "macintosh" }],
    ["Japanese, said", of([0x93, 0x63, 0x92, 0x86]), "shift_jis", false, "田中", { encoding: "Shift_JIS" }],
    ["Polish, said", of([0xa3, 0xf3, 0x64, 0x9f]), "windows-1250", false, "Łódź", { encoding: "cp1250" }],
    ["Korean, said", of([0xb1, 0xe8]), "euc-kr", false, "김", { encoding: "EUC-KR" }],
  ] as const) {
    const { said, records } = await understood(office, file, more);
    assert.deepEqual(
      said.map((one) => [one.encoding, one.isEncodingGuessed]),
      fourTimes([encoding, isGuess]),
      about,
    );
    assert.equal(records[0]?.firstName, name, about);
  }
  const contactListId = await office.newList();
  const big = await office.importFile(contactListId, Buffer.from(`${late}Zoë;${BOB}\n`, "latin1"));
  assert.deepEqual([big.encoding, big.isEncodingGuessed], ["windows-1252", true]);
  assert.equal((await office.records.getImport({ importId: big.id })).import?.isEncodingGuessed, true);
  for (let code = 1250; code <= 1258; code += 1) {
    const { encoding } = await office.records.previewImport({
      file: { data: Buffer.from(text("Ann")) },
      encoding: `windows-${code}`,
    });
    assert.equal(encoding, `windows-${code}`);
  }
});

test("a line sep= names the separator and is no row, in any encoding, and line numbers keep", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const rows = (sep: string) => `client_id${sep}device1\r\nC-1${sep}${ANN}\r\nC-2${sep}${BOB}\r\n`;
  for (const [file, delimiter] of [
    [`sep=;\r\n${rows(";")}`, ";"],
    [`"sep=,"\n${rows(",")}`, ","],
    [`SEP=|\r\n${rows("|")}`, "|"],
    [Buffer.from(`\ufeffsep=\t\r\n${rows("\t")}`, "utf16le"), "\t"],
    [Buffer.from(`\ufeff"sep=\t"\r\n${rows("\t")}`, "utf16le").swap16(), "\t"],
    [`\ufeffsep=;\r\n${rows(";")}`, ";"],
  ] as const) {
    const { said, records, done, values } = await understood(office, file);
    assert.deepEqual(
      said.map((one) => [one.delimiter, one.headerLine]),
      fourTimes([delimiter, 2]),
    );
    assert.deepEqual(
      records.map(({ clientId, sourceLine }) => [clientId, sourceLine]),
      [
        ["C-1", 3],
        ["C-2", 4],
      ],
    );
    assert.deepEqual([done.rowCount, done.rejectedCount], [2, 0]);
    assert.deepEqual(values, [ANN, BOB]);
  }
  const suppressionListId = await office.newSuppressionList();
  const bare = await importEntries(office, suppressionListId, `sep=;\n${ANN}\n${BOB}\n`);
  assert.deepEqual([bare.rowCount, bare.acceptedCount, bare.headerLine], [2, 2, 0]);
});

test("the sign at the end of a file of DOS is no row, and no part of the last value", async (t) => {
  const office = await (await bootLists(t)).openOffice();
  const rows = `client_id,device1\r\nC-1,${ANN}\r\nC-2,${BOB}`;
  for (const file of [
    `${rows}\r\n\u001a`,
    `${rows}\r\n\u001a\r\n`,
    `${rows}\u001a`,
    Buffer.from(`\ufeff${rows}\r\n\u001a`, "utf16le"),
    Buffer.from(`\ufeff${rows}\u001a`, "utf16le").swap16(),
    `${rows}\r\n${"\u001a".repeat(40)}`,
  ]) {
    const { done, records, values } = await understood(office, file);
    assert.deepEqual([done.rowCount, done.acceptedCount, done.rejectedCount], [2, 2, 0], JSON.stringify(String(file)));
    assert.deepEqual(
      records.map(({ devices }) => devices[0]?.contactInfo),
      [ANN, BOB],
    );
    assert.deepEqual(values, [ANN, BOB]);
  }
  const suppressionListId = await office.newSuppressionList();
  const bare = await importEntries(office, suppressionListId, `${ANN}\r\n${BOB}\r\n\u001a`);
  assert.deepEqual([bare.rowCount, bare.acceptedCount, bare.rejectedCount], [2, 2, 0]);
});
