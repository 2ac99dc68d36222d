/** Reads one file from bytes to rows: decodes it, finds the header, and passes each row on. */
import { type FileBeginning, namedSeparator, type HeaderRating, understand } from "./beginning.ts";
import { cleaned, cleanedCells } from "./cells.ts";
import { Decoder } from "./encoding.ts";
import { LineEnds } from "./line-ends.ts";
import { FileFault } from "../problem.ts";
import { cellsByLine } from "./quoted-row.ts";
import { RowSplitter, type RowHandler } from "./rows.ts";

/** How to read a file. Empty or 0 means that the reader finds it out. */
export interface FileFormat {
  encoding: string;
  delimiter: string;
  /** Line of the header. */
  headerLine: number;
}

/** What is read from a file: contacts or suppression entries. */
export interface Purpose {
  rateHeader: HeaderRating;
  /** Reads the header. Gives what takes the rows after it, and whether it is a header at all or already a row of data. */
  takeHeader(header: string[], format: FileFormat): { take: RowHandler; isHeader: boolean };
  /** Whether a row over several lines is really several rows that a stray quote joined. Called only after the header. */
  swallows(cells: readonly string[], lines: readonly (readonly string[])[]): boolean;
}

const MOST_COLUMNS = 1_000;
/** A row may have so many blank cells more than the header. */
const SURPLUS = 16;
/** The separator, line ends and header are found in so many characters. Also the longest header. */
const BEGINNING = 65_536;
/** The end-of-file sign of DOS. */
const END_SIGN = "\u001a";

export class FileReader {
  readonly #decoder: Decoder;
  readonly #format: FileFormat;
  readonly #purpose: Purpose;
  readonly #lineEnds = new LineEnds();
  #splitter: RowSplitter | undefined;
  #begin = "";
  #found: FileBeginning = { delimiter: "", headerLine: 0 };
  #takeRow: RowHandler | undefined;
  #rows = 0;
  #bytes = 0;

  constructor(format: FileFormat, purpose: Purpose) {
    this.#decoder = new Decoder(format.encoding);
    this.#format = format;
    this.#purpose = purpose;
  }

  push(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    this.#text(this.#decoder.decode(bytes));
  }

  /** Reads no more rows. */
  stop(): void {
    this.#splitter?.stop();
  }

  /** The file has ended. With `mayBeCut` only its beginning was given, so an unfinished last row is left out. */
  end({ mayBeCut = false } = {}): void {
    this.#text(this.#decoder.end());
    if (this.#bytes === 0) throw new FileFault("empty", "The file is empty: it has neither a header nor rows.");
    const splitter = this.#splitter ?? this.#start(true);
    splitter.push(this.#lineEnds.end());
    if (!mayBeCut || this.#rows === 0) splitter.end();
    if (!this.#takeRow) throw this.#withoutHeader();
    if (this.#rows === 0 && !mayBeCut) throw new FileFault("header_only", "The file has a header and no rows.");
  }

  /** The character set as far as it is known, and whether it is a guess. */
  get encodingFound(): { encoding: string; isEncodingGuessed: boolean } {
    return { encoding: this.#decoder.encoding, isEncodingGuessed: this.#decoder.isGuess };
  }

  #text(text: string): void {
    if (text === "") return;
    if (this.#splitter) return this.#splitter.push(this.#lineEnds.unified(text));
    this.#begin += text;
    if (this.#begin.length >= BEGINNING) this.#start(false);
  }

  /** Called when enough has come to see how lines end, what separates cells, and where the header is. */
  #start(isWhole: boolean): RowSplitter {
    const text = this.#begin;
    this.#begin = "";
    const beginning = text.slice(0, BEGINNING);
    this.#lineEnds.decide(beginning);
    const looked = new LineEnds();
    looked.decide(beginning);
    const found = understand(looked.unified(beginning), isWhole, this.#format, (cells) =>
      this.#purpose.rateHeader(cells.map(cleaned)),
    );
    this.#found = found;
    const take: RowHandler = (cells, line, original, isBroken) => this.#row(cells, line, original, isBroken);
    this.#splitter = new RowSplitter(found.delimiter, take, (cells) => this.#swallows(cells));
    this.#splitter.mostCells = MOST_COLUMNS;
    this.#splitter.push(this.#lineEnds.unified(text));
    return this.#splitter;
  }

  #swallows(cells: readonly string[]): boolean {
    return this.#takeRow !== undefined && this.#purpose.swallows(cells, cellsByLine(cells, this.#found.delimiter));
  }

  #row(cells: string[], line: number, original: string, isBroken: boolean): void {
    if (line < this.#found.headerLine || isBlank(cells, isBroken)) return;
    if (line === 1 && namedSeparator(original) !== undefined) return;
    if (cells.length > MOST_COLUMNS) throw tooManyColumns(line, cells.length);
    const values = cleanedCells(cells, original);
    if (!this.#takeRow) {
      const { delimiter } = this.#found;
      if (original.length > BEGINNING) throw headerTooLong(line);
      this.#found = { delimiter, headerLine: line };
      const format = { encoding: this.#decoder.encoding, delimiter, headerLine: line };
      const { take, isHeader } = this.#purpose.takeHeader(
        values.map((value) => value.trim()),
        format,
      );
      this.#takeRow = take;
      if (this.#splitter) this.#splitter.mostCells = values.length + SURPLUS;
      if (isHeader) return;
    }
    this.#rows += 1;
    this.#takeRow(values, line, original, isBroken);
  }

  #withoutHeader(): FileFault {
    const { headerLine } = this.#format;
    if (headerLine <= 1) return new FileFault("empty", "The file holds nothing but empty lines.");
    return new FileFault("empty", `The file has no line ${headerLine}, which was said to be its header.`);
  }
}

/** Lines with nothing but separators or the end-of-file sign of DOS. A broken line is never blank, so that none vanishes unseen. */
const isBlank = (cells: readonly string[], isBroken: boolean) =>
  !isBroken && cells.every((cell) => cell.replaceAll(END_SIGN, "").trim() === "");

const tooManyColumns = (line: number, count: number) =>
  new FileFault("too_many_columns", `Line ${line} has ${count} columns; a file may have ${MOST_COLUMNS}.`, { line });

const headerTooLong = (line: number) =>
  new FileFault("line_too_long", `The header on line ${line} is longer than 64 KiB. Is the separator right?`, { line });
