/** Reports how far a running import is to `jobs` and to the import's row, and learns from both whether somebody cancelled it. */
import type { Database } from "../../lib/postgres/db.ts";
import type { RunningJob } from "../../lib/client/jobs.ts";
import { pause } from "../../lib/async/time.ts";
import { noteProgress } from "./import-store.ts";
import { type RowCounts, noCounts, type Understanding, type ReadPart } from "../reader/result.ts";
import type { UploadStop } from "./uploads/upload-turn.ts";

const NOTE_EVERY_MS = 1_000;
const NOTHING_UNDERSTOOD: Understanding = {
  mapping: {},
  encoding: "",
  delimiter: "",
  headerLine: 0,
  isEncodingGuessed: false,
};

export class ImportProgress {
  counts: RowCounts = noCounts();
  understood: Understanding = NOTHING_UNDERSTOOD;
  readonly #job: RunningJob;
  readonly #stop: UploadStop;
  readonly #over = new AbortController();
  readonly #noting: Promise<void>;

  constructor(
    db: Database,
    { tenantId, importId }: { tenantId: string; importId: string },
    job: RunningJob,
    stop: UploadStop,
  ) {
    this.#job = job;
    this.#stop = stop;
    this.#noting = this.#note(db, tenantId, importId);
  }

  /** Notes what has been read so far. */
  has({ counts, understood }: ReadPart, bytes: number): void {
    this.counts = counts;
    this.understood = understood ?? this.understood;
    const { rows, accepted, rejected } = counts;
    this.#job.progress(bytes, { counts: { rows, accepted, rejected } });
  }

  /** No more is noted after this. */
  async rest(): Promise<void> {
    this.#over.abort();
    await this.#noting;
  }

  async #note(db: Database, tenantId: string, importId: string): Promise<void> {
    const scope = db.tenant(tenantId);
    while (!this.#over.signal.aborted) {
      await pause(NOTE_EVERY_MS, this.#over.signal);
      if (this.#over.signal.aborted) return;
      // While the database is away, the COPY fails anyway.
      const isCancelled = await noteProgress(scope, importId, this.counts, this.understood).catch(() => false);
      if (isCancelled) this.#stop.cancel();
    }
  }
}

/** The pieces of a file, counted. */
export class CountedPieces implements AsyncIterable<Uint8Array, void> {
  bytes = 0;
  readonly #pieces: AsyncIterable<Uint8Array>;

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    for await (const piece of this.#pieces) {
      this.bytes += piece.length;
      yield piece;
    }
  }
}
