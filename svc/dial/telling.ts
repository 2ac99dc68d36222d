/** What dial tells other services: kept in its outbox in batches, one row each, and delivered until it is taken. */
import { AttemptReport, type DialQueueServiceDefinition } from "../../gen/herald/campaigns/v1/dial_queue_service.ts";
import {
  AttemptOutcome,
  type AttemptCheckServiceDefinition,
} from "../../gen/herald/compliance/v1/attempt_check_service.ts";
import {
  type InteractionServiceDefinition,
  RecordedInteraction,
} from "../../gen/herald/contacts/v1/interaction_service.ts";
import type { Calls } from "../lib/client.ts";
import type { Queryable } from "../lib/db.ts";
import { isServiceError } from "../lib/error-details.ts";
import { status } from "../lib/errors.ts";
import type { Outbox } from "../lib/outbox.ts";
import type { OptOuts } from "./opt-outs.ts";

/** What one transaction has to say about attempts of one tenant. */
export interface Told {
  reports?: readonly AttemptReport[];
  outcomes?: readonly AttemptOutcome[];
  interactions?: readonly RecordedInteraction[];
  /** Numbers that opted out of text messages. */
  optOuts?: readonly string[];
}

export interface Telling {
  /** Keeps it in the caller's transaction; call `nudge` after the commit. */
  put(tx: Queryable, tenantId: string, told: Told): Promise<void>;
  nudge(): void;
  /** Begins to deliver. */
  relay(): void;
}

export interface TellingDeps {
  outbox: Outbox;
  queue: Calls<typeof DialQueueServiceDefinition>;
  checks: Calls<typeof AttemptCheckServiceDefinition>;
  interactions: Calls<typeof InteractionServiceDefinition>;
  optOuts: OptOuts;
}

const TOPICS = ["campaigns", "compliance", "contacts", "opt_outs"] as const;
/** Of one row, and so of one call. */
const BATCH = 500;
const BATCH_CHARACTERS = 1_000_000;
const DEADLINE_MS = 10_000;

export function createTelling({ outbox, queue, checks, interactions, optOuts }: TellingDeps): Telling {
  const relay = (
    topic: (typeof TOPICS)[number],
    send: (tenantId: string, batch: never[], signal: AbortSignal) => Promise<unknown>,
  ) =>
    outbox.relay<unknown[]>(topic, {
      batchRows: 4,
      async deliver(tenantId, rows, signal) {
        for (const row of rows) await deliverAll(row as never[], (batch) => send(tenantId, batch, signal));
      },
    });
  const scope = (tenantId: string, signal: AbortSignal) => ({ tenantId, timeoutMs: DEADLINE_MS, signal });
  return {
    async put(tx, tenantId, told) {
      await outbox.put(tx, tenantId, "campaigns", batches(told.reports, (one) => AttemptReport.toJSON(one)));
      await outbox.put(tx, tenantId, "compliance", batches(told.outcomes, (one) => AttemptOutcome.toJSON(one)));
      await outbox.put(tx, tenantId, "contacts", batches(told.interactions, (one) => RecordedInteraction.toJSON(one), textSize));
      await outbox.put(tx, tenantId, "opt_outs", batches(told.optOuts, (one) => one));
    },
    nudge: () => TOPICS.forEach((topic) => outbox.nudge(topic)),
    relay() {
      relay("campaigns", (tenantId, batch, signal) =>
        queue.reportOutcomes({ reports: batch.map((one) => AttemptReport.fromJSON(one)) }, scope(tenantId, signal)));
      relay("compliance", (tenantId, batch, signal) =>
        checks.reportOutcomes({ outcomes: batch.map((one) => AttemptOutcome.fromJSON(one)) }, scope(tenantId, signal)));
      relay("contacts", (tenantId, batch, signal) =>
        interactions.recordInteractions({ interactions: batch.map((one) => RecordedInteraction.fromJSON(one)) }, scope(tenantId, signal)));
      relay("opt_outs", (tenantId, batch, signal) => optOuts.add(batch, scope(tenantId, signal)));
    },
  }; // prettier-ignore
}

const textSize = ({ interaction }: RecordedInteraction) =>
  (interaction?.text.length ?? 0) + (interaction?.subject.length ?? 0);

/** Cuts by number and, where items are large, by their size. */
function batches<T>(
  items: readonly T[] = [],
  toJson: (item: T) => unknown,
  sizeOf: (item: T) => number = () => 0,
): unknown[][] {
  const made: unknown[][] = [];
  let characters = Infinity;
  for (const item of items) {
    const last = made.at(-1);
    characters += sizeOf(item);
    if (last && last.length < BATCH && characters <= BATCH_CHARACTERS) {
      last.push(toJson(item));
      continue;
    }
    made.push([toJson(item)]);
    characters = sizeOf(item);
  }
  return made;
}

/**
 * Delivers a batch; where the receiver refuses its content, the halves, so that one bad item does not hold up the others. What was
 * taken comes again with the next try of the row, and its receiver knows it by its id.
 */
export async function deliverAll<T>(batch: readonly T[], send: (batch: T[]) => Promise<unknown>): Promise<void> {
  try {
    await send([...batch]);
  } catch (error) {
    if (batch.length < 2 || !isRefusal(error)) throw error;
    const middle = batch.length >> 1;
    const halves = await Promise.allSettled([
      deliverAll(batch.slice(0, middle), send),
      deliverAll(batch.slice(middle), send),
    ]);
    const failed = halves.find((half) => half.status === "rejected");
    if (failed) throw failed.reason;
  }
}

const REFUSALS = new Set<status>([
  status.INVALID_ARGUMENT,
  status.FAILED_PRECONDITION,
  status.NOT_FOUND,
  status.INTERNAL,
  status.OUT_OF_RANGE,
]);
const isRefusal = (error: unknown) => isServiceError(error) && REFUSALS.has(error.code);
