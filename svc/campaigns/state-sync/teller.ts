/**
 * Tells compliance which groups run, and has dial open and close their sessions. What is to be told is written with the group
 * itself (`told_version < version`), so that no crash loses it, and is told in order, one process at a time for each group.
 */
import { CampaignGroupState } from "../../../gen/herald/campaigns/v1/campaign_group.ts";
import type { AttemptCheckServiceDefinition } from "../../../gen/herald/compliance/v1/attempt_check_service.ts";
import type { SessionServiceDefinition } from "../../../gen/herald/dial/v1/session_service.ts";
import { forEachConcurrently } from "../../lib/async/batch.ts";
import type { Calls } from "../../lib/client/client.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { errorDetails } from "../../lib/errors/error-details.ts";
import { RpcError, status } from "../../lib/errors/errors.ts";
import { backoffMs, type Now } from "../../lib/async/time.ts";
import type { Changes } from "../progress/changes.ts";
import type { Events } from "../events.ts";
import { findGroup, type Group } from "../groups/group-store.ts";
import { type GroupKey, groupsToTell, lockTelling, noteNotTold, noteTold } from "./tell-store.ts";

export interface TellerDeps {
  db: Database;
  checks: Calls<AttemptCheckServiceDefinition>;
  sessions: Calls<SessionServiceDefinition>;
  changes: Changes;
  events: Events;
  now: Now;
  timeoutMs: number;
}

const GROUPS_AT_ONCE = 50;
/** Each telling holds a database connection while it waits for the others. */
const TELLINGS_AT_ONCE = 2;
const BACK_OFF = { baseMs: 250, mostMs: 30_000 };

export class Teller {
  readonly #deps: TellerDeps;

  constructor(deps: TellerDeps) {
    this.#deps = deps;
  }

  /** Tells about one group now. Gives the services that could not be told; it will be tried again by itself. */
  async tellNow(key: GroupKey): Promise<string[]> {
    try {
      await this.#tell(key, true);
      return [];
    } catch (error) {
      if (error instanceof Untold) return error.services;
      throw error;
    }
  }

  /** Tells about groups that are waiting for it. Returns true when there may be more. */
  async tellWaiting(): Promise<boolean> {
    const { db, now } = this.#deps;
    const keys = await groupsToTell(db.everyTenant(), now(), GROUPS_AT_ONCE);
    await forEachConcurrently(keys, TELLINGS_AT_ONCE, (key) => this.#tell(key, false).catch(() => {}));
    return keys.length === GROUPS_AT_ONCE;
  }

  async #tell(key: GroupKey, wait: boolean): Promise<void> {
    const { db, changes, events, now } = this.#deps;
    try {
      await db.transaction(key.tenantId, async (tx) => {
        if (!(await lockTelling(tx, key.groupId, wait))) return;
        const group = await findGroup(tx, key.tenantId, key.groupId);
        if (!group?.mayDial || group.toldVersion >= group.version) return;
        await this.#tellBoth(group);
        await noteTold(tx, group, isRunning(group));
      });
    } catch (error) {
      const tries = await noteNotTold(
        db.tenant(key.tenantId),
        key,
        problemOf(error),
        (count) => backoffMs(count, BACK_OFF),
        now(),
      );
      events.notTold({ tenantId: key.tenantId, campaignGroupId: key.groupId, tries, error });
      throw error;
    } finally {
      changes.happened(key);
    }
  }

  /** Compliance first: what it has not heard of is refused, so that nothing begins too early and nothing goes on too long. */
  async #tellBoth(group: Group): Promise<void> {
    const { checks, sessions, timeoutMs } = this.#deps;
    const { tenantId, version, shown } = group;
    const running = isRunning(group);
    const scope = { tenantId, timeoutMs };
    const campaignStates = [{ campaignGroupId: shown.id, running, version }];
    const tellCompliance = () => told("compliance", checks.setCampaignStates({ campaignStates }, scope));
    if (running) {
      await tellCompliance();
      return told("dial", sessions.openSession({ campaignGroup: shown }, scope));
    }
    // Each of the two alone keeps attempts from beginning: neither waits for the other.
    const closing = told("dial", sessions.closeSession({ campaignGroupId: shown.id }, scope));
    const failed = (await Promise.allSettled([tellCompliance(), closing])).flatMap((one) =>
      one.status === "rejected" ? [one.reason as unknown] : [],
    );
    const untold = failed.flatMap((error) => (error instanceof Untold ? error.services : []));
    if (failed.length > 0) throw untold.length < failed.length ? failed[0] : new Untold(untold, failed[0]);
  }
}

/** Services that could not be told. */
class Untold extends Error {
  readonly services: string[];

  constructor(services: string[], cause: unknown) {
    super(`${services.join(" and ")} could not be told.`, { cause });
    this.name = "Untold";
    this.services = services;
  }
}

const isRunning = ({ shown }: Group): boolean => shown.state === CampaignGroupState.CAMPAIGN_GROUP_STATE_RUNNING;

/** Whatever keeps another service from answering, it is told later; a refusal stays what it is. */
async function told(service: string, call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    const { code, message, reason, domain, metadata } = errorDetails(error) ?? {};
    if (code === status.FAILED_PRECONDITION)
      throw new RpcError(code, message ?? "", { reason: reason ?? "", domain, metadata, cause: error });
    throw new Untold([service], error);
  }
}

/** What dial refuses is shown with the group's progress; that something is away shows by itself. */
const problemOf = (error: unknown): string =>
  error instanceof RpcError && error.code === status.FAILED_PRECONDITION ? error.message : "";
