/** COPY from this process into a table, no faster than Postgres takes it. */
import { once } from "node:events";
import { finished } from "node:stream/promises";
import { type CopyStreamQuery, from as copyFrom } from "pg-copy-streams";
import type { Transaction } from "../../lib/postgres/db.ts";

export class CopyIn {
  readonly #stream: CopyStreamQuery;
  #error: Error | undefined;

  /** `target` is a table with its columns: `lists.records (tenant_id, …)`. */
  constructor(tx: Transaction, target: string) {
    this.#stream = tx.client.query(copyFrom(`copy ${target} from stdin`));
    this.#stream.on("error", (error: Error) => (this.#error = error));
  }

  async write(lines: Uint8Array): Promise<void> {
    if (this.#error) throw this.#error;
    if (lines.length > 0 && !this.#stream.write(lines)) await once(this.#stream, "drain");
  }

  /** Resolves once Postgres has everything. */
  async end(): Promise<void> {
    if (this.#error) throw this.#error;
    this.#stream.end();
    await finished(this.#stream);
  }

  /** Aborts the COPY. The transaction cannot go on. */
  async fail(): Promise<void> {
    // If Postgres itself ended it, there is nothing to abort.
    if (this.#error || this.#stream.destroyed) return;
    this.#stream.destroy();
    await finished(this.#stream).catch(() => {});
  }
}
