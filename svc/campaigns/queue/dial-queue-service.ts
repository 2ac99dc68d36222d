/** The RPCs of DialQueueService. */
import type { AttemptReport } from "../../../gen/herald/campaigns/v1/attempt_report.ts";
import type { DialQueueServiceImplementation } from "../../../gen/herald/campaigns/v1/dial_queue_service.ts";
import type { Handlers } from "../../lib/rpc/context.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { isId, readId } from "../../lib/request/ids.ts";
import { readPage } from "../../lib/request/page.ts";
import type { Now } from "../../lib/async/time.ts";
import { Checks } from "../../lib/request/validate.ts";
import type { GroupChanges } from "../progress/group-changes.ts";
import { leaseDue, type QueueLimits, reportOutcomes } from "./dial-queue.ts";
import { chainNotFound } from "../errors.ts";
import type { Events } from "../events.ts";
import { getGroup } from "../groups/group-store.ts";
import { listLeftOut } from "../loading/left-out-store.ts";
import { CLOSED } from "../loading/plans/plan.ts";
import type { HoursRefusal, Planner } from "../loading/plans/planner.ts";
import { isOutcome } from "../../lib/outcomes/outcomes.ts";
import { findChain, listChains } from "./chain-store.ts";
import type { People } from "./people.ts";
import { type LeaseOrder, renewLeases } from "./lease-store.ts";

export interface DialQueueDeps {
  db: Database;
  limits: QueueLimits;
  people: People;
  planner: Pick<Planner, "refused" | "retried">;
  changes: GroupChanges;
  events: Events;
  now: Now;
}

const MOST_LEASES = 500;
const MOST_REPORTS = 1_000;

export const dialQueueService = ({
  db,
  limits,
  people,
  planner,
  changes,
  events,
  now,
}: DialQueueDeps): Handlers<DialQueueServiceImplementation> => ({
  async listQueued(req, ctx) {
    const groupId = readId(req.campaignGroupId, "campaign_group_id");
    const page = readPage(req, { usual: 50, most: 500 });
    const scope = db.tenant(ctx.tenantId);
    await getGroup(scope, groupId);
    const { items, nextPageToken } = await listChains(scope, groupId, req.recordStatus, page);
    return { chains: await people.nameChains(items, ctx), nextPageToken };
  },

  async getChain(req, ctx) {
    const key = {
      groupId: readId(req.campaignGroupId, "campaign_group_id"),
      recordId: readId(req.recordId, "record_id"),
    };
    const chain = await findChain(db.tenant(ctx.tenantId), key);
    if (!chain) throw chainNotFound(key.groupId, key.recordId);
    const [named] = await people.nameChains([chain], ctx);
    return { chain: named };
  },

  async listLeftOut(req, ctx) {
    const groupId = readId(req.campaignGroupId, "campaign_group_id");
    const page = readPage(req, { usual: 50, most: 500 });
    const scope = db.tenant(ctx.tenantId);
    await getGroup(scope, groupId);
    const { items, nextPageToken } = await listLeftOut(scope, groupId, req.reason, page);
    return { leftOut: await people.nameLeftOut(items, ctx), nextPageToken };
  },

  async leaseDue(req, ctx) {
    const order = readOrder(req, ctx.tenantId, now());
    const check = new Checks();
    check.int("max_leases", req.maxLeases, { least: 1, most: MOST_LEASES });
    check.done();
    const given = await leaseDue(db, order, req.maxLeases);
    if (given.leases.length > 0) changes.happened(order);
    events.leased(given.leases.length);
    return given;
  },

  async renewLeases(req, ctx) {
    const order = readOrder(req, ctx.tenantId, now());
    const check = new Checks();
    check.count("attempt_ids", req.attemptIds, { most: MOST_REPORTS });
    req.attemptIds.forEach((id, i) => check.id(`attempt_ids[${i}]`, id));
    check.done();
    const kept = new Set(await renewLeases(db.tenant(order.tenantId), order, req.attemptIds));
    return { lostAttemptIds: req.attemptIds.filter((id) => !kept.has(id)) };
  },

  async reportOutcomes(req, ctx) {
    checkReports(req.reports);
    const { groups, retries, settled, lateAttemptIds } = await reportOutcomes(
      db,
      ctx.tenantId,
      req.reports,
      limits,
      now(),
    );
    for (const groupId of groups) changes.happened({ tenantId: ctx.tenantId, groupId });
    planner.refused(ctx.tenantId, refusedForHours(req.reports));
    planner.retried(ctx.tenantId, retries);
    events.reported(settled, lateAttemptIds.length);
    return { lateAttemptIds };
  },
});

/** The refusals because of the hour. */
const refusedForHours = (reports: readonly AttemptReport[]): HoursRefusal[] =>
  reports
    .filter(({ kind }) => kind?.$case === "refused" && kind.refused.reason === CLOSED)
    .map(({ campaignGroupId: groupId, recordId, time }) => ({ groupId, recordId, time }));

function readOrder(
  req: { campaignGroupId: string; holder: string; leaseSeconds: number },
  tenantId: string,
  now: Date,
): LeaseOrder {
  const check = new Checks();
  const groupId = check.id("campaign_group_id", req.campaignGroupId);
  const holder = check.text("holder", req.holder, { most: 200 });
  const seconds = req.leaseSeconds || 60;
  check.int("lease_seconds", seconds, { least: 5, most: 300 });
  check.done();
  return { tenantId, groupId, holder, now, until: new Date(now.getTime() + seconds * 1_000) };
}

function checkReports(reports: readonly AttemptReport[]): void {
  const check = new Checks();
  check.count("reports", reports, { most: MOST_REPORTS });
  reports.forEach((report, i) => checkReport(check, `reports[${i}]`, report));
  check.done();
}

function checkReport(check: Checks, at: string, { campaignGroupId, recordId, attemptId, kind }: AttemptReport): void {
  check.that(isId(campaignGroupId), `${at}.campaign_group_id`, "An id is required.");
  check.that(isId(recordId), `${at}.record_id`, "An id is required.");
  check.that(isId(attemptId), `${at}.attempt_id`, "An id is required.");
  check.that(kind !== undefined, `${at}.kind`, "One of begun, ended, refused and returned is required.");
  if (kind?.$case === "ended")
    check.that(isOutcome(kind.ended.outcome), `${at}.ended.outcome`, "Must be a result that an attempt can end with.");
  if (kind?.$case === "refused")
    check.that(
      /^[a-z][a-z0-9_]{0,63}$/.test(kind.refused.reason),
      `${at}.refused.reason`,
      "Must be the name of a reason in lower case: `outside_window`.",
    );
}
