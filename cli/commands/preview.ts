/** What commands that read a file share: mappings, and how a file is understood. */
import type { ColumnPreview } from "../../gen/herald/lists/v1/record_service.ts";
import { table } from "../output.ts";

export const PREVIEW_BYTES = 256 * 1024;

/** For an option that may be given several times. */
export const collectMappings = (value: string, before: string[]): string[] => [...before, value];

export const showColumns = ({
  encoding,
  delimiter,
  columns,
}: {
  encoding: string;
  delimiter: string;
  columns: readonly ColumnPreview[];
}): string =>
  [
    `${encoding}, separated by ${delimiter === "\t" ? "tabs" : `"${delimiter}"`}`,
    table(
      ["COLUMN", "GOES TO", "FOR EXAMPLE"],
      columns.map(({ header, field, samples }) => [header, field || "(left out)", samples.join(" · ")]),
      "The file has no columns.",
    ),
  ].join("\n");
