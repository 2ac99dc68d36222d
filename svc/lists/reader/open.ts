/** What reads a file, by what it is read into. */
import { RecordsFile } from "./records-file.ts";
import { SuppressionFile } from "./suppression-file.ts";
import type { FileTask, ReadPart } from "./read-file.ts";

export interface OpenFile {
  push(bytes: Uint8Array): void;
  end(): void;
  /** Gives what was read since the last time. */
  take(): ReadPart;
}

/** What of a part can be handed over from thread to thread without a copy. */
export const buffersOf = ({ copy, messages }: ReadPart): ArrayBuffer[] =>
  [...new Set([copy.buffer, ...messages.map((message) => message.buffer)])] as ArrayBuffer[];

export const openFile = (task: FileTask): OpenFile =>
  task.kind === "records" ? new RecordsFile(task) : new SuppressionFile(task);
