/** The RPCs of AttemptService. */
import { AttemptState } from "../../../gen/herald/dial/v1/attempt.ts";
import type { AttemptServiceImplementation, ListAttemptsRequest } from "../../../gen/herald/dial/v1/attempt_service.ts";
import type { Ctx, Handlers } from "../../lib/rpc/context.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { invalidField } from "../../lib/errors/errors.ts";
import { readId, readOptionalId } from "../../lib/request/ids.ts";
import { readPage } from "../../lib/request/page.ts";
import { type RegionLookup, writtenDevice } from "../../lib/devices/written.ts";
import type { Now } from "../../lib/async/time.ts";
import { outcomeColumns, toAttempt, toFacts } from "./attempt-rows.ts";
import { type AttemptFilter, getAttempt, listAttempts } from "./attempt-store.ts";
import { attemptNotStale } from "../errors.ts";
import { outcomeNamed, outcomeNames } from "../../lib/outcomes/outcomes.ts";
import { isFinal } from "./outcomes.ts";
import { refusalWords } from "./refusals.ts";
import type { Results } from "../pipeline/settle/results.ts";

export interface AttemptServiceDeps {
  db: Database;
  regionOf: (ctx: Ctx) => RegionLookup;
  results: Results;
  now: Now;
}

export const attemptService = ({
  db,
  regionOf,
  results,
  now,
}: AttemptServiceDeps): Handlers<AttemptServiceImplementation> => ({
  async listAttempts(req, ctx) {
    const page = readPage(req, { usual: 50, most: 500 });
    const filter = await readFilter(req, regionOf(ctx));
    const { items, nextPageToken } = await listAttempts(db.tenant(ctx.tenantId), filter, page);
    return { attempts: items, nextPageToken };
  },

  async getAttempt(req, ctx) {
    return {
      attempt: toAttempt(await getAttempt(db.tenant(ctx.tenantId), readId(req.attemptId, "attempt_id"))),
    };
  },

  async resolveStaleAttempt(req, ctx) {
    const attemptId = readId(req.attemptId, "attempt_id");
    const row = await getAttempt(db.tenant(ctx.tenantId), attemptId);
    if (row.state !== AttemptState.ATTEMPT_STATE_STALE) throw attemptNotStale(attemptId);
    const { outcome } = req;
    if (!outcome || !isFinal(outcome, row.channel))
      throw invalidField("outcome", "Must be a final call_result for a call, or a known delivery_state for a message.");
    await results.put({
      kind: "ended",
      key: toFacts(row),
      attempt: undefined,
      at: now(),
      outcome,
      counts: true,
      providerStatus: "",
      providerMessageId: "",
      sentAt: undefined,
    });
    return { attempt: toAttempt(await getAttempt(db.tenant(ctx.tenantId), attemptId)) };
  },
});

async function readFilter(req: ListAttemptsRequest, regionOf: RegionLookup): Promise<AttemptFilter> {
  return {
    campaignGroupId: readOptionalId(req.campaignGroupId, "campaign_group_id"),
    recordId: readOptionalId(req.recordId, "record_id"),
    contactInfo: (await writtenDevice(req.contactInfo, regionOf)) || undefined,
    state: req.state || undefined,
    channel: req.channel || undefined,
    ...resultFilter(req.result),
  };
}

/** The filter for an outcome or for the reason of a refusal. Any other word is an error: an empty list would look like an answer. */
function resultFilter(given: string): AttemptFilter {
  const word = given.trim().toLowerCase();
  if (word === "") return {};
  const outcome = outcomeNamed(word);
  if (outcome) return outcomeColumns(outcome);
  if (refusalWords.includes(word)) return { refusalReason: word };
  throw invalidField(
    "result",
    `No attempt has this result. Must be one of ${[...outcomeNames(), ...refusalWords].join(", ")}.`,
  );
}
