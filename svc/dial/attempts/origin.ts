/** Why there is an attempt, and what it belongs to. Whoever needs a group or a record asks the origin for it: not every one has them. Pure. */
import { AttemptOrigin } from "../../../gen/herald/dial/v1/attempt.ts";

/** Others join as members. */
export type Origin = ChainOrigin | TestOrigin;

/** The next try of a chain of a campaign group, which is of one record. */
export interface ChainOrigin {
  kind: "chain";
  groupId: string;
  recordId: string;
}

/** A test message of a campaign group, of which no other service hears. */
export interface TestOrigin {
  kind: "test";
  groupId: string;
}

/** A chain's try, with what is known of it while it is made. */
export interface ChainTry extends ChainOrigin {
  groupName: string;
  listId: string;
  deviceIndex: number;
  attemptNumber: number;
}

/** In columns that hold no null: an id that the origin has not. */
export const NO_ID = "00000000-0000-0000-0000-000000000000";

/** The code of an origin in the contract and the database. */
export const originCode = ({ kind }: Origin): AttemptOrigin =>
  kind === "chain" ? AttemptOrigin.ATTEMPT_ORIGIN_CHAIN : AttemptOrigin.ATTEMPT_ORIGIN_TEST;

export const originOf = (code: AttemptOrigin, groupId: string, recordId: string): Origin =>
  code === AttemptOrigin.ATTEMPT_ORIGIN_TEST ? { kind: "test", groupId } : { kind: "chain", groupId, recordId };

/** The campaign group in whose session it is made; undefined where it is made in none. */
export const sessionGroupOf = (origin: Origin): string | undefined =>
  origin.kind === "chain" ? origin.groupId : undefined;
