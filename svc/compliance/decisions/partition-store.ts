/** All SQL about the monthly partitions of decisions. */
import type { Database, Queryable } from "../../lib/postgres/db.ts";

export type PartitionStore = ReturnType<typeof createPartitionStore>;

export function createPartitionStore(db: Database) {
  return {
    /** Makes the partitions of these months. */
    async makePartitions(months: readonly Date[]): Promise<void> {
      await db.everyTenant().transaction(async (tx) => {
        await tx.asOwner();
        for (const month of months) await tx.query("call compliance.make_decisions_partition($1)", [month]);
      });
    },

    /** Drops whole months before an instant; gives the names of what was dropped. */
    async dropBefore(before: Date): Promise<string[]> {
      return db.everyTenant().transaction(async (tx) => {
        await tx.asOwner();
        const partitions = await partitionsBefore(tx, before);
        for (const name of partitions) await tx.query(`drop table compliance.${name}`);
        return partitions;
      });
    },

    /** Deletes up to `limit` old decisions from the default partition. True when there may be more. */
    async deleteStrays(before: Date, limit: number): Promise<boolean> {
      const { rowCount } = await db.everyTenant().query(
        `with old as (select tenant_id, attempt_id from compliance.decisions_other where decide_time < $1 limit $2)
         delete from compliance.decisions_other d using old where d.tenant_id = old.tenant_id and d.attempt_id = old.attempt_id`,
        [before, limit],
      );
      return rowCount === limit;
    },
  };
}

/** Names of the months that end before an instant, made by `make_decisions_partition`. */
async function partitionsBefore(tx: Queryable, before: Date): Promise<string[]> {
  const { rows } = await tx.query<{ name: string }>(
    `select relname as name from pg_inherits join pg_class on oid = inhrelid
      where inhparent = 'compliance.decisions'::regclass and relname ~ '^decisions_\\d{4}_\\d{2}$'
        and to_date(substr(relname, 11), 'YYYY_MM') + interval '1 month' <= $1 at time zone 'UTC' order by relname`,
    [before],
  );
  return rows.map(({ name }) => name);
}
