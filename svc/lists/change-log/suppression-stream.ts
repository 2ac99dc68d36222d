/** What StreamEntries sends: a snapshot where one is needed, then every change in its order, and a heartbeat each second. */
import { StreamEntriesResponse } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import { BoundedQueue } from "../../lib/async/batch.ts";
import type { Database, Transaction } from "../../lib/postgres/db.ts";
import type { Now } from "../../lib/async/time.ts";
import { changesAfter, logEnds } from "./change-store.ts";
import type { ChangeTail } from "./change-tail.ts";
import { entriesOf, everySuppressionList } from "./snapshot-store.ts";

const HEARTBEAT_MS = 900;
const CHANGES_AT_ONCE = 20;
const MESSAGES_AHEAD = 4;

interface Deps {
  db: Database;
  tail: ChangeTail;
  now: Now;
}

/** Everything after `afterSequence`, for as long as `signal` lets it. */
export async function* streamEntries(
  { db, tail, now }: Deps,
  afterSequence: number,
  signal: AbortSignal,
): AsyncGenerator<StreamEntriesResponse, void> {
  let position = afterSequence;
  let sentAt = performance.now();
  let isKept = await isInLog(db, afterSequence);
  while (!signal.aborted) {
    const messages = isKept ? await changesAfter(db.everyTenant(), position, CHANGES_AT_ONCE) : snapshot(db);
    const before = sentAt;
    for await (const message of messages) {
      yield message;
      position = message.sequence;
      sentAt = performance.now();
    }
    // A receiver may be so slow that the log no longer has what comes next. It gets a snapshot again.
    isKept = position >= tail.ends().forgotten;
    if (sentAt !== before) continue;
    const restMs = HEARTBEAT_MS - (performance.now() - sentAt);
    await tail.beyond(position, restMs, signal);
    if (restMs > 0) continue;
    tail.ends();
    yield StreamEntriesResponse.fromPartial({ sequence: position, acceptTime: now() });
    sentAt = performance.now();
  }
}

/** Whether the log still has everything after a sequence number. A number that it has not reached yet comes from another log. */
async function isInLog(db: Database, sequence: number): Promise<boolean> {
  const { last, forgotten } = await logEnds(db.everyTenant());
  return sequence > 0 && sequence >= forgotten && sequence <= last;
}

/** All lists and entries of all tenants as they are at one sequence. */
function snapshot(db: Database): AsyncIterable<StreamEntriesResponse> {
  const queue = new BoundedQueue<StreamEntriesResponse>(MESSAGES_AHEAD);
  const options = { isolation: "repeatable read", statementTimeoutMs: 0, attempts: 1 } as const;
  db.everyTenant()
    .transaction((tx) => fill(queue, tx), options)
    .then(
      () => queue.end(),
      (error: unknown) => queue.end(error as Error),
    );
  return queue;
}

/** Puts a snapshot into a queue; ends early when nobody reads it any more. */
async function fill(queue: BoundedQueue<StreamEntriesResponse>, tx: Transaction): Promise<void> {
  const { last: sequence } = await logEnds(tx);
  const send = async (message: Partial<StreamEntriesResponse>) => {
    if (!(await queue.push(StreamEntriesResponse.fromPartial({ ...message, sequence })))) throw new ReceiverGoneError();
  };
  await send({ snapshotStart: true });
  for (const { tenantId, suppressionList } of await everySuppressionList(tx)) {
    await send({ tenantId, suppressionList });
    for await (const added of entriesOf(tx, tenantId, suppressionList.id)) {
      await send({ tenantId, suppressionList, added });
    }
  }
  await send({ snapshotEnd: true });
}

class ReceiverGoneError extends Error {}
