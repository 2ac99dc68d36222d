/** The origin of an attempt: a chain or a test message. Ask the origin for the group or the record, since not every origin has one. Pure. */
import { AttemptOrigin } from "../../../gen/herald/dial/v1/attempt.ts";

/** New kinds of origins become members of this union. */
export type Origin = ChainOrigin | TestOrigin | AnswerOrigin;

/** A try of a chain, which belongs to one record and one campaign group. */
export interface ChainOrigin {
  kind: "chain";
  groupId: string;
  recordId: string;
  /** The lease under which it is made; missing where the attempt was read from the database. */
  leaseNumber?: number;
}

/** A test message of a campaign group, which is not reported to other services. */
export interface TestOrigin {
  kind: "test";
  groupId: string;
}

/** The answer to what a person wrote. It belongs to no group. */
export interface AnswerOrigin {
  kind: "answer";
}

/** A chain's try, with what the dialer knows while it is made. */
export interface ChainTry extends ChainOrigin {
  groupName: string;
  listId: string;
  deviceIndex: number;
  attemptNumber: number;
}

/** Stands for an id that the origin does not have, in columns that allow no null. */
export const NO_ID = "00000000-0000-0000-0000-000000000000";

/** The code of an origin in the contract and the database. */
export const originCode = ({ kind }: Origin): AttemptOrigin => CODES[kind];

const CODES = {
  chain: AttemptOrigin.ATTEMPT_ORIGIN_CHAIN,
  test: AttemptOrigin.ATTEMPT_ORIGIN_TEST,
  answer: AttemptOrigin.ATTEMPT_ORIGIN_ANSWER,
} as const;

export function originOf(code: AttemptOrigin, groupId: string, recordId: string): Origin {
  if (code === AttemptOrigin.ATTEMPT_ORIGIN_ANSWER) return { kind: "answer" };
  return code === AttemptOrigin.ATTEMPT_ORIGIN_TEST ? { kind: "test", groupId } : { kind: "chain", groupId, recordId };
}

/** The campaign group for which the attempt is made; undefined if there is none. */
export const groupOf = (origin: Origin): string | undefined => (origin.kind === "answer" ? undefined : origin.groupId);

/** The campaign group in whose session the attempt is made; undefined for attempts without a session. */
export const sessionGroupOf = (origin: Origin): string | undefined =>
  origin.kind === "chain" ? origin.groupId : undefined;

/** The lease under which the attempt is made; 0 if that is not known, or it has none. */
export const leaseNumberOf = (origin: Origin): number => (origin.kind === "chain" ? (origin.leaseNumber ?? 0) : 0);

/** The record of the attempt's chain; undefined if it has no chain. */
export const recordOf = (origin: Origin): string | undefined => (origin.kind === "chain" ? origin.recordId : undefined);
