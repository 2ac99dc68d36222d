/**
 * Keeps compliance and dial in step with the states of groups: compliance knows which ones run, dial opens and closes their sessions. That
 * a state has to be synced is written with the group itself (`told_version < version`), so that no crash loses it, and states are synced in
 * order, one process at a time for each group.
 */
import { CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import type { AttemptCheckServiceDefinition } from "../../../gen/herald/compliance/v1/attempt_check_service.ts";
import type { SessionServiceDefinition } from "../../../gen/herald/dial/v1/session_service.ts";
import { forEachConcurrently } from "../../lib/async/batch.ts";
import type { Calls } from "../../lib/client/client.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { errorDetails } from "../../lib/errors/error-details.ts";
import { RpcError, status } from "../../lib/errors/errors.ts";
import { backoffMs, type Now, pause } from "../../lib/async/time.ts";
import { newId } from "../../lib/request/ids.ts";
import type { GroupChanges } from "../progress/group-changes.ts";
import type { Events } from "../events.ts";
import type { GroupKey } from "../groups/group-key.ts";
import { findGroup } from "../groups/group-store.ts";
import type { Group } from "../groups/group-rows.ts";
import { dialingSettings } from "./dialing-settings.ts";
import { groupsToSync, noteNotSynced, noteSynced, takeSync } from "./state-sync-store.ts";

export interface StateSyncDeps {
  db: Database;
  checks: Calls<AttemptCheckServiceDefinition>;
  sessions: Calls<SessionServiceDefinition>;
  changes: GroupChanges;
  events: Events;
  now: Now;
  timeoutMs: number;
}

const GROUPS_AT_ONCE = 50;
const SYNCS_AT_ONCE = 10;
/** A group is leased for as long as both calls of a sync and the writes around them may take. */
const LEASE_MARGIN_MS = 1_000;
/** How often to check whether a group that another process syncs is free. */
const LOOK_AGAIN = { baseMs: 20, mostMs: 250 };
const BACK_OFF = { baseMs: 250, mostMs: 30_000 };

export class StateSync {
  readonly #deps: StateSyncDeps;

  constructor(deps: StateSyncDeps) {
    this.#deps = deps;
  }

  /** Syncs one group now. Gives the services that could not be reached; they will be told later. */
  async syncNow(key: GroupKey): Promise<string[]> {
    try {
      await this.#sync(key, true);
      return [];
    } catch (error) {
      if (error instanceof SyncFailure) return error.services;
      throw error;
    }
  }

  /** Syncs groups that are waiting for it. Returns true when there may be more. */
  async syncWaiting(): Promise<boolean> {
    const { db, now } = this.#deps;
    const keys = await groupsToSync(db.everyTenant(), now(), GROUPS_AT_ONCE);
    await forEachConcurrently(keys, SYNCS_AT_ONCE, (key) => this.#sync(key, false).catch(() => {}));
    return keys.length === GROUPS_AT_ONCE;
  }

  async #sync(key: GroupKey, wait: boolean): Promise<void> {
    const { db, changes, events, now } = this.#deps;
    const scope = db.tenant(key.tenantId);
    const holder = newId();
    if (!(await this.#take(key, holder, wait))) return;
    try {
      const group = await findGroup(scope, key.groupId);
      if (!group) return;
      await this.#syncBoth(group);
      await noteSynced(scope, group, holder, isRunning(group));
    } catch (error) {
      const noted = { holder, problem: problemOf(error) };
      const tries = await noteNotSynced(scope, key.groupId, noted, (count) => backoffMs(count, BACK_OFF), now());
      events.notSynced({ tenantId: key.tenantId, campaignGroupId: key.groupId, tries, error });
      throw error;
    } finally {
      changes.happened(key);
    }
  }

  /** Leases a group for a sync. False if there is nothing to sync, or if another process does it and the caller does not wait. */
  async #take({ tenantId, groupId }: GroupKey, holder: string, wait: boolean): Promise<boolean> {
    const { db, timeoutMs } = this.#deps;
    const lease = { holder, leaseMs: 2 * timeoutMs + LEASE_MARGIN_MS };
    // By then the holder has finished, or its lease has ended.
    const untilMs = performance.now() + lease.leaseMs + LOOK_AGAIN.mostMs;
    for (let tries = 1; ; tries++) {
      const answer = await takeSync(db.tenant(tenantId), groupId, lease);
      if (answer !== "held") return answer === "taken";
      if (!wait) return false;
      // Other processes took it each time, so it is unknown what the services have heard.
      if (performance.now() > untilMs) throw new SyncFailure(["compliance", "dial"], undefined);
      await pause(backoffMs(tries, LOOK_AGAIN));
    }
  }

  /** Tells compliance first. It refuses attempts of groups that it does not know as running, so nothing begins too early or goes on too long. */
  async #syncBoth(group: Group): Promise<void> {
    const { checks, sessions, timeoutMs } = this.#deps;
    const { tenantId, version, shown } = group;
    const running = isRunning(group);
    const scope = { tenantId, timeoutMs };
    const campaignStates = [{ campaignGroupId: shown.id, running, version }];
    const syncCompliance = () => synced("compliance", checks.setCampaignStates({ campaignStates }, scope));
    if (running) {
      await syncCompliance();
      return synced("dial", sessions.openSession({ settings: dialingSettings(shown) }, scope));
    }
    // Each of the two alone prevents new attempts, so neither waits for the other.
    const closing = synced("dial", sessions.closeSession({ campaignGroupId: shown.id }, scope));
    const failed = (await Promise.allSettled([syncCompliance(), closing])).flatMap((one) =>
      one.status === "rejected" ? [one.reason as unknown] : [],
    );
    const services = failed.flatMap((error) => (error instanceof SyncFailure ? error.services : []));
    if (failed.length > 0) throw services.length < failed.length ? failed[0] : new SyncFailure(services, failed[0]);
  }
}

/** The services that do not know the current state yet. */
class SyncFailure extends Error {
  readonly services: string[];

  constructor(services: string[], cause: unknown) {
    super(`${services.join(" and ")} could not be reached.`, { cause });
    this.name = "SyncFailure";
    this.services = services;
  }
}

const isRunning = ({ shown }: Group): boolean => shown.state === CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING;

/** A service that does not answer is told later. A refusal is passed on as an error. */
async function synced(service: string, call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    const { code, message, reason, domain, metadata } = errorDetails(error) ?? {};
    if (code === status.FAILED_PRECONDITION)
      throw new RpcError(code, message ?? "", { reason: reason ?? "", domain, metadata, cause: error });
    throw new SyncFailure([service], error);
  }
}

/** Refusals by dial are shown with the group's progress. That a service is unavailable is shown anyway. */
const problemOf = (error: unknown): string =>
  error instanceof RpcError && error.code === status.FAILED_PRECONDITION ? error.message : "";
