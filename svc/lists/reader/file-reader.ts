/** One file, from its bytes to rows: decodes, finds the header, and hands each row on. */
import { Decoder } from "./encoding.ts";
import { FileFault } from "./problem.ts";
import { guessDelimiter, LONGEST_ROW, RowSplitter, type TakeRow } from "./rows.ts";

/** How to read; empty means: find it out. */
export interface FileFormat {
  encoding: string;
  delimiter: string;
}

/** Understands the first row; gives what takes the rows after it, and whether the first was a header or is such a row itself. */
export type TakeHeader = (header: string[], format: FileFormat) => { take: TakeRow; isHeader: boolean };

const MOST_COLUMNS = 1_000;

export class FileReader {
  readonly #decoder: Decoder;
  readonly #format: FileFormat;
  readonly #takeHeader: TakeHeader;
  #splitter: RowSplitter | undefined;
  #takeRow: TakeRow | undefined;
  #begin = "";
  #rows = 0;
  /** Files of old Macintoshes end their lines with a carriage return alone. */
  #returnsOnly = false;
  #bytes = 0;

  constructor(format: FileFormat, takeHeader: TakeHeader) {
    this.#decoder = new Decoder(format.encoding);
    this.#format = format;
    this.#takeHeader = takeHeader;
  }

  push(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    this.#text(this.#decoder.decode(bytes));
  }

  /** Says that the file has ended. `mayBeCut` is for its beginning alone: an unfinished last row is left out. */
  end({ mayBeCut = false } = {}): void {
    this.#text(this.#decoder.end());
    if (this.#bytes === 0) throw new FileFault("empty", "The file is empty: it has neither a header nor rows.");
    this.#splitter ??= this.#start();
    if (!mayBeCut || this.#rows === 0) this.#splitter.end();
    if (!this.#takeRow) throw new FileFault("empty", "The file holds nothing but empty lines.");
    if (this.#rows === 0 && !mayBeCut) throw new FileFault("header_only", "The file has a header and no rows.");
  }

  get encoding(): string {
    return this.#decoder.encoding;
  }

  #text(text: string): void {
    if (text === "") return;
    if (this.#splitter) return this.#splitter.push(this.#returnsOnly ? text.replaceAll("\r", "\n") : text);
    this.#begin += text;
    if (/\S[^\r\n]*[\r\n]./s.test(this.#begin) || this.#begin.length > LONGEST_ROW) this.#splitter = this.#start();
  }

  /** Enough has come to see how the lines end and what parts their cells. */
  #start(): RowSplitter {
    const text = this.#begin;
    this.#begin = "";
    this.#returnsOnly = text.includes("\r") && !text.includes("\n");
    const delimiter = this.#format.delimiter || guessDelimiter(text.trimStart());
    const splitter = new RowSplitter(delimiter, (cells, line, original) => this.#row(cells, line, original, delimiter));
    splitter.push(this.#returnsOnly ? text.replaceAll("\r", "\n") : text);
    return splitter;
  }

  #row(cells: string[], line: number, original: string, delimiter: string): void {
    if (cells.length > MOST_COLUMNS) {
      throw new FileFault(
        "too_many_columns",
        `Line ${line} has ${cells.length} columns; a file may have ${MOST_COLUMNS}.`,
        { line },
      );
    }
    if (cells.every((cell) => cell.trim() === "")) return;
    if (this.#takeRow) {
      this.#rows += 1;
      this.#takeRow(cells, line, original);
    } else {
      const header = cells.map((cell) => cell.trim());
      const { take, isHeader } = this.#takeHeader(header, { encoding: this.encoding, delimiter });
      this.#takeRow = take;
      if (!isHeader) this.#row(cells, line, original, delimiter);
    }
  }
}
