/** Rows of decisions: as they are written, stored, and read for counters, holds and outcomes. */
/** Whether an attempt counts against caps. */
export const CountState = { NOWHERE: 0, RESERVED: 1, CONFIRMED: 2, REFUNDED: 3 } as const;

/** A stored decision. */
export interface DecisionRow {
  attempt_id: string;
  decide_time: Date;
  reason: number;
  channel: number;
  count_state: number;
  contact_info: string;
  client_id: string;
  campaign_group_id: string | null;
  rule_set_id: string;
  /** `KeptFacts` as JSON. */
  facts: unknown;
  rule_id: string | null;
  rule_name: string | null;
  explanation: string | null;
  earliest_time: Date | null;
  call_result: number | null;
  end_time: Date | null;
  /** The last lease under which it was allowed. */
  lease_number: number;
}

/** A decision to store. `facts` is JSON text. */
export type NewDecision = Omit<DecisionRow, "facts" | "decide_time" | "rule_set_id" | "call_result" | "end_time"> & {
  facts: string;
  record_id: string | null;
};

/** What all decisions of a batch share. */
export interface BatchOf {
  /** The tenant's version that the decisions were made with. */
  version: number;
  decideTime: Date;
  ruleSetId: string;
}

/** The ids of a batch's attempts that had no decision before. */
export type NewIds = ReadonlySet<string> | "all";

export interface DecisionFilter {
  campaignGroupId: string | undefined;
  contactInfo: string;
  clientId: string;
  refused: boolean | undefined;
  reason: number;
}

/** What counters need of an attempt that counts. */
export interface CountedRow {
  attempt_id: string;
  decide_time: Date;
  channel: number;
  contact_info: string;
  client_id: string;
  campaign_group_id: string | null;
  facts: unknown;
}

/** An attempt that was allowed and may be in progress. */
export interface ProgressRow {
  attempt_id: string;
  decide_time: Date;
  channel: number;
  contact_info: string;
  client_id: string;
  campaign_group_id: string | null;
  record_id: string | null;
  lease_number: number;
}

/** An attempt that has ended. */
export interface EndedRow extends CountedRow {
  counts: boolean;
  /** The lease that it was not made under; 0 if it has ended for every lease. */
  lease_number: number;
}

export interface OutcomeOf {
  attemptId: string;
  counts: boolean;
  callResult: number | null;
  deliveryState: number | null;
  endTime: Date | null;
  /** The lease that it was not made under; 0 if it has ended for every lease. */
  leaseNumber: number;
}
