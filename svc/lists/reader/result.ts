/** What reading a file gives, for contacts and for suppression entries. */

/** A row that was rejected. */
export interface RejectedRow {
  /** Line of the file, 1 being the first. */
  line: number;
  reason: string;
  /** Header of the column at fault; empty when the whole row is. */
  column: string;
  detail: string;
  /** The row as it was, cut off where it is very long. */
  original: string;
}

export interface RowCounts {
  rows: number;
  accepted: number;
  rejected: number;
  rejectedByReason: Record<string, number>;
  /** Devices left out of rows that were taken. */
  droppedByReason: Record<string, number>;
}

/** How the reader understood the file. Known once the header is read. */
export interface Understanding {
  mapping: Record<string, string>;
  encoding: string;
  delimiter: string;
  /** 0 where the file has none. */
  headerLine: number;
  isEncodingGuessed: boolean;
}

/** What came of one piece of a file. */
export interface ReadPart {
  /** Lines for COPY. */
  copy: Uint8Array;
  rejected: RejectedRow[];
  /** So far. */
  counts: RowCounts;
  understood: Understanding | undefined;
  /** Parts of a suppression change. */
  messages: Uint8Array[];
}

/** A file that is being read. */
export interface OpenFile {
  push(bytes: Uint8Array): void;
  end(): void;
  /** Gives what was read since the last time. */
  take(): ReadPart;
}

export const noCounts = (): RowCounts => ({
  rows: 0,
  accepted: 0,
  rejected: 0,
  rejectedByReason: {},
  droppedByReason: {},
});

export function count(counts: Record<string, number>, reason: string): void {
  counts[reason] = (counts[reason] ?? 0) + 1;
}
