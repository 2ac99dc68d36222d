/** `herald suppression import LIST FILE`: shows how the file is understood, uploads with progress, and tells what was not taken. */
import { basename } from "node:path";
import type { Command } from "commander";
import {
  ImportEntriesResponse,
  PreviewEntriesResponse,
  SuppressionListServiceDefinition,
} from "../../gen/herald/lists/v1/suppression_list_service.ts";
import { type Platform, withPlatform } from "../connection.ts";
import { suppressionListOf } from "../find.ts";
import { facts, print, progressBar, wantsJson } from "../output.ts";
import { tell } from "../printable.ts";
import { fileSize, head, pieces } from "../upload.ts";
import {
  addReadingOptions,
  PREVIEW_BYTES,
  type ReadingOptions,
  readingOf,
  showColumns,
  showEncoding,
  showHeaderLine,
  showRejected,
} from "./preview.ts";

const MAP_OPTION = "what a column is: value, from, until, reason, do_not_contact or consent; `header=` leaves it out";

export function addSuppressionImport(suppression: Command): void {
  const command = suppression
    .command("import <list> <file>")
    .description("suppress all entries of a file: every number and address of each row");
  addReadingOptions(command, MAP_OPTION).action((list: string, file: string, options: ReadingOptions, self: Command) =>
    withPlatform(self, (platform) => importFile(platform, self, { list, file }, options)),
  );
}

async function importFile(
  platform: Platform,
  command: Command,
  { list, file }: { list: string; file: string },
  options: ReadingOptions,
): Promise<void> {
  const { id } = await suppressionListOf(platform, list);
  const totalBytes = await fileSize(file);
  const lists = platform.client(SuppressionListServiceDefinition);
  const shape = { suppressionListId: id, ...readingOf(options) };
  if (options.preview) {
    const preview = await lists.previewEntries({ ...shape, file: await head(file, PREVIEW_BYTES) });
    return print(command, PreviewEntriesResponse, preview, showPreview);
  }
  const bar = progressBar(command, "Reading", totalBytes);
  const first = { ...shape, fileName: basename(file), totalBytes };
  const answer = await lists.importEntries(pieces(file, first, bar.at), { timeoutMs: Infinity }).finally(bar.end);
  print(command, ImportEntriesResponse, answer, showAnswer);
  if (answer.rejectedCount > 0 && !wantsJson(command))
    tell("What else the rejected rows name was suppressed all the same.");
}

const showPreview = (preview: PreviewEntriesResponse): string =>
  [
    showColumns(preview),
    "",
    `The first entries: ${preview.entries.map(({ value }) => value).join(", ") || "none"}`,
    showRejected(preview),
  ].join("\n");

const showAnswer = (answer: ImportEntriesResponse): string =>
  [
    facts([
      [
        "columns read",
        Object.entries(answer.mapping)
          .map(([header, field]) => `${header} as ${field}`)
          .join(", "),
      ],
      ["character set", answer.isEncodingGuessed ? showEncoding(answer) : ""],
      ["header", answer.headerLine > 1 ? showHeaderLine(answer) : ""],
      ["rows", answer.rowCount],
      ["accepted", answer.acceptedCount],
      ["rejected", answer.rejectedCount],
      ["may be contacted", answer.leftOutCount || ""],
      ["new entries", answer.addedCount],
    ]),
    ...answer.rejectedRows.slice(0, 20).map(({ line, detail }) => `line ${line}: ${detail}`),
  ].join("\n");
