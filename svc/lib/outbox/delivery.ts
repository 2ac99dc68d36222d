/** One call to a receiver; where it refuses the content, the halves, so that one bad item does not hold up the others. */
import { status } from "@grpc/grpc-js";
import { errorDetails, isServiceError } from "../errors/error-details.ts";
import { attemptIdsOf, bodyOf, decodeItems, encodeItems, type MessageKind } from "./message-kind.ts";
import type { OutboxRow } from "./outbox-store.ts";

/** Sends one encoded request; rejects when it did not arrive. */
export type SendRequest = (request: Buffer) => Promise<unknown>;

/** What the receiver refuses of a message, and why. */
export interface RowRefusal {
  row: OutboxRow;
  /** Undefined where nobody can read the message. */
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
 * Delivers messages in their order. Gives what is refused of each; throws any other fault, after which all of them come again, and their
 * receiver knows by their ids what it has.
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

/** Items that were refused together, each half on its own; gives those that are refused alone. */
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

/** All of a message. */
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

/** The receiver answered and refused the content; trying the same again would change nothing. Too large a request is one of them. */
const isRefusal = (error: unknown): boolean =>
  isServiceError(error) &&
  (REFUSALS.has(error.code) ||
    (error.code === status.RESOURCE_EXHAUSTED && errorDetails(error)?.retryAfterMs === undefined));
