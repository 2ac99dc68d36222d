/** `herald lists import FILE`: shows how the file is understood, asks, uploads with progress, and tells what was rejected. */
import { basename, extname } from "node:path";
import { type Command, Option } from "commander";
import { type Import, ImportMode, KnownRecords } from "../../gen/herald/lists/v1/import.ts";
import { ContactListServiceDefinition } from "../../gen/herald/lists/v1/contact_list_service.ts";
import {
  ImportRecordsResponse,
  PreviewImportResponse,
  RecordServiceDefinition,
} from "../../gen/herald/lists/v1/record_service.ts";
import { newId } from "../../svc/lib/request/ids.ts";
import { setTimeout as pause } from "node:timers/promises";
import { type Platform, withPlatform } from "../connection.ts";
import { Failure } from "../failure.ts";
import { findContactList, isId } from "../find.ts";
import { confirm, counts, facts, print, progressBar, wantsJson } from "../output.ts";
import { fileSize, head, pieces } from "../upload.ts";
import { tell } from "../printable.ts";
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

interface ImportOptions extends ReadingOptions {
  list?: string;
  replace: boolean;
  known: keyof typeof KNOWN;
  yes: boolean;
}

const KNOWN = {
  skip: KnownRecords.KNOWN_RECORDS_SKIP,
  update: KnownRecords.KNOWN_RECORDS_UPDATE,
  add: KnownRecords.KNOWN_RECORDS_ADD,
};

export function addImport(lists: Command): void {
  const command = lists
    .command("import <file>")
    .description("read a file into a list; shows first how its columns are understood")
    .option(
      "-l, --list <list>",
      "the list, by id or name; made when there is none of that name (default: the file's name)",
    );
  addReadingOptions(command, "where a column goes: Cell=device1; `header=` leaves it out")
    .addOption(
      new Option("--known <what>", "what happens to people whom the list has already, by client id or device")
        .choices(Object.keys(KNOWN))
        .default("skip"),
    )
    .option("--replace", "take the place of the records that are there; who stays keeps the place in campaigns", false)
    .option("-y, --yes", "do not ask", false)
    .action((file: string, options: ImportOptions, command: Command) =>
      withPlatform(command, (platform) => importFile(platform, command, file, options)),
    );
}

async function importFile(platform: Platform, command: Command, file: string, options: ImportOptions): Promise<void> {
  const totalBytes = await fileSize(file);
  const shape = readingOf(options);
  const records = platform.client(RecordServiceDefinition);
  const preview = await records.previewImport({ ...shape, file: await head(file, PREVIEW_BYTES) });
  if (options.preview) return print(command, PreviewImportResponse, preview, showPreview);
  if (!wantsJson(command)) tell(`${showPreview(preview)}\n`);
  const unasked = options.yes || wantsJson(command) || !process.stdin.isTTY;
  await confirm(
    `Import ${basename(file)} like this?`,
    unasked,
    "Nothing was imported. `--map Header=field` changes where a column goes.",
  );

  const list = await listFor(platform, file, options);
  const first = {
    ...shape,
    contactListId: list.id,
    mode: options.replace ? ImportMode.IMPORT_MODE_REPLACE : ImportMode.IMPORT_MODE_APPEND,
    knownRecords: KNOWN[options.known],
    fileName: basename(file),
    totalBytes,
  };
  const bar = progressBar(command, "Importing", totalBytes);
  const interrupted = new AbortController();
  process.once("SIGINT", () => interrupted.abort());
  const scope = { timeoutMs: Infinity, signal: interrupted.signal };
  const answer = await records
    .importRecords(pieces(file, first, bar.at), scope)
    .finally(bar.end)
    .catch(async (error: unknown) => {
      if (list.isNew) await unmake(platform, list);
      throw error;
    });
  print(command, ImportRecordsResponse, answer, ({ import: done }) => (done ? showImport(done) : ""));
}

interface ImportTarget {
  id: string;
  name: string;
  /** The list was made for this import. It is removed again if nothing is imported. */
  isNew: boolean;
}

async function listFor(platform: Platform, file: string, options: ImportOptions): Promise<ImportTarget> {
  const name = options.list ?? basename(file, extname(file));
  const found = await findContactList(platform, name);
  if (found) return { id: found.id, name, isNew: false };
  if (isId(name)) throw new Failure(`There is no contact list ${name}.`);
  const lists = platform.client(ContactListServiceDefinition);
  const { contactList } = await lists.createContactList({
    contactList: { name, defaultRegion: options.region },
    requestId: newId(),
  });
  tell(`Made the list ${name}.`);
  return { id: contactList?.id ?? "", name, isNew: true };
}

/** Removes a list that was made for an import which failed. The import may take a moment to notice that it has ended. */
async function unmake(platform: Platform, { id, name }: ImportTarget): Promise<void> {
  const lists = platform.client(ContactListServiceDefinition);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await lists.deleteContactList({ contactListId: id });
      return tell(`Removed the list ${name} again: nothing came into it.`);
    } catch {
      if (attempt === UNMAKE_TRIES)
        return tell(`The list ${name} is left, empty: \`herald lists delete ${id}\` removes it.`);
      await pause(500);
    }
  }
}

const UNMAKE_TRIES = 6;

const showPreview = (preview: PreviewImportResponse): string =>
  [showColumns(preview), showRejected(preview)].join("\n");

const showImport = (done: Import): string =>
  facts([
    ["character set", done.isEncodingGuessed ? showEncoding(done) : ""],
    ["header", done.headerLine > 1 ? showHeaderLine(done) : ""],
    ["rows", done.rowCount],
    ["accepted", done.acceptedCount],
    ["new people", done.addedCount],
    ["updated", done.updatedCount || ""],
    ["there before, left as they were", done.skippedCount || ""],
    ["taken out", done.removedCount || ""],
    ["rejected", done.rejectedCount],
    ["because", counts(done.rejectedByReason)],
    ["devices left out", counts(done.droppedDevicesByReason)],
    ["rejected rows", done.rejectedCount > 0 ? `herald lists rejected ${done.id} -o rejected.csv` : ""],
  ]);
