/** One attempt as the dialer handles it: from a lease to its end. Plain data. */
import type { Lease } from "../../../gen/herald/campaigns/v1/lease.ts";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Outcome } from "../../../gen/herald/common/v1/outcome.ts";
import type { AttemptCheck } from "../../../gen/herald/compliance/v1/attempt_check.ts";
import type { Device, Record as ContactRecord } from "../../../gen/herald/lists/v1/record.ts";
import type { Message } from "../rendering/content.ts";
import type { SessionSettings } from "../sessions/session-settings.ts";

/** A leased chain with its record; undefined when the record is gone. */
export interface Leased {
  lease: Lease;
  record: ContactRecord | undefined;
}

/** What names an attempt everywhere. */
export interface AttemptKey {
  tenantId: string;
  id: string;
  groupId: string;
  recordId: string;
  channel: Channel;
}

/** An attempt that is about to be made, or was refused. */
export interface Attempt extends AttemptKey {
  groupName: string;
  listId: string;
  clientId: string;
  firstName: string;
  lastName: string;
  deviceIndex: number;
  attemptNumber: number;
  contactInfo: string;
  ownAddress: string;
  /** What is sent; absent for calls. */
  message: Message | undefined;
  /** A test message, of no chain. */
  isTest?: true;
}

/** Why an attempt is not made. */
export interface Refusal {
  /** Compliance's RefusalReason in lower case, or `record_gone`, `device_gone`, `content_invalid`. */
  reason: string;
  ruleId: string;
  /** When it may be tried again; undefined means never by itself. */
  earliestTime: Date | undefined;
}

/** What happened to an attempt that was begun. */
export type Change = {
  key: AttemptKey;
  /** With what was sent, while this dialer still knows it and has not told it. */
  attempt: Attempt | undefined;
  at: Date;
} & (
  | { kind: "sent"; providerMessageId: string; receiptUntil: Date | undefined }
  | {
      kind: "ended";
      outcome: Outcome;
      counts: boolean;
      providerStatus: string;
      providerMessageId: string;
      sentAt: Date | undefined;
    }
  /** Nobody knows whether it reached the person. */
  | { kind: "stale"; outcome: Outcome; providerStatus: string }
  /** Compliance took its leave back before anything left. */
  | { kind: "refused"; refusal: Refusal }
  /** Nothing of it left: it was not made, and is due again. */
  | { kind: "returned"; reason: string }
);

/** Reads a lease: the attempt, or why it cannot even be asked about. */
export function planAttempt(
  { lease, record }: Leased,
  settings: SessionSettings,
): { attempt: Attempt; device: Device | undefined; refused: string } {
  const device = record?.devices.find(({ index }) => index === lease.deviceIndex);
  const attempt: Attempt = {
    tenantId: settings.tenantId,
    id: lease.attemptId,
    groupId: settings.groupId,
    groupName: settings.groupName,
    recordId: lease.recordId,
    listId: lease.contactListId,
    clientId: lease.clientId,
    firstName: record?.firstName ?? "",
    lastName: record?.lastName ?? "",
    deviceIndex: lease.deviceIndex,
    attemptNumber: lease.attemptNumber,
    channel: settings.channel,
    contactInfo: device?.contactInfo ?? "",
    ownAddress: settings.ownAddress,
    message: undefined,
  };
  return { attempt, device, refused: !record ? "record_gone" : !device ? "device_gone" : "" };
}

/** What compliance is asked about an attempt. */
export function checkOf(
  attempt: Attempt,
  record: ContactRecord,
  device: Device,
  settings: SessionSettings,
): AttemptCheck {
  return {
    attemptId: attempt.id,
    channel: attempt.channel,
    contactInfo: attempt.contactInfo,
    clientId: attempt.clientId,
    campaignGroupId: attempt.groupId,
    zones: device.zones,
    // A zone that the file gave is the person's own.
    zoneIsCertain: record.zone !== "",
    // A state without its country says nothing.
    state: record.country === "" ? "" : record.state,
    country: record.country,
    suppressionListIds: settings.suppressionListIds,
    ruleIds: settings.ruleIds,
  };
}
