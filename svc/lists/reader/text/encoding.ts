/** Turns the bytes of a file into text. The character set is given, or found by a byte order mark or by the bytes themselves. */
import { isAscii, isUtf8 } from "node:buffer";
import { FileFault } from "../problem.ts";

/** Names that callers may give → the name shown. */
const ENCODINGS: Readonly<Record<string, string>> = {
  "utf-8": "utf-8",
  utf8: "utf-8",
  "us-ascii": "utf-8",
  ascii: "utf-8",
  "iso-8859-1": "iso-8859-1",
  "iso8859-1": "iso-8859-1",
  latin1: "iso-8859-1",
  "windows-1252": "windows-1252",
  cp1252: "windows-1252",
  "utf-16": "utf-16le",
  "utf-16le": "utf-16le",
  "utf-16be": "utf-16be",
};

/** Names that programs use but the Encoding Standard does not know. */
const OTHER_LABELS: Readonly<Record<string, string>> = {
  "mac-roman": "macintosh",
  macroman: "macintosh",
  cp932: "shift_jis",
  cp936: "gbk",
  cp949: "euc-kr",
  cp950: "big5",
};

/** The name that is shown for an encoding; undefined for one that cannot be read. Every encoding of the Encoding Standard can. */
export function encodingNamed(name: string): string | undefined {
  const label = name.trim().toLowerCase();
  const known = ENCODINGS[label];
  if (known !== undefined) return known;
  try {
    const { encoding } = new TextDecoder(OTHER_LABELS[label] ?? label);
    return encoding === "x-user-defined" ? undefined : encoding;
  } catch {
    return undefined;
  }
}

export const ENCODING_NAMES =
  "utf-8, utf-16le, utf-16be, windows-1250 to windows-1258, windows-874, iso-8859-1 to iso-8859-16, macintosh, x-mac-cyrillic, koi8-r, koi8-u, ibm866, shift_jis, euc-jp, iso-2022-jp, gb18030, gbk, big5, euc-kr";

const UTF8_MARK = [0xef, 0xbb, 0xbf];
const UTF16LE_MARK = [0xff, 0xfe];
const UTF16BE_MARK = [0xfe, 0xff];
const LOOKED_AT = 65_536;
/** The end-of-file sign of DOS, and line ends. */
const AT_THE_END = new Set([0x1a, 0x0d, 0x0a]);
const NOTHING = new Uint8Array(0);

/** Files that people upload by mistake, by their first bytes. */
const BINARIES: readonly (readonly [about: string, bytes: readonly number[]])[] = [
  ["an Excel workbook or another zipped file; save it as CSV first", [0x50, 0x4b, 0x03, 0x04]],
  ["an old Excel workbook; save it as CSV first", [0xd0, 0xcf, 0x11, 0xe0]],
  ["a PDF", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["compressed with gzip; unpack it first", [0x1f, 0x8b]],
  ["a PNG image", [0x89, 0x50, 0x4e, 0x47]],
  ["a JPEG image", [0xff, 0xd8, 0xff]],
];

/** Decodes a file piece by piece. Bytes that the character set does not have become U+FFFD, which marks their rows as damaged. */
export class Decoder {
  #encoding: string;
  #decoder: TextDecoder | undefined;
  #begun = false;
  #isGuess = false;
  /** Bytes that are held back until more of them come. */
  #rest: Uint8Array = NOTHING;

  /** `given` is a name from `encodingNamed`, or empty to find the character set. */
  constructor(given: string) {
    this.#encoding = given;
  }

  /** The character set as far as it is known. As long as the text is plain ASCII, it counts as UTF-8. */
  get encoding(): string {
    return this.#encoding || "utf-8";
  }

  /** Whether the character set is a guess: bytes that are not UTF-8 may belong to one of many. */
  get isGuess(): boolean {
    return this.#isGuess;
  }

  decode(bytes: Uint8Array): string {
    const held = this.#taken();
    const all = held.length > 0 ? Buffer.concat([held, bytes]) : bytes;
    if (this.#decoder) return this.#decoder.decode(all, { stream: true });
    return this.#begun ? this.#undecided(all) : this.#begin(all);
  }

  /** Decodes what is left when the file has ended. */
  end(): string {
    const few = this.#begun ? "" : this.#start(this.#taken());
    const held = this.#taken();
    // The held bytes could have been the beginning of a UTF-8 character, but no more bytes came.
    const rest = held.length > 0 ? this.#guess().decode(held, { stream: true }) : "";
    return few + rest + (this.#decoder?.decode() ?? "");
  }

  #taken(): Uint8Array {
    const held = this.#rest;
    this.#rest = NOTHING;
    return held;
  }

  /** Waits for enough bytes to tell a byte order mark. */
  #begin(bytes: Uint8Array): string {
    if (bytes.length >= 4) return this.#start(bytes);
    this.#rest = bytes.slice();
    return "";
  }

  /** Decodes while all text has been plain ASCII. Holds back what may be the beginning of a character. */
  #undecided(bytes: Uint8Array): string {
    if (isAscii(bytes)) return latin(bytes);
    const whole = wholeCharacters(bytes);
    if (whole > 0 && !isAscii(bytes.subarray(0, whole))) {
      const decoder = isUtf8(bytes.subarray(0, whole)) ? this.#choose("utf-8") : this.#guess();
      return decoder.decode(bytes, { stream: true });
    }
    this.#rest = bytes.slice(whole);
    return latin(bytes.subarray(0, whole));
  }

  #start(bytes: Uint8Array): string {
    this.#begun = true;
    const marked = beginsWith(bytes, UTF8_MARK)
      ? "utf-8"
      : beginsWith(bytes, UTF16LE_MARK)
        ? "utf-16le"
        : beginsWith(bytes, UTF16BE_MARK)
          ? "utf-16be"
          : "";
    const known = marked || this.#encoding;
    if (!known.startsWith("utf-16")) refuseBinary(bytes);
    // TextDecoder leaves a byte order mark out by itself.
    if (known) return this.#choose(known).decode(bytes, { stream: true });
    return this.#undecided(bytes);
  }

  /** The character set of Western Europe is the most likely. */
  #guess(): TextDecoder {
    this.#isGuess = true;
    return this.#choose("windows-1252");
  }

  #choose(encoding: string): TextDecoder {
    this.#encoding = encoding;
    return (this.#decoder = new TextDecoder(encoding));
  }
}

const latin = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");

const beginsWith = (bytes: Uint8Array, mark: readonly number[]) => mark.every((byte, i) => bytes[i] === byte);

/** How many bytes there are before a character of UTF-8 that the end of the piece may have cut off. */
function wholeCharacters(bytes: Uint8Array): number {
  // A character of several bytes begins with one of 0xc2 to 0xf4; those after it are 0x80 to 0xbf.
  let at = bytes.length;
  while (at > bytes.length - 3 && isContinuation(bytes[at - 1])) at -= 1;
  const begin = bytes[at - 1] ?? 0;
  return begin >= 0xc2 && begin <= 0xf4 && !isUtf8(bytes.subarray(at - 1)) ? at - 1 : bytes.length;
}

const isContinuation = (byte: number | undefined) => byte !== undefined && byte >= 0x80 && byte <= 0xbf;

function refuseBinary(bytes: Uint8Array): void {
  // The end-of-file sign of DOS is not text. It may fill the whole last block.
  let end = bytes.length;
  while (end > 0 && AT_THE_END.has(bytes[end - 1] ?? 0)) end -= 1;
  const head = bytes.subarray(0, Math.min(end, LOOKED_AT));
  const known = BINARIES.find(([, mark]) => beginsWith(head, mark));
  if (known) throw new FileFault("not_text", `The file is not text: it is ${known[0]}.`);
  // Japanese files use ESC to switch between alphabets.
  const strange = head.reduce(
    (count, byte) =>
      count + (byte < 32 && byte !== 27 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 ? 1 : 0),
    0,
  );
  if (head.includes(0) || strange > head.length / 50) {
    throw new FileFault(
      "not_text",
      "The file is not text: send a delimited text file, such as CSV. UTF-16 needs a byte order mark, or `encoding`.",
    );
  }
}
