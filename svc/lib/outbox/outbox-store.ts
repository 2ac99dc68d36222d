/** SQL of an outbox: its messages, and the lines in which they wait, one for each tenant and topic. */
import type { Database, Query, Queryable } from "../postgres/db.ts";
import { newId } from "../request/ids.ts";
import { MOST_BYTES, type NewMessage } from "./message-kind.ts";

/** The messages of one tenant about one topic, in their order. */
export interface LineKey {
  tenantId: string;
  topic: string;
}

/** A line in which something waits. */
export interface WaitingLine extends LineKey {
  isReady: boolean;
}

/** One waiting message. */
export interface OutboxRow {
  id: string;
  seq: string;
  /** The request, encoded; null in rows of before, whose items are JSON in `payload`. */
  body: Buffer | null;
  payload: unknown;
  items: number;
  /** Times that its receiver refused it. */
  attempts: number;
}

/** What becomes of a message after a refusal. */
export interface RefusedMessage {
  id: string;
  /** What is left of it; undefined where that is all. */
  left: { body: Buffer; items: number; attemptIds: readonly string[] } | undefined;
  reason: string;
  /** Until the next try; undefined sets it aside. */
  waitMs: number | undefined;
}

const BEFORE_ALL: LineKey = { tenantId: "00000000-0000-0000-0000-000000000000", topic: "" };
/** Rows of one `insert`. */
const ROWS_AT_ONCE = 8;
const COLUMNS = 4;
/** Rows that one statement looks at. */
const MOST_ROWS = 500;

/** In JSON: reports and outcomes name their attempts; an interaction that began with one has its id. */
const ATTEMPT_IDS = `select id #>> '{}' from (
    select jsonb_path_query(payload, '$[*].attemptId')
     union all
    select jsonb_path_query(payload, '$[*].interaction ? (@.direction == "INTERACTION_DIRECTION_OUTBOUND").id')) as named (id) limit 10`;

export class OutboxStore {
  readonly #db: Database;
  readonly #schema: string;
  /** This process, as it holds lines. */
  readonly #holder: string;

  constructor({ db, service, holder }: { db: Database; service: string; holder: string }) {
    this.#db = db;
    this.#schema = service;
    this.#holder = holder;
  }

  /** Whether there is a table of versions before: services that came later have none. */
  async hasOldTable(): Promise<boolean> {
    const text = "select to_regclass($1) is not null as there";
    const { rows } = await this.#db.everyTenant().query<{ there: boolean }>(text, [`${this.#schema}.outbox`]);
    return rows[0]?.there ?? false;
  }

  /** Brings messages here that versions before keep as JSON, oldest first; gives whether there may be more. */
  async adopt(): Promise<boolean> {
    const { rowCount } = await this.#db.everyTenant().query({
      name: "outbox_adopt",
      text: `with old as (
          delete from ${this.#schema}.outbox where (tenant_id, id) in (
            select tenant_id, id from ${this.#schema}.outbox order by id limit ${MOST_ROWS} for update skip locked)
          returning *)
        insert into ${this.#schema}.outbox_messages (tenant_id, id, topic, payload, items, attempts, due_at, reason, attempt_ids)
        select tenant_id, id, topic, payload, case when jsonb_typeof(payload) = 'array' then jsonb_array_length(payload) else 1 end,
               attempts, due_at, reason, array(${ATTEMPT_IDS}) from old order by id`,
    });
    return rowCount === MOST_ROWS;
  }

  async insert(tx: Queryable, tenantId: string, messages: readonly NewMessage[]): Promise<void> {
    for (let from = 0; from < messages.length; from += ROWS_AT_ONCE) {
      const rows = messages.slice(from, from + ROWS_AT_ONCE);
      // Bodies as values of their own travel as bytes; in an array they would be text.
      const values = rows.flatMap(({ topic, body, items }) => [newId(), topic, body, items]);
      await tx.query(this.#insertOf(rows.length), [tenantId, ...values]);
    }
  }

  #insertOf(rows: number): Query {
    const tuple = (row: number) =>
      `($1, ${Array.from({ length: COLUMNS }, (_, i) => `$${row * COLUMNS + i + 2}`).join(", ")})`;
    const tuples = Array.from({ length: rows }, (_, row) => tuple(row)).join(", ");
    const text = `insert into ${this.#schema}.outbox_messages (tenant_id, id, topic, body, items) values ${tuples}`;
    return { name: `outbox_insert_${rows}`, text };
  }

  /**
   * Goes through the lines in which something waits, from the one after `after` on; each is one step in the index, however much waits in it.
   * Ready are those with a message that may be delivered, which do not rest and at which no other process works.
   */
  async waitingLines(topics: readonly string[], after: LineKey | undefined, most: number): Promise<WaitingLine[]> {
    const waiting = `${this.#schema}.outbox_messages o where o.due_at < 'infinity'`;
    const first = (than: string) =>
      `select o.tenant_id, o.topic from ${waiting} and (o.tenant_id, o.topic) > (${than}) order by o.tenant_id, o.topic limit 1`;
    const text = `with recursive found as (
        (select first.tenant_id, first.topic, 1 as n from (${first("$2::uuid, $3::text")}) as first)
         union all
        select next.tenant_id, next.topic, found.n + 1
          from found cross join lateral (${first("found.tenant_id, found.topic")}) as next where found.n < $4)
      select found.tenant_id as "tenantId", found.topic,
             found.topic = any($1::text[])
             and (line.tenant_id is null or line.due_at <= now() and (line.leased_until <= now() or line.holder = $5))
             and exists (select from ${waiting} and o.due_at <= now() and o.tenant_id = found.tenant_id and o.topic = found.topic) as "isReady"
        from found left join ${this.#schema}.outbox_lines line using (tenant_id, topic)
       order by n`;
    const { tenantId, topic } = after ?? BEFORE_ALL;
    const query = { name: "outbox_waiting_lines", text };
    const values = [topics, tenantId, topic, most, this.#holder];
    return (await this.#db.everyTenant().query<WaitingLine>(query, values)).rows;
  }

  /**
   * Takes a line for some time, or keeps it for longer; gives how often its last delivery failed in a row. Undefined while another process
   * has it, or after a failure.
   */
  async hold({ tenantId, topic }: LineKey, leaseMs: number): Promise<number | undefined> {
    const text = `insert into ${this.#schema}.outbox_lines as line (tenant_id, topic, holder, leased_until)
      values ($1, $2, $3, now() + $4 * interval '1 millisecond')
      on conflict (tenant_id, topic) do update set holder = excluded.holder, leased_until = excluded.leased_until
        where line.due_at <= now() and (line.leased_until <= now() or line.holder = $3)
      returning failures`;
    const values = [tenantId, topic, this.#holder, leaseMs];
    const { rows } = await this.#db.tenant(tenantId).query<{ failures: number }>({ name: "outbox_hold", text }, values);
    return rows[0]?.failures;
  }

  /** Lets lines go that had nothing for some time; without any named, all that this process holds. */
  async release(lines?: readonly LineKey[]): Promise<void> {
    const text = `update ${this.#schema}.outbox_lines set holder = '', leased_until = now()
      where holder = $1 and ($2::uuid[] is null or (tenant_id, topic) in (select * from unnest($2::uuid[], $3::text[])))`;
    const [tenantIds, topics] = [lines?.map(({ tenantId }) => tenantId), lines?.map(({ topic }) => topic)];
    await this.#db.everyTenant().query(text, [this.#holder, tenantIds ?? null, topics ?? null]);
  }

  /** Takes the delivered messages out, and gives the next of the line: as many as one call may carry, or the first. */
  async next({ tenantId, topic }: LineKey, delivered: readonly OutboxRow[], mostItems: number): Promise<OutboxRow[]> {
    const table = `${this.#schema}.outbox_messages`;
    const text = `with delivered as (
        delete from ${table} where tenant_id = $1 and topic = $2 and seq = any($3::bigint[]) and due_at < 'infinity')
      select id, seq, body, payload, items, attempts from (
        select *, sum(items) over line as items_so_far, sum(bytes) over line as bytes_so_far from (
          select *, coalesce(octet_length(body), pg_column_size(payload)) as bytes from ${table}
           where tenant_id = $1 and topic = $2 and due_at < 'infinity' and due_at <= now() and seq <> all($3::bigint[])
           order by seq limit ${MOST_ROWS}) as first
        window line as (order by seq rows unbounded preceding)) as counted
      where items_so_far <= greatest($4, items) and bytes_so_far <= greatest(${MOST_BYTES}, bytes) order by seq`;
    const values = [tenantId, topic, delivered.map(({ seq }) => seq), mostItems];
    return (await this.#db.tenant(tenantId).query<OutboxRow>({ name: "outbox_next", text }, values)).rows;
  }

  /** Takes the delivered messages out. */
  async remove({ tenantId, topic }: LineKey, delivered: readonly OutboxRow[]): Promise<void> {
    const text = `delete from ${this.#schema}.outbox_messages
      where tenant_id = $1 and topic = $2 and seq = any($3::bigint[]) and due_at < 'infinity'`;
    const values = [tenantId, topic, delivered.map(({ seq }) => seq)];
    await this.#db.tenant(tenantId).query({ name: "outbox_remove", text }, values);
  }

  /** Notes that the receiver could not be reached: the whole line waits, and this process lets it go. */
  async noteFailure({ tenantId, topic }: LineKey, waitMs: number): Promise<void> {
    await this.#db.tenant(tenantId).query(
      `update ${this.#schema}.outbox_lines
          set failures = failures + 1, due_at = now() + $4 * interval '1 millisecond', holder = '', leased_until = now()
        where tenant_id = $1 and topic = $2 and holder = $3`,
      [tenantId, topic, this.#holder, waitMs],
    );
  }

  async noteSuccess({ tenantId, topic }: LineKey): Promise<void> {
    await this.#db
      .tenant(tenantId)
      .query(`update ${this.#schema}.outbox_lines set failures = 0 where tenant_id = $1 and topic = $2`, [
        tenantId,
        topic,
      ]);
  }

  /** Has a message step out of its line: it comes back later, or stays beside it until somebody asks for it. */
  async stepAside(tenantId: string, { id, left, reason, waitMs }: RefusedMessage): Promise<void> {
    await this.#db.tenant(tenantId).query(
      `update ${this.#schema}.outbox_messages
          set body = coalesce($3, body), payload = case when $3::bytea is null then payload end, items = coalesce($4, items),
              attempt_ids = coalesce($5, attempt_ids), attempts = attempts + 1, reason = $6,
              due_at = case when $7::float8 is null then 'infinity'::timestamptz else now() + $7 * interval '1 millisecond' end
        where tenant_id = $1 and id = $2`,
      [tenantId, id, left?.body ?? null, left?.items ?? null, left?.attemptIds ?? null, reason, waitMs ?? null],
    );
  }
}
