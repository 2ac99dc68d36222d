/** How far a running import is, told to `jobs` and kept in its row; and how the wish to stop reaches it from either. */
import type { Database } from "../lib/db.ts";
import type { RunningJob } from "../lib/jobs.ts";
import { pause } from "../lib/time.ts";
import { importCancelled } from "./errors.ts";
import { noteProgress, type Understood } from "./import-store.ts";
import { type Counts, noCounts } from "./reader/result.ts";
import type { ReadPart } from "./reader/read-file.ts";

const NOTE_EVERY_MS = 1_000;
const NOTHING_UNDERSTOOD: Understood = { mapping: {}, encoding: "", delimiter: "" };

export class ImportProgress {
  counts: Counts = noCounts();
  understood: Understood = NOTHING_UNDERSTOOD;
  bytes = 0;
  readonly #job: RunningJob;
  readonly #over = new AbortController();
  readonly #noting: Promise<void>;
  readonly #cancelled: Promise<never>;
  #cancel: () => void = () => {};

  constructor(db: Database, tenantId: string, importId: string, job: RunningJob) {
    this.#job = job;
    this.#cancelled = new Promise((_, reject) => (this.#cancel = () => reject(importCancelled())));
    this.#cancelled.catch(() => {});
    job.signal.addEventListener("abort", this.#cancel, { once: true });
    this.#noting = this.#note(db, tenantId, importId);
  }

  /** The pieces of the file, counted; ends with IMPORT_CANCELLED once somebody asked to stop. */
  async *counted(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
    const iterator = pieces[Symbol.asyncIterator]();
    for (;;) {
      const next = await Promise.race([iterator.next(), this.#cancelled]);
      if (next.done) return;
      this.bytes += next.value.length;
      yield next.value;
    }
  }

  /** Notes what has been read so far. */
  has({ counts, understood }: ReadPart): void {
    this.counts = counts;
    this.understood = understood ?? this.understood;
    const { rows, accepted, rejected } = counts;
    this.#job.progress(this.bytes, { counts: { rows, accepted, rejected } });
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
      // While the database is away the copying fails by itself.
      const isCancelled = await noteProgress(scope, tenantId, importId, this.counts, this.understood).catch(
        () => false,
      );
      if (isCancelled) this.#cancel();
    }
  }
}
