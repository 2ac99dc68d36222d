/** SQL of an outbox: messages, and the lines in which they wait, one for each tenant and topic. */
import type { Database, Query, TenantQueryable } from "../postgres/db.ts";
import { newId } from "../request/ids.ts";
import { MOST_BYTES, type NewMessage } from "./message-kind.ts";

/** A line: the messages of one tenant and one topic, in order. */
export interface LineKey {
  tenantId: string;
  topic: string;
}

/** A line with waiting messages. */
export interface WaitingLine extends LineKey {
  isReady: boolean;
}

/** One waiting message. */
export interface OutboxRow {
  id: string;
  seq: string;
  /** The encoded request; null in rows of earlier versions, whose items are JSON in `payload`. */
  body: Buffer | null;
  payload: unknown;
  items: number;
  /** How often its receiver refused it. */
  attempts: number;
}

/** A message after a refusal. */
export interface RefusedMessage {
  id: string;
  /** The refused part; undefined if that is the whole message. */
  left: { body: Buffer; items: number; attemptIds: readonly string[] } | undefined;
  reason: string;
  /** Wait until the next try; undefined sets it aside. */
  waitMs: number | undefined;
}

const BEFORE_ALL: LineKey = { tenantId: "00000000-0000-0000-0000-000000000000", topic: "" };
/** Rows of one `insert`. */
const ROWS_AT_ONCE = 8;
const COLUMNS = 4;
/** Most rows that one statement reads. */
const MOST_ROWS = 500;

/** Finds attempt ids in JSON: reports and outcomes name their attempts, and an outbound interaction has the id of its attempt. */
const ATTEMPT_IDS = `select id #>> '{}' from (
    select jsonb_path_query(payload, '$[*].attemptId')
     union all
    select jsonb_path_query(payload, '$[*].interaction ? (@.direction == "INTERACTION_DIRECTION_OUTBOUND").id')) as named (id) limit 10`;

export class OutboxStore {
  readonly #db: Database;
  readonly #schema: string;
  /** The name of this process as the holder of lines. */
  readonly #holder: string;

  constructor({ db, service, holder }: { db: Database; service: string; holder: string }) {
    this.#db = db;
    this.#schema = service;
    this.#holder = holder;
  }

  /** Whether the table of earlier versions exists; newer services have none. */
  async hasOldTable(): Promise<boolean> {
    const text = "select to_regclass($1) is not null as there";
    const { rows } = await this.#db.everyTenant().query<{ there: boolean }>(text, [`${this.#schema}.outbox`]);
    return rows[0]?.there ?? false;
  }

  /** Moves messages out of the table of earlier versions, which store JSON; oldest first. Gives whether there may be more. */
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

  async insert(tx: TenantQueryable, messages: readonly NewMessage[]): Promise<void> {
    for (let from = 0; from < messages.length; from += ROWS_AT_ONCE) {
      const rows = messages.slice(from, from + ROWS_AT_ONCE);
      // As single values bodies are sent as bytes; in an array they would be sent as text.
      const values = rows.flatMap(({ topic, body, items }) => [newId(), topic, body, items]);
      await tx.query(this.#insertOf(rows.length), [tx.tenantId, ...values]);
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
   * Lists lines with waiting messages, beginning after `after`. Each line takes one step in the index, however many messages wait in it. A
   * line is ready if a message is due, the line does not rest, and no other process has its lease.
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
   * Takes the lease of a line, or extends it. Gives how many deliveries in a row failed last. Undefined while another process has the line,
   * or while it rests after a failure.
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

  /** Ends the leases of these lines, or of all lines that this process holds if none is given. */
  async release(lines?: readonly LineKey[]): Promise<void> {
    const text = `update ${this.#schema}.outbox_lines set holder = '', leased_until = now()
      where holder = $1 and ($2::uuid[] is null or (tenant_id, topic) in (select * from unnest($2::uuid[], $3::text[])))`;
    const [tenantIds, topics] = [lines?.map(({ tenantId }) => tenantId), lines?.map(({ topic }) => topic)];
    await this.#db.everyTenant().query(text, [this.#holder, tenantIds ?? null, topics ?? null]);
  }

  /** Removes the delivered messages and gives the next ones of the line: as many as one call may carry, at least one. */
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

  /** Removes the delivered messages. */
  async remove({ tenantId, topic }: LineKey, delivered: readonly OutboxRow[]): Promise<void> {
    const text = `delete from ${this.#schema}.outbox_messages
      where tenant_id = $1 and topic = $2 and seq = any($3::bigint[]) and due_at < 'infinity'`;
    const values = [tenantId, topic, delivered.map(({ seq }) => seq)];
    await this.#db.tenant(tenantId).query({ name: "outbox_remove", text }, values);
  }

  /** Notes that the receiver could not be reached: the whole line waits, and this process ends its lease. */
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

  /** Takes a message out of its line. It comes back later, or stays set aside until somebody asks for it. */
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
