/** Messages that were set aside in a service's outbox. People see them without personal data, and can have them delivered again. */
import type { Undelivered } from "../../../gen/herald/common/v1/undelivered.ts";
import type { Database } from "../postgres/db.ts";
import { isId } from "../request/ids.ts";
import type { LineKey } from "./outbox-store.ts";
import { withoutValues } from "./withheld.ts";

/** Conditions for a list of messages. An empty one does not apply. */
export interface SetAsideFilter {
  topic: string;
  /** Only messages with smaller ids. */
  beforeId: string;
  limit: number;
}

export interface SetAsideMessages {
  /** Newest first. */
  list(tenantId: string, filter: SetAsideFilter): Promise<Undelivered[]>;
  /** Delivers one message, or all of a topic if the id is empty. Gives how many. */
  deliver(tenantId: string, which: { undeliveredId: string; topic: string }): Promise<number>;
}

/** Most messages that one statement makes due. */
const BATCH = 1_000;

export interface SetAsideDeps {
  db: Database;
  /** The name of the schema, under which people see the service. */
  service: string;
  /** Makes a line be delivered soon. */
  wake(line: LineKey): void;
}

export function createSetAside({ db, service, wake }: SetAsideDeps): SetAsideMessages {
  const table = `${service}.outbox_messages`;

  /** Makes messages due, newest first, below an id. Their refusals stay counted, so another refusal sets them aside at once. */
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

/** A UUIDv7 begins with its time in milliseconds. */
const timeOf = (id: string) => new Date(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16));
