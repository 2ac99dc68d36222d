/** Predicts what a start would do: how many contacts, from when, who is left out, and what would prevent it. */
import { CampaignGroupState, LoadMode } from "../../../../gen/herald/campaigns/v1/campaign_group.ts";
import type { PreviewStartResponse } from "../../../../gen/herald/campaigns/v1/campaign_group_service.ts";
import type { AttemptCheck } from "../../../../gen/herald/compliance/v1/attempt_check.ts";
import { type Decision, Verdict, refusalReasonToJSON } from "../../../../gen/herald/compliance/v1/decision.ts";
import type { AttemptCheckServiceDefinition } from "../../../../gen/herald/compliance/v1/attempt_check_service.ts";
import type { Record as ContactRecord } from "../../../../gen/herald/lists/v1/record.ts";
import type { RecordServiceDefinition } from "../../../../gen/herald/lists/v1/record_service.ts";
import { forEachConcurrently } from "../../../lib/async/batch.ts";
import type { Calls, CallScope } from "../../../lib/client/client.ts";
import type { Database, TenantQueryable } from "../../../lib/postgres/db.ts";
import { isServiceAway } from "../../../lib/errors/error-details.ts";
import { RpcError, status } from "../../../lib/errors/errors.ts";
import type { Now } from "../../../lib/async/time.ts";
import { namesOfLists, placeholderProblems } from "../../messages/content-names.ts";
import type { Group } from "../../groups/group-rows.ts";
import { type CheckSender, senderOf } from "../../messages/sender-check.ts";
import { type CountedLists, countLists } from "../load-store.ts";
import { closedPlaces, type OpenPlaces } from "../plans/open-places.ts";
import type { Planner } from "../plans/planner.ts";
import { groupSuppression } from "../suppression-store.ts";
import type { ReadTemplates } from "../../messages/read-content.ts";
import { countQueue, firstOfLists, firstOfQueue, type NextDevice, type QueueCount } from "./preview-store.ts";

export interface PreviewDeps {
  db: Database;
  records: Calls<RecordServiceDefinition>;
  checks: Calls<AttemptCheckServiceDefinition>;
  checkSender: CheckSender;
  planner: Pick<Planner, "openPlaces">;
  readTemplates: ReadTemplates;
  now: Now;
}

/** How many contacts compliance is asked about. It stores each answer as evidence, so they are few. */
const MOST_CHECKED = 50;
const CHECKS_AT_ONCE = 10;
const CHECK_TIMEOUT_MS = 2_000;
/** Counting millions of records takes seconds. */
const COUNT_TIMEOUT_MS = 60_000;
const { CAMPAIGN_GROUP_STATE_NOT_LOADED: NOT_LOADED, CAMPAIGN_GROUP_STATE_STOPPED: STOPPED } = CampaignGroupState;

export async function previewStart(
  deps: PreviewDeps,
  group: Group,
  mode: LoadMode,
  scope: CallScope,
): Promise<PreviewStartResponse> {
  const { channel, content, voice, messagesPerMinute, contactListIds } = group.shown;
  const [{ first, planned, ...counts }, problems, senderProblem] = await Promise.all([
    countPeople(deps, group, mode),
    content
      ? Promise.all([namesOfLists(deps.records, contactListIds, scope), deps.readTemplates(content, scope)]).then(
          ([names, read]) => placeholderProblems(read, names, channel),
        )
      : [],
    deps.checkSender(group.shown, scope).then(() => "", problemOf),
  ]);
  return {
    ...counts,
    ...withPlan(await ask(deps, group, first, scope), counts.people, planned),
    sender: senderOf(group.shown).sender,
    mostPerMinute: messagesPerMinute || (voice?.callsPerMinute ?? 0),
    placeholderProblems: problems,
    senderProblem,
  };
}

/** The reasons for which the start would be refused. */
function problemOf(error: unknown): string {
  if (error instanceof RpcError && error.code === status.FAILED_PRECONDITION) return error.message;
  throw error;
}

type StartCounts = Pick<
  PreviewStartResponse,
  "people" | "dueNow" | "contactedBefore" | "leftAlone" | "leftOutByReason" | "modeRequired"
> & {
  first: NextDevice[];
  /** When the first place of the lists' contacts opens, if compliance could say. */
  planned: Date | undefined;
};

/** Counts what the start would contact: the existing queue, the lists, or both. */
async function countPeople({ db, now, planner }: PreviewDeps, group: Group, mode: LoadMode): Promise<StartCounts> {
  const { tenantId, shown } = group;
  const open = await planner.openPlaces(group, shown.contactListIds).catch(ifAway);
  const read = async (tx: TenantQueryable): Promise<StartCounts> => {
    const queue = await countQueue(tx, shown.id, now());
    const basis = {
      closed: closedPlaces(open ?? NOTHING_KNOWN, now()),
      suppression: await groupSuppression(tx, group),
    };
    const hasRun = shown.state === STOPPED && (queue.all > 0 || !group.queueCleared);
    if (shown.state !== STOPPED && shown.state !== NOT_LOADED)
      return {
        ...asQueued(queue),
        modeRequired: false,
        first: await firstOfQueue(tx, group, false, MOST_CHECKED),
        planned: undefined,
      };
    if (!hasRun || mode === LoadMode.LOAD_MODE_ANEW || !group.queueCleared) {
      const lists = await countLists(tx, group, basis, false);
      const first = await firstOfLists(tx, group, basis, false, MOST_CHECKED);
      return {
        ...asLoaded(lists),
        contactedBefore: queue.attempted,
        leftAlone: 0,
        modeRequired: hasRun,
        first,
        planned: open && firstOpen(lists, now()),
      };
    }
    const lists = await countLists(tx, group, basis, true);
    const added = asLoaded(lists);
    const first = await firstOfQueue(tx, group, true, MOST_CHECKED);
    if (first.length < MOST_CHECKED)
      first.push(...(await firstOfLists(tx, group, basis, true, MOST_CHECKED - first.length)));
    const again = asQueued({ ...queue, open: queue.open + queue.cutOff, dueNow: queue.dueNow + queue.cutOff });
    return {
      people: again.people + added.people,
      dueNow: again.dueNow + added.dueNow,
      contactedBefore: queue.openAttempted + queue.cutOffAttempted,
      leftAlone: queue.all - again.people,
      leftOutByReason: added.leftOutByReason,
      modeRequired: true,
      first,
      planned: open && firstOpen(lists, now()),
    };
  };
  return db.transaction(tenantId, read, { isolation: "repeatable read", statementTimeoutMs: COUNT_TIMEOUT_MS });
}

const asQueued = ({ open, dueNow, openAttempted, all }: QueueCount) => ({
  people: open,
  dueNow,
  contactedBefore: openAttempted,
  leftAlone: all - open,
  leftOutByReason: {},
});

const asLoaded = ({ chains, dueNow, leftOut }: CountedLists) => ({ people: chains, dueNow, leftOutByReason: leftOut });

const firstOpen = ({ dueNow, nextDue }: CountedLists, now: Date): Date | undefined =>
  dueNow > 0 ? now : (nextDue ?? undefined);

/** If there are more contacts than were checked, the first attempt may be made when the first place opens. Pure. */
function withPlan(checked: CheckSummary, people: number, planned: Date | undefined): CheckSummary {
  const { firstAttemptTime: first } = checked;
  if (!planned || checked.checked >= people) return checked;
  return { ...checked, firstAttemptTime: first && first < planned ? first : planned };
}

/** Compliance does not answer, so every place counts as open. */
const NOTHING_KNOWN: OpenPlaces = { windows: "", places: [] };

function ifAway(error: unknown): undefined {
  if (!isServiceAway(error)) throw error;
}

type CheckSummary = Pick<
  PreviewStartResponse,
  "checked" | "checkedAllowed" | "checkedRefusedByReason" | "firstAttemptTime"
>;

/** Asks compliance about the first contacts, as if they were tried now. Without an answer the summary is empty. */
async function ask(
  { records, checks, now }: PreviewDeps,
  group: Group,
  first: readonly NextDevice[],
  scope: CallScope,
): Promise<CheckSummary> {
  const decisions: Decision[] = [];
  const { tenantId, requestId, signal } = scope;
  const asking = { tenantId, requestId, signal, timeoutMs: CHECK_TIMEOUT_MS };
  try {
    const keys = first.map(({ contactListId, recordId }) => ({ contactListId, recordId }));
    const found = keys.length > 0 ? (await records.batchGetRecords({ keys }, scope)).records : [];
    const asked = first.flatMap(
      (next) =>
        checkOf(
          group,
          next,
          found.find(({ id }) => id === next.recordId),
        ) ?? [],
    );
    await forEachConcurrently(asked, CHECKS_AT_ONCE, async (check) => {
      const { decision } = await checks.checkAttempt({ check }, asking);
      if (decision) decisions.push(decision);
    });
  } catch (error) {
    ifAway(error);
    return summary([], now());
  }
  return summary(decisions, now());
}

/** The check does not name the campaign: it would be refused because the campaign is not running yet. */
function checkOf(
  { shown }: Group,
  { deviceIndex }: NextDevice,
  record: ContactRecord | undefined,
): Omit<AttemptCheck, "attemptId" | "campaignGroupId" | "recordId" | "leaseNumber"> | undefined {
  const device = record?.devices.find(({ index }) => index === deviceIndex);
  return (
    record &&
    device && {
      channel: shown.channel,
      contactInfo: device.contactInfo,
      clientId: record.clientId,
      zones: device.zones,
      zoneIsCertain: record.zone !== "",
      state: record.country === "" ? "" : record.state,
      country: record.country,
      programId: shown.programId,
      isAnswer: false,
      suppressionListIds: shown.suppressionListIds,
      ruleIds: shown.ruleIds,
    }
  );
}

/** Pure. */
function summary(decisions: readonly Decision[], now: Date): CheckSummary {
  const refused = decisions.filter(({ verdict }) => verdict !== Verdict.VERDICT_ALLOWED);
  const byReason: Record<string, number> = {};
  for (const { reason } of refused) {
    const name = refusalReasonToJSON(reason).replace("REFUSAL_REASON_", "").toLowerCase();
    byReason[name] = (byReason[name] ?? 0) + 1;
  }
  const times = refused.flatMap(({ earliestTime }) => earliestTime?.getTime() ?? []);
  const isAnyAllowed = refused.length < decisions.length;
  return {
    checked: decisions.length,
    checkedAllowed: decisions.length - refused.length,
    checkedRefusedByReason: byReason,
    firstAttemptTime: isAnyAllowed ? now : times.length > 0 ? new Date(Math.min(...times)) : undefined,
  };
}
