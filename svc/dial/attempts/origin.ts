/** The origin of an attempt: a chain or a test message. Ask the origin for the group or the record, since not every origin has one. Pure. */
import { AttemptOrigin } from "../../../gen/herald/dial/v1/attempt.ts";

/** New kinds of origins become members of this union. */
export type Origin = ChainOrigin | TestOrigin;

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
export const originCode = ({ kind }: Origin): AttemptOrigin =>
  kind === "chain" ? AttemptOrigin.ATTEMPT_ORIGIN_CHAIN : AttemptOrigin.ATTEMPT_ORIGIN_TEST;

export const originOf = (code: AttemptOrigin, groupId: string, recordId: string): Origin =>
  code === AttemptOrigin.ATTEMPT_ORIGIN_TEST ? { kind: "test", groupId } : { kind: "chain", groupId, recordId };

/** The campaign group in whose session the attempt is made; undefined for attempts without a session. */
export const sessionGroupOf = (origin: Origin): string | undefined =>
  origin.kind === "chain" ? origin.groupId : undefined;

/** The lease under which the attempt is made; 0 if that is not known, or it has none. */
export const leaseNumberOf = (origin: Origin): number => (origin.kind === "chain" ? (origin.leaseNumber ?? 0) : 0);

/** The record of the attempt's chain; undefined if it has no chain. */
export const recordOf = (origin: Origin): string | undefined => (origin.kind === "chain" ? origin.recordId : undefined);
