/** Delivers messages with one call. If the receiver refuses it, delivers halves, so that one bad item does not hold up the others. */
import { status } from "@grpc/grpc-js";
import { errorDetails, isServiceError } from "../errors/error-details.ts";
import { attemptIdsOf, bodyOf, decodeItems, encodeItems, type MessageKind } from "./message-kind.ts";
import type { OutboxRow } from "./outbox-store.ts";

/** Sends one encoded request; rejects if the receiver did not accept it. */
export type SendRequest = (request: Buffer) => Promise<unknown>;

/** The part of a message that the receiver refuses, and why. */
export interface RowRefusal {
  row: OutboxRow;
  /** The refused items; undefined if the message cannot be decoded. */
  left: RefusedItems | undefined;
  cause: unknown;
}

export interface RefusedItems {
  body: Buffer;
  items: number;
  attemptIds: readonly string[];
}

interface RowItem<Item> {
  row: OutboxRow;
  item: Item;
}

/**
 * Delivers messages in order. Gives what the receiver refuses of each. Throws any other error; then all messages are delivered again, and
 * the receiver recognises by the ids what it has already.
 */
export async function deliverRows<Request, Item>(
  kind: MessageKind<Request, Item>,
  rows: readonly OutboxRow[],
  send: SendRequest,
): Promise<RowRefusal[]> {
  const { readable, unreadable } = readRows(kind, rows);
  try {
    if (readable.length > 0) await send(Buffer.concat(readable.map(({ body }) => body)));
    return unreadable;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const items = readable.flatMap(({ row, body }) => decodeItems(kind, body).map((item) => ({ row, item })));
    return [...unreadable, ...byRow(kind, await deliverHalves(kind, items, send, error))];
  }
}

function readRows<Request, Item>(kind: MessageKind<Request, Item>, rows: readonly OutboxRow[]) {
  const [readable, unreadable]: [{ row: OutboxRow; body: Buffer }[], RowRefusal[]] = [[], []];
  for (const row of rows) {
    try {
      readable.push({ row, body: bodyOf(kind, row) });
    } catch (cause) {
      unreadable.push({ row, left: undefined, cause });
    }
  }
  return { readable, unreadable };
}

/** Delivers each half of items that were refused together. Gives the items that are also refused alone. */
async function deliverHalves<Request, Item>(
  kind: MessageKind<Request, Item>,
  items: readonly RowItem<Item>[],
  send: SendRequest,
  cause: unknown,
): Promise<(RowItem<Item> & { cause: unknown })[]> {
  const [only] = items;
  if (items.length <= 1) return only ? [{ ...only, cause }] : [];
  const refused = [];
  const middle = items.length >> 1;
  for (const half of [items.slice(0, middle), items.slice(middle)]) {
    try {
      await send(
        encodeItems(
          kind,
          half.map(({ item }) => item),
        ),
      );
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused.push(...(await deliverHalves(kind, half, send, error)));
    }
  }
  return refused;
}

/** The refusal of a whole message. */
export function refusalOf<Request, Item>(kind: MessageKind<Request, Item>, row: OutboxRow, cause: unknown): RowRefusal {
  return { row, left: leftOf(kind, decodeItems(kind, bodyOf(kind, row))), cause };
}

const leftOf = <Request, Item>(kind: MessageKind<Request, Item>, items: readonly Item[]): RefusedItems => ({
  body: encodeItems(kind, items),
  items: items.length,
  attemptIds: attemptIdsOf(kind, items),
});

const byRow = <Request, Item>(
  kind: MessageKind<Request, Item>,
  refused: readonly (RowItem<Item> & { cause: unknown })[],
): RowRefusal[] =>
  [...Map.groupBy(refused, ({ row }) => row)].map(([row, ofRow]) => ({
    row,
    left: leftOf(
      kind,
      ofRow.map(({ item }) => item),
    ),
    cause: ofRow.at(-1)?.cause,
  }));

const REFUSALS = new Set<status>([
  status.INVALID_ARGUMENT,
  status.NOT_FOUND,
  status.FAILED_PRECONDITION,
  status.INTERNAL,
  status.UNKNOWN,
  status.OUT_OF_RANGE,
]);

/** Whether the receiver refused the content, so that the same call would fail again. A request that is too large is one such case. */
const isRefusal = (error: unknown): boolean =>
  isServiceError(error) &&
  (REFUSALS.has(error.code) ||
    (error.code === status.RESOURCE_EXHAUSTED && errorDetails(error)?.retryAfterMs === undefined));
