import assert from "node:assert/strict";
import { test } from "node:test";
import { mapColumns, readMapping, shownMapping } from "../../../svc/lists/reader/columns.ts";
import { Decoder, encodingNamed } from "../../../svc/lists/reader/encoding.ts";
import { FileReader } from "../../../svc/lists/reader/file-reader.ts";
import { typeNamed } from "../../../svc/lists/reader/header-names.ts";
import { KeySet } from "../../../svc/lists/reader/key-set.ts";
import { guessDelimiter } from "../../../svc/lists/reader/beginning.ts";
import { RowSplitter } from "../../../svc/lists/reader/rows.ts";
import { RowIds } from "../../../svc/lists/reader/row-ids.ts";

test("rows are split as RFC 4180 has it, and as real files bend it, in pieces of any size", () => {
  for (const [text, delimiter, rows] of [
    [
      "a,b\r\nc,d\r\n",
      ",",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "a;b\nc;d",
      ";",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "a|b\n\nc|d\n",
      "|",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      '"a,1","b ""2"""\r\n"c\nd",e\n',
      ",",
      [
        ["a,1", 'b "2"'],
        ["c\nd", "e"],
      ],
    ],
    ['"",x\n', ",", [["", "x"]]],
    ['O"Brien,5" pipe\n', ",", [['O"Brien', '5" pipe']]],
    [
      '"a"b,c\nd,e\n',
      ",",
      [
        ["ab", "c"],
        ["d", "e"],
      ],
    ],
    ['"a" ,"b"\t\n', ",", [["a", "b"]]],
    [
      'a,"b\nc,d\n',
      ",",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      'a,"b\nc,d"e\n"f",g\n',
      ",",
      [
        ["a", "b"],
        ["c", 'd"e'],
        ["f", "g"],
      ],
    ],
    ['a,"b"\r\n', ",", [["a", "b"]]],
    ['a,"b"', ",", [["a", "b"]]],
    ["a\tb\n", "\t", [["a", "b"]]],
    [",\n", ",", [["", ""]]],
  ] as const) {
    for (let size = 1; size <= text.length; size += 1)
      assert.deepEqual(split(text, delimiter, size).rows, rows, `${JSON.stringify(text)} by ${size}`);
  }
});

test("rows know the line they begin on", () => {
  assert.deepEqual(split('a\n\n"b\nc"\nd\n"e\r\nf"\ng', ",", 3).lines, [1, 3, 5, 6, 8]);
});

test("the separator is what the first line has most of, outside quotes", () => {
  for (const [text, delimiter] of [
    ["a,b,c\n1;2;3", ","],
    ["a;b;c", ";"],
    ["a|b", "|"],
    ["a\tb\tc,d", "\t"],
    ['"a,b,c";d', ";"],
    ["phone", ","],
  ] as const) {
    assert.equal(guessDelimiter(text), delimiter, text);
  }
});

test("files are read whatever their encoding, byte order mark and line ends are, in pieces of any size", () => {
  for (const [about, bytes, encoding] of [
    ["plain", Buffer.from("n,t\nAda,1\n"), "utf-8"],
    ["UTF-8", Buffer.from("n,t\nZoë €,1\n"), "utf-8"],
    ["UTF-8 with a mark", Buffer.from("\ufeffn,t\nZoë €,1\n"), "utf-8"],
    ["Windows-1252", Buffer.from("n,t\nZo\u00eb \u0080,1\n", "latin1"), "windows-1252"],
    ["UTF-16 with a mark", Buffer.from("\ufeffn,t\nZoë €,1\n", "utf16le"), "utf-16le"],
    ["UTF-16 the other way", swapped(Buffer.from("\ufeffn,t\nZoë €,1\n", "utf16le")), "utf-16be"],
    ["an old Macintosh", Buffer.from("n,t\rZoë €,1\r"), "utf-8"],
    ["ASCII for a long time", Buffer.from(`n,t\n${"Ada,1\n".repeat(50)}Zo\u00eb,1\n`, "latin1"), "windows-1252"],
  ] as const) {
    for (const size of [1, 2, 3, 7, 1_000]) {
      const { rows, reader } = read(bytes, size);
      assert.deepEqual(rows[0], ["n", "t"], about);
      assert.match(rows.at(-1)?.[0] ?? "", /^(?:Zoë(?: €)?|Ada)$/, `${about} by ${size}`);
      if (size === 1_000) assert.equal(reader.encodingFound.encoding, encoding, about);
    }
  }
});

test("a file of a few bytes is read once", () => {
  for (const text of ["a", "a\n", "a\nb", "ab\nc\n", "é"]) {
    const decoder = new Decoder("");
    assert.equal(decoder.decode(Buffer.from(text)) + decoder.end(), text);
  }
  const cut = new Decoder("");
  assert.equal(cut.decode(Buffer.from("caf\u00e9", "latin1")) + cut.end(), "café");
  assert.equal(cut.encoding, "windows-1252");
});

test("bytes that are none of the given encoding become signs by which their rows are known", () => {
  const decoder = new Decoder("utf-8");
  const text = decoder.decode(Buffer.from([0x61, 0x62, 0x63, 0xeb, 0x64, 0x0a])) + decoder.end();
  assert.ok(text.includes("\ufffd"));
});

test("files of any encoding of the Encoding Standard are read once it is named, by any of its names", () => {
  for (const [name, shown, text, bytes] of [
    ["macintosh", "macintosh", "René", [0x52, 0x65, 0x6e, 0x8e]],
    ["mac-roman", "macintosh", "Zoë", [0x5a, 0x6f, 0x91]],
    ["CP1251", "windows-1251", "Иван", [0xc8, 0xe2, 0xe0, 0xed]],
    ["windows-1250", "windows-1250", "Łódź", [0xa3, 0xf3, 0x64, 0x9f]],
    ["koi8-r", "koi8-r", "Иван", [0xe9, 0xd7, 0xc1, 0xce]],
    ["shift_jis", "shift_jis", "田中", [0x93, 0x63, 0x92, 0x86]],
    ["gb18030", "gb18030", "王", [0xcd, 0xf5]],
    ["big5", "big5", "王", [0xa4, 0xfd]],
    ["euc-kr", "euc-kr", "김", [0xb1, 0xe8]],
    ["iso-8859-9", "windows-1254", "Ş", [0xde]],
    ["iso-8859-2", "iso-8859-2", "Ł", [0xa3]],
  ] as const) {
    assert.equal(encodingNamed(name), shown, name);
    const decoder = new Decoder(shown);
    assert.equal(decoder.decode(Buffer.from(bytes)) + decoder.end(), text, name);
  }
  for (const name of ["utf-7", "x-user-defined", "nonsense", "ebcdic"])
    assert.equal(encodingNamed(name), undefined, name);
});

test("headers are guessed by their usual names", () => {
  const guess = (headers: string) => shownMapping(mapColumns(headers.split(","), new Map()));
  assert.deepEqual(
    guess(
      "First Name,surname,Company Name,AccountNo,Cell Phone,Home Phone,E-mail,Zip Code,State/Province,Country,Time Zone",
    ),
    {
      "First Name": "first_name",
      surname: "last_name",
      "Company Name": "company",
      AccountNo: "client_id",
      "Cell Phone": "device1",
      "Home Phone": "device2",
      "E-mail": "device3",
      "Zip Code": "postal_code",
      "State/Province": "state",
      Country: "country",
      "Time Zone": "zone",
    },
  );
  assert.deepEqual(guess("phone,phone 2,Device3,Device3 Type,mobile,Balance Due,1st,Id"), {
    phone: "device1",
    "phone 2": "device2",
    Device3: "device3",
    "Device3 Type": "device3_type",
    mobile: "device4",
    "Balance Due": "balance_due",
    Id: "client_id",
  });
  assert.deepEqual(guess("FirstName,LastName,ClientID,Device1,Other1,Other20"), {
    FirstName: "first_name",
    LastName: "last_name",
    ClientID: "client_id",
    Device1: "device1",
    Other1: "other1",
    Other20: "other20",
  });
  const twice = mapColumns(["Phone", "Phone", "Phone"], new Map());
  assert.deepEqual(
    twice.map(({ target }) => target?.kind === "device" && target.index),
    [1, 2, 3],
  );
});

test("what is told goes before what is guessed", () => {
  const told = readMapping(["Mobile=device2", "Name=first_name", "First=", "a=b=own"]);
  assert.equal(told.get("a=b"), "own");
  told.delete("a=b");
  assert.deepEqual(shownMapping(mapColumns(["First", "Name", "Mobile", "Phone"], told)), {
    Name: "first_name",
    Mobile: "device2",
    Phone: "device1",
  });
});

test("device types are read by code and by name", () => {
  for (const [text, type] of [
    ["4", 4],
    ["Mobile", 4],
    ["home phone", 1],
    ["E-Mail", 10],
    ["0", 0],
    ["11", undefined],
    ["satellite", undefined],
    ["", undefined],
  ] as const) {
    assert.equal(typeNamed(text), type, text);
  }
});

test("no key is taken for another, among hundreds of thousands that look alike", () => {
  const keys = new KeySet(4_711);
  for (let i = 0; i < 300_000; i += 1) assert.equal(keys.lineOf(`c${i}`, i + 1), 0);
  for (let i = 0; i < 300_000; i += 1) assert.equal(keys.lineOf(`d+1212${2_000_000 + i}`, i + 1), 0);
  for (let i = 0; i < 300_000; i += 997) assert.equal(keys.lineOf(`c${i}`, 9), i + 1);
});

test("row ids are UUIDv7 of the import's instant, and grow with the rows", () => {
  const now = new Date("2026-03-02T15:00:00.123Z");
  const ids = new RowIds(now, "0123456789abcdef");
  const made = Array.from({ length: 600_000 }, () => ids.next());
  assert.match(made[0] ?? "", /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(Number.parseInt((made[7] ?? "").replaceAll("-", "").slice(0, 12), 16), now.getTime());
  for (let i = 1; i < made.length; i += 1) assert.ok((made[i - 1] ?? "") < (made[i] ?? ""));
});

function split(text: string, delimiter: string, size: number): { rows: string[][]; lines: number[] } {
  const rows: string[][] = [];
  const lines: number[] = [];
  const splitter = new RowSplitter(delimiter, (cells, line) => {
    rows.push(cells);
    lines.push(line);
  });
  for (let at = 0; at < text.length; at += size) splitter.push(text.slice(at, at + size));
  splitter.end();
  return { rows, lines };
}

function read(bytes: Uint8Array, size: number): { rows: string[][]; reader: FileReader } {
  const rows: string[][] = [];
  const reader = new FileReader(
    { encoding: "", delimiter: "", headerLine: 0 },
    {
      rateHeader: () => 0,
      takeHeader: (header) => {
        rows.push(header);
        return { take: (cells) => rows.push(cells), isHeader: true };
      },
      swallows: () => false,
    },
  );
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  reader.end();
  return { rows, reader };
}

const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();
