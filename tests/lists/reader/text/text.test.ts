import assert from "node:assert/strict";
import { test } from "node:test";
import { RowSplitter } from "../../../../svc/lists/reader/text/rows.ts";
import { FileReader } from "../../../../svc/lists/reader/text/file-reader.ts";
import { Decoder, encodingNamed } from "../../../../svc/lists/reader/text/encoding.ts";
import { guessDelimiter } from "../../../../svc/lists/reader/text/beginning.ts";

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
