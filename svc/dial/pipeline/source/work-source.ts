/**
 * Where work comes from. A source hands out attempts to make, each once at a time, and takes back what is not made. Campaigns are one
 * (campaign-work.ts); whatever else asks for attempts becomes another, and everything after it stays the same.
 */
import type { ChainTry, TestOrigin } from "../../attempts/origin.ts";
import type { TemplateScope } from "../../rendering/content.ts";

/** One attempt to make. */
export interface Work {
  /** Names the attempt, everywhere and for good: work that comes again has the same id, and so is never made twice. */
  attemptId: string;
  origin: ChainTry | TestOrigin;
  /** The tenant's own key of the customer; may be empty. */
  clientId: string;
  /** Undefined where there is nobody, or nothing to reach them by, any more; `missing` says which. */
  recipient: Recipient | undefined;
  missing: "" | "record_gone" | "device_gone";
}

/** Who is to be reached, and by what. */
export interface Recipient {
  /** E.164 number or email address. */
  contactInfo: string;
  firstName: string;
  lastName: string;
  /** Where they may be, for the hours that hold there. */
  zones: string[];
  /** The zone is the person's own, not guessed from the number. */
  zoneIsCertain: boolean;
  state: string;
  country: string;
  /** What a template may know of them. */
  scope: TemplateScope;
}

export interface WorkSource {
  /** How much could be taken now. */
  readonly ready: number;
  /** What keeps it from getting any, for people; empty while nothing does. */
  readonly trouble: string;
  /** Resolves when there is something to take, or it was stopped. */
  available(): Promise<void>;
  /** Up to `count`, at once. It is kept for us until `done`. */
  take(count: number): Work[];
  /** Whether it is still ours to begin, as far as we know. */
  holds(attemptId: string): boolean;
  /** These were begun, refused or returned: they need no keeping. */
  done(attemptIds: readonly string[]): void;
  /** Gives back what nobody took. What was taken goes back by `returnWork`. */
  giveBack(): Promise<void>;
  /** Looks again at once: settings changed, or something may be due. */
  nudge(): void;
  /** Hands out no more, and gives back what nobody took. */
  stop(): Promise<void>;
}
