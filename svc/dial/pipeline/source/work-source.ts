/**
 * The interface of sources. A source hands out attempts to make, each to one dialer at a time, and takes back those that are not made.
 * Campaigns are one source (campaign-work.ts). A new kind of work becomes another source, and all later steps stay the same.
 */
import type { ChainTry, TestOrigin } from "../../attempts/origin.ts";
import type { TemplateScope } from "../../rendering/content.ts";

/** One attempt to make. */
export interface Work {
  /** Identifies the attempt everywhere and for ever. Work that comes again has the same id, so it is never made twice. */
  attemptId: string;
  origin: ChainTry | TestOrigin;
  /** The tenant's own key for the customer; may be empty. */
  clientId: string;
  /** Undefined when the record or the device is gone; `missing` says which. */
  recipient: Recipient | undefined;
  missing: "" | "record_gone" | "device_gone";
}

/** The person to reach, and the device. */
export interface Recipient {
  /** E.164 number or email address. */
  contactInfo: string;
  firstName: string;
  lastName: string;
  /** Time zones where the person may be, for calling hours. */
  zones: string[];
  /** The zone is the person's own, not guessed from the number. */
  zoneIsCertain: boolean;
  state: string;
  country: string;
  /** The data of the person that a template may use. */
  scope: TemplateScope;
}

export interface WorkSource {
  /** How much work could be taken now. */
  readonly ready: number;
  /** Why the source gets no work, for people; empty while it gets some. */
  readonly trouble: string;
  /** Resolves when there is work to take, or the source was stopped. */
  available(): Promise<void>;
  /** Takes up to `count` pieces of work that are ready. The source keeps them for us until `done`. */
  take(count: number): Work[];
  /** Whether we may still begin this attempt, as far as we know. */
  holds(attemptId: string): boolean;
  /** Ends the keeping of attempts that were begun, refused or returned. */
  done(attemptIds: readonly string[]): void;
  /** Gives back work that nobody took. Taken work goes back by `returnWork`. */
  giveBack(): Promise<void>;
  /** Makes the source look for work at once, since settings changed or something may be due. */
  nudge(): void;
  /** Stops handing out work, and gives back what nobody took. */
  stop(): Promise<void>;
}
