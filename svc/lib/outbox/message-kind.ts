/** What waits in an outbox: requests of the receiver's RPC, encoded as they will travel, with many items in one. Pure. */
import { storableValue } from "../postgres/storable.ts";

/**
 * One kind of message, and so one topic. Its items are a repeated field of a request of the receiver: the encodings of two such requests,
 * one after the other, are the encoding of one with the items of both, so that nothing is decoded on the way. A request that has one item
 * in a plain field says `mostItems: 1`.
 */
export interface MessageKind<Request, Item> {
  readonly topic: string;
  readonly request: {
    encode(request: Request): { finish(): Uint8Array };
    decode(bytes: Uint8Array): Request;
  };
  /** The request that has these items. */
  wrap(items: Item[]): Request;
  unwrap(request: Request): Item[];
  /** Reads what versions before this form kept: the items as JSON. */
  fromJson(payload: unknown): Request;
  /** Of a call, and of what is kept as one row. */
  readonly mostItems?: number;
  /** The attempt that an item tells about, for people who look at what could not be delivered. */
  attemptIdOf?(item: Item): string;
}

/** One row to be. */
export interface NewMessage {
  topic: string;
  body: Buffer;
  items: number;
}

/** Of a call, and of a row. */
export const MOST_ITEMS = 500;
export const MOST_BYTES = 1_000_000;

/** Encodes items as rows, cut by number and, where items are large, by size. */
export function messagesOf<Request, Item>(kind: MessageKind<Request, Item>, items: readonly Item[] = []): NewMessage[] {
  const most = kind.mostItems ?? MOST_ITEMS;
  const parts = Array.from({ length: Math.ceil(items.length / most) }, (_, i) => items.slice(i * most, (i + 1) * most));
  return parts.flatMap((part) => withinSize(kind, part));
}

function withinSize<Request, Item>(kind: MessageKind<Request, Item>, items: readonly Item[]): NewMessage[] {
  const body = encodeItems(kind, items);
  if (body.length <= MOST_BYTES || items.length === 1) return [{ topic: kind.topic, body, items: items.length }];
  const middle = items.length >> 1;
  return [...withinSize(kind, items.slice(0, middle)), ...withinSize(kind, items.slice(middle))];
}

/** Without what no receiver's PostgreSQL could keep; where no byte is zero, there is no NUL to look for. */
export function encodeItems<Request, Item>(kind: MessageKind<Request, Item>, items: readonly Item[]): Buffer {
  const bytes = encoded(kind, kind.wrap([...items]));
  return bytes.includes(0) ? encoded(kind, kind.wrap(items.map(storableValue))) : bytes;
}

/** The body of a row; the rows of before hold JSON. */
export function bodyOf<Request, Item>(
  kind: MessageKind<Request, Item>,
  { body, payload }: { body: Buffer | null; payload: unknown },
): Buffer {
  return body ?? encoded(kind, kind.fromJson(payload));
}

export const decodeItems = <Request, Item>(kind: MessageKind<Request, Item>, body: Buffer): Item[] =>
  kind.unwrap(kind.request.decode(body));

const MOST_ATTEMPT_IDS = 10;

/** The attempts that items tell about, each once, up to ten. */
export function attemptIdsOf<Request, Item>(kind: MessageKind<Request, Item>, items: readonly Item[]): string[] {
  const { attemptIdOf } = kind;
  if (!attemptIdOf) return [];
  const ids = new Set<string>();
  for (const item of items) {
    const id = attemptIdOf(item);
    if (id !== "") ids.add(id);
    if (ids.size === MOST_ATTEMPT_IDS) break;
  }
  return [...ids];
}

function encoded<Request, Item>({ request }: MessageKind<Request, Item>, message: Request): Buffer {
  const bytes = request.encode(message).finish();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
