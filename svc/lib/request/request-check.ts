/**
 * The door of every RPC: checks each message of a request, field by field as the contract says, before its handler is called. What
 * passes can be stored and read again: times of the years 1 to 9999, exact whole numbers, finite numbers, and texts of limited length
 * without NUL or broken UTF-8. Handlers check narrower rules.
 */
import { type FieldRule, fieldRules, requestTypes } from "../../../gen/fields.ts";
import type { MessageType } from "../rpc/definitions.ts";
import { type FieldViolation, invalidFields, RpcError, status } from "../errors/errors.ts";
import { DAMAGED, wireFaults } from "./wire-faults.ts";

/** Takes the place of a refused request, which no handler gets. */
class RefusedRequest {
  readonly #error: RpcError;

  constructor(error: RpcError) {
    this.#error = error;
  }

  throw(): never {
    throw this.#error;
  }
}

export interface ReadOptions {
  /** Whether texts may be anything: services pass on what the world sent them, and clean it where they store it. */
  anyText: boolean;
}

/** Decodes and checks the messages of one RPC. It never throws: faults are reported later, when the caller is known. */
export function requestReader(
  path: string,
  { decode }: Pick<MessageType, "decode">,
  options: ReadOptions,
): (bytes: Uint8Array) => unknown {
  const type = requestTypes[path];
  return (bytes) => {
    const message = decoded(() => decode(bytes));
    const found = message && type !== undefined ? look(message, type, options) : undefined;
    if (message && !found) return message;
    return whatIsWrong(bytes, type, found ?? []) ?? message ?? new RefusedRequest(unreadable());
  };
}

/** The message of a request; throws what it is refused for. */
export function readable<Message>(request: Message): Message {
  if (request instanceof RefusedRequest) request.throw();
  return request;
}

function decoded(decode: () => unknown): RequestMessage | undefined {
  try {
    return decode() as RequestMessage;
  } catch {
    // The bytes show in which field the damage is.
    return undefined;
  }
}

/** A text with U+FFFD is damaged only if its bytes are: somebody may have typed this character. */
function whatIsWrong(
  bytes: Uint8Array,
  type: string | undefined,
  found: readonly FieldViolation[],
): RefusedRequest | undefined {
  const faults = found.filter(({ description }) => description !== DAMAGED);
  if (type !== undefined) faults.push(...wireFaults(bytes, type));
  return faults.length > 0 ? new RefusedRequest(invalidFields(faults.slice(0, MOST_NAMED))) : undefined;
}

const MOST_NAMED = 50;

const unreadable = () =>
  new RpcError(status.INVALID_ARGUMENT, "The request is not a message of this call's type.", {
    reason: "ERROR_REASON_FIELDS_INVALID",
  });

type RequestMessage = Readonly<Record<string, unknown>>;

/** What is wrong with a message; undefined when nothing is, which is nearly always so. */
function look(
  message: RequestMessage,
  type: string,
  options: ReadOptions,
  at = "",
  found?: FieldViolation[],
): FieldViolation[] | undefined {
  const rules = fieldRules[type] ?? [];
  for (const rule of rules) {
    const value = rule.oneof ? (message[rule.oneof] as RequestMessage | undefined)?.[rule.key] : message[rule.key];
    if (value === undefined || value === "") continue;
    const path = at + rule.name;
    if (Array.isArray(value))
      for (let i = 0; i < value.length; i++) found = lookAtOne(value[i], rule, options, `${path}[${i}]`, found);
    else if (rule.many !== "map") found = lookAtOne(value, rule, options, path, found);
    else
      for (const [key, item] of Object.entries(value as object))
        found = lookAtOne(item, rule, options, `${path}[${key}]`, found);
  }
  return found;
}

function lookAtOne(
  value: unknown,
  rule: FieldRule,
  options: ReadOptions,
  path: string,
  found: FieldViolation[] | undefined,
): FieldViolation[] | undefined {
  if (rule.type !== undefined) return look(value as RequestMessage, rule.type, options, `${path}.`, found);
  if (options.anyText && rule.kind === "text") return found;
  const description = FAULTS[rule.kind](value as never, rule.most);
  if (description === undefined) return found;
  return [...(found ?? []), { field: path, description }];
}

const FIRST_MS = Date.parse("0001-01-01T00:00:00Z");
const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");
/** 10,000 years, as `google.protobuf.Duration` says. */
const LONGEST_SECONDS = 315_576_000_000;

const FAULTS = {
  text: textFault,
  mask: textFault,
  wide: (value: number) =>
    Number.isSafeInteger(value) ? undefined : "Must be a whole number from -(2^53 - 1) to 2^53 - 1.",
  real: (value: number) => (Number.isFinite(value) ? undefined : "Must be a finite number."),
  time: (value: Date) =>
    value.getTime() >= FIRST_MS && value.getTime() <= LAST_MS
      ? undefined
      : "Must be from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.",
  duration: ({ seconds }: { seconds: number }) =>
    Math.abs(seconds) <= LONGEST_SECONDS ? undefined : `Must be at most ${LONGEST_SECONDS} seconds either way.`,
  message: () => undefined,
} satisfies Record<FieldRule["kind"], (value: never, most: number | undefined) => string | undefined>;

function textFault(text: string, most = Infinity): string | undefined {
  if (text.length > most && [...text].length > most)
    return `Must have at most ${most} characters; it has ${[...text].length}.`;
  if (text.includes("\0")) return "Must not hold a NUL character (\\u0000).";
  return text.includes("\uFFFD") ? DAMAGED : undefined;
}
