/** What dial publishes to other services: kept in its outbox in batches, one row each, and delivered until it is taken. */
import { AttemptReport } from "../../../gen/herald/campaigns/v1/attempt_report.ts";
import type { DialQueueServiceDefinition } from "../../../gen/herald/campaigns/v1/dial_queue_service.ts";
import { AttemptOutcome } from "../../../gen/herald/compliance/v1/attempt_outcome.ts";
import type { AttemptCheckServiceDefinition } from "../../../gen/herald/compliance/v1/attempt_check_service.ts";
import type { InteractionServiceDefinition } from "../../../gen/herald/contacts/v1/interaction_service.ts";
import { RecordedInteraction } from "../../../gen/herald/contacts/v1/interaction.ts";
import type { Calls } from "../../lib/client/client.ts";
import type { Queryable } from "../../lib/postgres/db.ts";
import { isServiceError } from "../../lib/errors/error-details.ts";
import { status } from "../../lib/errors/errors.ts";
import { type Outbox, PartlyRefused } from "../../lib/outbox/outbox.ts";
import type { OptOuts } from "../inbound/opt-outs.ts";

/** What one transaction has to publish about attempts of one tenant. */
export interface Publication {
  reports?: readonly AttemptReport[];
  outcomes?: readonly AttemptOutcome[];
  interactions?: readonly RecordedInteraction[];
  /** Numbers that opted out of text messages. */
  optOuts?: readonly string[];
}

export interface Publishing {
  /** Keeps it in the caller's transaction; call `nudge` after the commit. */
  put(tx: Queryable, tenantId: string, publication: Publication): Promise<void>;
  nudge(): void;
  /** Begins to deliver. */
  relay(): void;
}

export interface PublishingDeps {
  outbox: Outbox;
  queue: Calls<typeof DialQueueServiceDefinition>;
  checks: Calls<typeof AttemptCheckServiceDefinition>;
  interactions: Calls<typeof InteractionServiceDefinition>;
  optOuts: OptOuts;
}

type Topic = "campaigns" | "compliance" | "contacts" | "opt_outs";
/** Of one row, and so of one call. */
const BATCH = 500;
const BATCH_CHARACTERS = 1_000_000;
/** Rows of one transaction of the relay. */
const ROWS_AT_ONCE = 8;
const DEADLINE_MS = 10_000;
/** A delivery each time something was written would be many small ones. */
const NUDGE_MS = 20;

export function createPublishing({ outbox, queue, checks, interactions, optOuts }: PublishingDeps): Publishing {
  let nudging: NodeJS.Timeout | undefined;
  /** Topics written to since the last nudge. */
  const waiting = new Set<Topic>();
  const relay = (topic: Topic, send: (tenantId: string, batch: never[], signal: AbortSignal) => Promise<unknown>) =>
    outbox.relay<never[]>(topic, {
      batchRows: ROWS_AT_ONCE,
      // Small rows that waited together go together.
      async deliver(tenantId, rows, signal) {
        const refused: unknown[] = [];
        let why: unknown;
        for (const batch of batches<never>(rows.flat(), textSize))
          await deliverAll(
            batch,
            (part) => send(tenantId, part, signal),
            (one, error) => {
              refused.push(one);
              why = error;
            },
          );
        if (refused.length > 0) throw new PartlyRefused(refused, why);
      },
    });
  const scope = (tenantId: string, signal: AbortSignal) => ({ tenantId, timeoutMs: DEADLINE_MS, signal });
  return {
    async put(tx, tenantId, publication) {
      const put = async (topic: Topic, rows: unknown[][]) => {
        if (rows.length === 0) return;
        waiting.add(topic);
        await outbox.put(tx, tenantId, topic, rows);
      };
      await put("campaigns", batches(publication.reports?.map((one) => AttemptReport.toJSON(one))));
      await put("compliance", batches(publication.outcomes?.map((one) => AttemptOutcome.toJSON(one))));
      await put(
        "contacts",
        batches(
          publication.interactions?.map((one) => RecordedInteraction.toJSON(one)),
          textSize,
        ),
      );
      await put("opt_outs", batches(publication.optOuts));
    },
    nudge() {
      nudging ??= setTimeout(() => {
        nudging = undefined;
        for (const topic of waiting) outbox.nudge(topic);
        waiting.clear();
      }, NUDGE_MS);
    },
    relay() {
      relay("campaigns", (tenantId, batch, signal) =>
        queue.reportOutcomes({ reports: batch.map((one) => AttemptReport.fromJSON(one)) }, scope(tenantId, signal)),
      );
      relay("compliance", (tenantId, batch, signal) =>
        checks.reportOutcomes({ outcomes: batch.map((one) => AttemptOutcome.fromJSON(one)) }, scope(tenantId, signal)),
      );
      relay("contacts", (tenantId, batch, signal) =>
        interactions.recordInteractions(
          { interactions: batch.map((one) => RecordedInteraction.fromJSON(one)) },
          scope(tenantId, signal),
        ),
      );
      relay("opt_outs", (tenantId, batch, signal) => optOuts.add(batch, scope(tenantId, signal)));
    },
  };
}

/** Characters of an interaction, as it is kept; other items are small. */
function textSize(item: unknown): number {
  const { interaction } = item as { interaction?: { text?: string; subject?: string } };
  return (interaction?.text?.length ?? 0) + (interaction?.subject?.length ?? 0);
}

/** Cuts by number and, where items are large, by their size. */
function batches<T>(items: readonly T[] = [], sizeOf: (item: T) => number = () => 0): T[][] {
  const made: T[][] = [];
  let characters = 0;
  for (const item of items) {
    const last = made.at(-1);
    characters += sizeOf(item);
    if (last && last.length < BATCH && characters <= BATCH_CHARACTERS) {
      last.push(item);
      continue;
    }
    made.push([item]);
    characters = sizeOf(item);
  }
  return made;
}

/**
 * Delivers a batch; where the receiver refuses its content, the halves, so that one bad item does not hold up the others. What is
 * refused alone is handed to `refused`. Should another fault end it, all comes again, and its receiver knows it by its id.
 */
export async function deliverAll<T>(
  batch: readonly T[],
  send: (batch: T[]) => Promise<unknown>,
  refused: (one: T, error: unknown) => void,
): Promise<void> {
  try {
    await send([...batch]);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const [only] = batch;
    if (batch.length === 1 && only !== undefined) return refused(only, error);
    const middle = batch.length >> 1;
    await deliverAll(batch.slice(0, middle), send, refused);
    await deliverAll(batch.slice(middle), send, refused);
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
