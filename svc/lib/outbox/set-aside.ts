/** What is set aside in a service's outbox: shown without what it says of people, and delivered once more when somebody asks for it. */
import type { Undelivered } from "../../../gen/herald/common/v1/undelivered.ts";
import type { Database } from "../postgres/db.ts";
import { isId } from "../request/ids.ts";
import type { LineKey } from "./outbox-store.ts";
import { withoutValues } from "./withheld.ts";

/** Which messages; what is empty does not matter. */
export interface SetAsideFilter {
  topic: string;
  /** Only messages with smaller ids. */
  beforeId: string;
  limit: number;
}

export interface SetAsideMessages {
  /** Newest first. */
  list(tenantId: string, filter: SetAsideFilter): Promise<Undelivered[]>;
  /** Delivers one, or with no id all of a topic; gives how many. */
  deliver(tenantId: string, which: { undeliveredId: string; topic: string }): Promise<number>;
}

/** Messages that one statement makes due. */
const BATCH = 1_000;

export interface SetAsideDeps {
  db: Database;
  /** The schema, and the name under which people see it. */
  service: string;
  /** Delivers soon. */
  wake(line: LineKey): void;
}

export function createSetAside({ db, service, wake }: SetAsideDeps): SetAsideMessages {
  const table = `${service}.outbox_messages`;

  /** Makes due what is set aside below an id, newest first. The tries stay counted: another refusal sets it aside at once. */
  async function makeDue(tenantId: string, undeliveredId: string, topic: string, beforeId: string) {
    const { rows } = await db.tenant(tenantId).query<{ id: string; topic: string }>(
      `update ${table} o set due_at = now()
         from (select id from ${table}
                where tenant_id = $1 and due_at = 'infinity' and ($2 = '' or id = nullif($2, '')::uuid) and ($3 = '' or topic = $3)
                  and ($4 = '' or id < nullif($4, '')::uuid)
                order by id desc limit ${BATCH} for update) as due
        where o.tenant_id = $1 and o.id = due.id
       returning o.id, o.topic`,
      [tenantId, undeliveredId, topic, beforeId],
    );
    for (const name of new Set(rows.map((row) => row.topic))) wake({ tenantId, topic: name });
    return rows.map(({ id }) => id).sort();
  }

  return {
    async list(tenantId, { topic, beforeId, limit }) {
      const { rows } = await db.tenant(tenantId).query<Row>(
        `select id, topic, reason, attempts, items, attempt_ids from ${table}
          where tenant_id = $1 and due_at = 'infinity' and ($2 = '' or topic = $2) and ($3 = '' or id < nullif($3, '')::uuid)
          order by id desc limit $4`,
        [tenantId, topic, beforeId, limit],
      );
      return rows.map((row) => toUndelivered(service, row));
    },
    async deliver(tenantId, { undeliveredId, topic }) {
      let count = 0;
      for (let beforeId = ""; ;) {
        const ids = await makeDue(tenantId, undeliveredId, topic, beforeId);
        count += ids.length;
        if (ids.length < BATCH) return count;
        beforeId = ids[0] ?? "";
      }
    },
  };
}

interface Row {
  id: string;
  topic: string;
  reason: string;
  attempts: number;
  items: number;
  attempt_ids: string[];
}

const toUndelivered = (service: string, row: Row): Undelivered => ({
  id: row.id,
  service,
  topic: row.topic,
  itemCount: row.items,
  attemptIds: row.attempt_ids.filter(isId),
  reason: withoutValues(row.reason),
  tryCount: row.attempts,
  createTime: timeOf(row.id),
});

/** A UUIDv7 begins with the milliseconds at which it was made. */
const timeOf = (id: string) => new Date(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16));
