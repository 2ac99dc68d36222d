/** Opens the reader for a file of contacts or of suppression entries. */
import { RecordsFile } from "./records/records-file.ts";
import { SuppressionFile } from "./suppression/suppression-file.ts";
import type { FileTask } from "./file-task.ts";
import type { OpenFile, ReadPart } from "./result.ts";

/** The buffers of a part that can move to another thread without a copy. */
export const buffersOf = ({ copy, messages }: ReadPart): ArrayBuffer[] =>
  [...new Set([copy.buffer, ...messages.map((message) => message.buffer)])] as ArrayBuffer[];

export const openFile = (task: FileTask): OpenFile =>
  task.kind === "records" ? new RecordsFile(task) : new SuppressionFile(task);
