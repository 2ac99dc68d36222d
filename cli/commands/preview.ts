/** What the commands that read a file share: their options, and how they show the way a file was understood. */
import { type Command, InvalidArgumentError } from "commander";
import type { ColumnPreview } from "../../gen/herald/lists/v1/import.ts";
import { table } from "../output.ts";

export const PREVIEW_BYTES = 256 * 1024;

/** How a file is to be read. */
export interface ReadingOptions {
  map: string[];
  region: string;
  encoding: string;
  delimiter: string;
  headerLine: number;
  preview: boolean;
}

/** The options of a command that reads a file; `mapOption` explains where a column may go. */
export const addReadingOptions = (command: Command, mapOption: string): Command =>
  command
    .option("-m, --map <header=field>", mapOption, collectMappings, [])
    .option("-r, --region <country>", "country of numbers written without a country code", "")
    .option("--encoding <name>", "character set of the file", "")
    .option("--delimiter <character>", "what separates the columns", "")
    .option("--header-line <line>", "line of the header; lines before it are notes", readHeaderLine, 0)
    .option("--preview", "only show how the file is understood", false);

/** The same in a request. */
export const readingOf = ({ map, encoding, delimiter, headerLine, region }: ReadingOptions) => ({
  mapping: map,
  encoding,
  delimiter,
  headerLine,
  defaultRegion: region,
});

/** For an option that may be given several times. */
const collectMappings = (value: string, before: string[]): string[] => [...before, value];

/** How a file is understood, beside its columns. */
interface FileShape {
  encoding: string;
  isEncodingGuessed: boolean;
  delimiter: string;
  headerLine: number;
}

/** For an option that is a line of the file. */
function readHeaderLine(value: string): number {
  const line = Number(value);
  if (Number.isInteger(line) && line > 0) return line;
  throw new InvalidArgumentError("Must be the number of a line, 1 being the first.");
}

/** The first rejected rows, and among how many rows they were found. */
export const showRejected = ({
  rowsRead,
  rejectedRows,
}: {
  rowsRead: number;
  rejectedRows: readonly { line: number; detail: string }[];
}): string =>
  rejectedRows.length === 0
    ? rowsRead === 1
      ? "The one row would not be rejected."
      : `None of the first ${rowsRead} rows would be rejected.`
    : [
        rowsRead === 1 ? "The one row would be rejected:" : `Rejected among the first ${rowsRead} rows:`,
        ...rejectedRows.map(({ line, detail }) => `line ${line}: ${detail}`),
      ].join("\n");

/** The character set; where it is a guess, that it is one, and what can be done. */
export const showEncoding = ({ encoding, isEncodingGuessed }: FileShape): string =>
  isEncodingGuessed
    ? `${encoding}, not certain: check the names, and say \`--encoding\` where they are wrong`
    : encoding;

/** Where the header is; nothing where it is the first line, as usual. */
export const showHeaderLine = ({ headerLine }: FileShape): string =>
  headerLine === 0 ? "no header" : headerLine > 1 ? `header on line ${headerLine}, lines before it are notes` : "";

export const showColumns = ({ columns, ...shape }: FileShape & { columns: readonly ColumnPreview[] }): string =>
  [
    `Detected: ${showEncoding(shape)}`,
    [`separated by ${shape.delimiter === "\t" ? "tabs" : `"${shape.delimiter}"`}`, showHeaderLine(shape)]
      .filter(Boolean)
      .join(", "),
    table(
      ["COLUMN", "GOES TO", "FOR EXAMPLE"],
      columns.map(({ header, field, samples }) => [header, field || "(left out)", samples.join(" · ")]),
      "The file has no columns.",
    ),
  ].join("\n");
