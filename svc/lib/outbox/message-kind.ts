/** Messages of an outbox: encoded requests of the receiver's RPC, each with many items. Pure. */
import { hasNul, storableValue } from "../postgres/storable.ts";

/**
 * One kind of message, with its own topic. Its items are a repeated field of the receiver's request. Two such requests, encoded and joined,
 * are the encoding of one request with the items of both, so nothing has to be decoded for delivery. A request with a single item in a
 * plain field sets `mostItems: 1`.
 */
export interface MessageKind<Request, Item> {
  readonly topic: string;
  readonly request: {
    encode(request: Request): { finish(): Uint8Array };
    decode(bytes: Uint8Array): Request;
  };
  /** Makes the request with these items. */
  wrap(items: Item[]): Request;
  unwrap(request: Request): Item[];
  /** Reads the items that earlier versions stored as JSON. */
  fromJson(payload: unknown): Request;
  /** Most items of a call and of a row; MOST_ITEMS unless set. */
  readonly mostItems?: number;
  /** The attempt of an item, for people who look at undelivered messages. */
  attemptIdOf?(item: Item): string;
}

/** A message that is about to become one row. */
export interface NewMessage {
  topic: string;
  body: Buffer;
  items: number;
}

/** Limits of a call and of a row. */
export const MOST_ITEMS = 500;
export const MOST_BYTES = 1_000_000;

/** Encodes items as rows; splits them by number and, if items are large, by size. */
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

/**
 * Encodes items without characters that no receiver's PostgreSQL can store (halves of characters are replaced by the encoding itself). Without a zero
 * byte there is no NUL, and no search for it; an empty message has one as well.
 */
export function encodeItems<Request, Item>(kind: MessageKind<Request, Item>, items: readonly Item[]): Buffer {
  const bytes = encoded(kind, kind.wrap([...items]));
  return bytes.includes(0) && items.some(hasNul) ? encoded(kind, kind.wrap(items.map(storableValue))) : bytes;
}

/** The body of a row. Rows of earlier versions have JSON instead. */
export function bodyOf<Request, Item>(
  kind: MessageKind<Request, Item>,
  { body, payload }: { body: Buffer | null; payload: unknown },
): Buffer {
  return body ?? encoded(kind, kind.fromJson(payload));
}

export const decodeItems = <Request, Item>(kind: MessageKind<Request, Item>, body: Buffer): Item[] =>
  kind.unwrap(kind.request.decode(body));

const MOST_ATTEMPT_IDS = 10;

/** The attempts of items, each once, up to ten. */
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
