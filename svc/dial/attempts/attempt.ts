/** Types of one attempt in the dialer, from its work to its end. Plain data. */
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Outcome } from "../../../gen/herald/common/v1/outcome.ts";
import type { Message } from "../rendering/content.ts";
import type { ProviderRoute } from "../providers/provider-route.ts";
import type { AnswerOrigin, ChainTry, Origin, TestOrigin } from "./origin.ts";

/** Identifies an attempt everywhere. */
export interface AttemptKey {
  tenantId: string;
  id: string;
  channel: Channel;
  origin: Origin;
}

/** An attempt that is about to be made, or was refused. */
export interface Attempt extends AttemptKey {
  origin: ChainTry | TestOrigin | AnswerOrigin;
  clientId: string;
  firstName: string;
  lastName: string;
  contactInfo: string;
  ownAddress: string;
  /** The account through which it goes. */
  route: ProviderRoute;
  /** The message to send; undefined for calls. */
  message: Message | undefined;
  /** The link to unsubscribe that the email carries in its headers; empty for everything that is not marketing, and where there are no links. */
  unsubscribeUrl: string;
}

/** Why an attempt is not made. */
export interface AttemptRefusal {
  /** Compliance's RefusalReason in lower case, or `record_gone`, `device_gone`, `content_invalid`, `value_missing`. */
  reason: string;
  ruleId: string;
  /** When it may be tried again; undefined means never by itself. */
  earliestTime: Date | undefined;
}

/** What happened to an attempt that was begun. */
export type AttemptChange = {
  key: AttemptKey;
  /** The attempt with its message, while this dialer has it in memory and has not published it yet. */
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
  /** Compliance withdrew its permission before anything was sent. */
  | { kind: "refused"; refusal: AttemptRefusal }
  /** Nothing was sent: the attempt was not made, and its work is due again. */
  | { kind: "returned"; reason: string }
);
