/** Measures the limit for dial: only a batch insert of the same rows into PostgreSQL, and then the same provider. */
import pg from "pg";
import { forEachConcurrently } from "../../svc/lib/async/batch.ts";
import type { Attempt } from "../../svc/dial/attempts/attempt.ts";
import { NO_ID, recordOf } from "../../svc/dial/attempts/origin.ts";
import type { MessageProvider } from "../../svc/dial/pipeline/send/message-provider.ts";

const BATCH = 250;
const BATCHES_AT_ONCE = 3;

/** Attempts a second, with three batches at once, as in dial. */
export async function limitPerSecond(
  databaseUrl: string,
  provider: MessageProvider,
  attempts: readonly Attempt[],
): Promise<number> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: BATCHES_AT_ONCE });
  const table = `limit_${Date.now()}`;
  await pool.query(
    `create table ${table} (id uuid primary key, record_id uuid, contact_info text, own_address text, create_time timestamptz)`,
  );
  await provider.whenUp(AbortSignal.timeout(10_000));
  const batches = Array.from({ length: Math.ceil(attempts.length / BATCH) }, (_, i) =>
    attempts.slice(i * BATCH, (i + 1) * BATCH),
  );
  const begun = performance.now();
  await forEachConcurrently(batches, BATCHES_AT_ONCE, async (batch) => {
    await pool.query({
      name: "insert",
      text: `insert into ${table} select *, now() from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[])`,
      values: [
        batch.map(({ id }) => id),
        batch.map(({ origin }) => recordOf(origin) ?? NO_ID),
        batch.map(({ contactInfo }) => contactInfo),
        batch.map(({ ownAddress }) => ownAddress),
      ],
    });
    await Promise.all(batch.map((attempt) => provider.send(attempt, () => undefined)));
  });
  const perSecond = attempts.length / ((performance.now() - begun) / 1_000);
  await pool.query(`drop table ${table}`);
  await pool.end();
  return perSecond;
}
