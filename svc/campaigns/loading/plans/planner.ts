/**
 * Plans when the chains of a queue are due, so that nobody is handed out before the contact hours of their place begin, and nobody waits for hours that no longer
 * apply. A queue is planned again when a group resumes after a pause, when a check was refused because of the hour (the day at that place has ended), and when the
 * windows or the suppression lists change. A chain that is not planned yet is refused by the check before its attempt.
 */
import { CampaignGroupState } from "../../../../gen/herald/campaigns/v1/campaign_group.ts";
import { inBatches } from "../../../lib/async/batch.ts";
import { type Now, pause } from "../../../lib/async/time.ts";
import { isServiceError } from "../../../lib/errors/error-details.ts";
import type { Database } from "../../../lib/postgres/db.ts";
import type { Events } from "../../events.ts";
import type { GroupKey } from "../../groups/group-key.ts";
import { findGroup } from "../../groups/group-store.ts";
import type { Group } from "../../groups/group-rows.ts";
import { noteQueue } from "../../groups/group-life-store.ts";
import type { GroupChanges } from "../../progress/group-changes.ts";
import { addToCounts } from "../../progress/count-store.ts";
import type { ChainKey } from "../../queue/chain-store.ts";
import { groupsAtWork } from "../../groups/groups-at-work-store.ts";
import { takeBack } from "../left-out-store.ts";
import { kindOf, type LoadBasis } from "../load-store.ts";
import { closedPlaces, type FindOpenPlaces, type OpenPlaces } from "./open-places.ts";
import { moveOf, movedCounts } from "./plan.ts";
import {
  distinctPlaces,
  moveChains,
  type OpenChain,
  type PlaceRow,
  placesOfChains,
  readOpenChains,
  readRetries,
} from "./plan-store.ts";
import { type GroupSuppression, groupSuppression } from "../suppression-store.ts";

export interface PlannerDeps {
  db: Database;
  findOpenPlaces: FindOpenPlaces;
  changes: GroupChanges;
  events: Pick<Events, "notPlanned">;
  now: Now;
  /** Statement timeout for reading the places of a group's lists. */
  loadTimeoutMs: number;
  batchChains: number;
}

/** Compliance is asked about this many places of a list. Contacts at other places are tried without a plan. */
const MOST_PLACES = 20_000;
const GROUPS_AT_ONCE = 200;
/** After refused checks a group is planned at most this often. Until then each refused chain waits by itself. */
const REFUSED_EVERY_MS = 30_000;
const MOST_WANTED = 10_000;
/** Retries kept in memory until they are planned. Of further ones, each is refused once if its time is at night. */
const MOST_RETRIES = 50_000;
const BEFORE_MS = 2_000;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";
const { CAMPAIGN_GROUP_STATE_ACTIVE: ACTIVE, CAMPAIGN_GROUP_STATE_PAUSED: PAUSED } = CampaignGroupState;
const { CAMPAIGN_GROUP_STATE_RUNNING: RUNNING } = CampaignGroupState;
const PLANNED_STATES: ReadonlySet<CampaignGroupState> = new Set([ACTIVE, RUNNING, PAUSED]);

export class Planner {
  readonly #deps: PlannerDeps;
  /** Groups whose checks were refused, by their id. */
  readonly #wanted = new Map<string, GroupKey>();
  readonly #retries = new Map<string, { key: GroupKey; recordIds: string[] }>();
  #retriesCount = 0;
  readonly #plannedAtMs = new Map<string, number>();

  constructor(deps: PlannerDeps) {
    this.#deps = deps;
  }

  /** Remembers that a check of a group was refused because of the hour. */
  refused(key: GroupKey): void {
    if (this.#wanted.size < MOST_WANTED) this.#wanted.set(key.groupId, key);
  }

  /** Remembers chains that wait for a retry: its time may be at night. */
  retried(tenantId: string, chains: readonly ChainKey[]): void {
    for (const { groupId, recordId } of chains) {
      if (this.#retriesCount >= MOST_RETRIES) return;
      const group = this.#retries.get(groupId) ?? { key: { tenantId, groupId }, recordIds: [] };
      this.#retries.set(groupId, group);
      group.recordIds.push(recordId);
      this.#retriesCount += 1;
    }
  }

  /** Plans the retries and the groups with refused checks that were remembered since the last call. */
  async planWaiting(signal: AbortSignal): Promise<void> {
    await this.#planRetries(signal);
    await this.#planRefused(signal);
  }

  async #planRetries(signal: AbortSignal): Promise<void> {
    const retries = [...this.#retries.values()];
    this.#retries.clear();
    this.#retriesCount = 0;
    for (const { key, recordIds } of retries) {
      if (signal.aborted) return;
      await this.#withGroup(key, async (group) => {
        for await (const batch of inBatches(recordIds, this.#deps.batchChains))
          await this.#planBatch(group, key, batch);
      });
    }
  }

  async #planBatch(group: Group, key: GroupKey, recordIds: readonly string[]): Promise<void> {
    const chains = await readRetries(this.#deps.db.tenant(key.tenantId), key.groupId, recordIds);
    const places = await this.#placesOf(group, chains);
    const asked = new Map<string, PlaceRow>();
    const nameOf = ({ recordId, due }: OpenChain) => `${places.get(recordId)?.key} ${due.getTime()}`;
    for (const chain of chains) {
      const place = places.get(chain.recordId);
      if (place) asked.set(nameOf(chain), { ...place, key: nameOf(chain), notBefore: chain.due });
    }
    const open = await this.#deps.findOpenPlaces(group, [...asked.values()]);
    const openTimes = new Map(open.places.map(({ key: name, openTime }) => [name, openTime]));
    await this.#move(key, chains, (chain) => openTimes.get(nameOf(chain)), false);
  }

  async #planRefused(signal: AbortSignal): Promise<void> {
    const nowMs = performance.now();
    for (const [id, atMs] of this.#plannedAtMs) if (nowMs - atMs >= REFUSED_EVERY_MS) this.#plannedAtMs.delete(id);
    for (const [id, key] of this.#wanted) {
      if (signal.aborted) return;
      if (this.#plannedAtMs.has(id)) continue;
      this.#wanted.delete(id);
      this.#plannedAtMs.set(id, nowMs);
      await this.#withGroup(key, async (group) => void (await this.planQueue(group, false)));
    }
  }

  /** Plans a group that is about to resume. Waits up to two seconds; the rest is planned in the background. While compliance is unavailable nobody is tried anyway. */
  async planBefore(group: Group): Promise<void> {
    const planning = this.planQueue(group, false);
    const { tenantId, shown } = group;
    const noted = planning.catch((error: unknown) =>
      this.#deps.events.notPlanned({ tenantId, campaignGroupId: shown.id, error }),
    );
    await Promise.race([noted, pause(BEFORE_MS)]);
  }

  /** Plans each loaded group again whose windows or suppression lists have changed since it was planned. */
  async followChanges(signal: AbortSignal): Promise<void> {
    for (let after: GroupKey | undefined; !signal.aborted;) {
      const keys = await groupsAtWork(this.#deps.db, "any", after, GROUPS_AT_ONCE);
      for (const key of keys) {
        if (signal.aborted) return;
        await this.#withGroup(key, (group) => this.#follow(group));
      }
      if (keys.length < GROUPS_AT_ONCE) return;
      after = keys.at(-1);
    }
  }

  /** Where the people of lists may be, and from when they may be tried there. */
  async openPlaces(group: Group, contactListIds: readonly string[]): Promise<OpenPlaces> {
    const { db, findOpenPlaces, loadTimeoutMs } = this.#deps;
    const places = await db.transaction(
      group.tenantId,
      (tx) => distinctPlaces(tx, contactListIds, kindOf(group.shown.channel), MOST_PLACES),
      { statementTimeoutMs: loadTimeoutMs },
    );
    return findOpenPlaces(group, places);
  }

  /** Delays chains that are due before their place opens. With `mayComeForward`, chains that wait for contact hours may also become due earlier. */
  async planQueue(group: Group, mayComeForward: boolean): Promise<OpenPlaces> {
    const { db, now, batchChains, changes } = this.#deps;
    const open = await this.openPlaces(group, group.shown.contactListIds);
    if (!mayComeForward && closedPlaces(open, now()).keys.length === 0) return open;
    const openTimes = new Map(open.places.map(({ key, openTime }) => [key, openTime]));
    const key = { tenantId: group.tenantId, groupId: group.shown.id };
    for (let after: string | undefined = BEFORE_ALL; after !== undefined;) {
      const chains: OpenChain[] = await readOpenChains(db.tenant(key.tenantId), key.groupId, after, batchChains);
      const places = await this.#placesOf(group, chains);
      await this.#move(key, chains, ({ recordId }) => openTimes.get(places.get(recordId)?.key ?? ""), mayComeForward);
      after = chains.length < batchChains ? undefined : chains.at(-1)?.recordId;
    }
    changes.happened(key);
    return open;
  }

  async #placesOf(group: Group, chains: readonly OpenChain[]): Promise<Map<string, PlaceRow>> {
    if (chains.length === 0) return new Map();
    const { tenantId, shown } = group;
    return placesOfChains(this.#deps.db.tenant(tenantId), kindOf(shown.channel), chains);
  }

  /** Changes the due time of those chains that need another one. */
  async #move(
    key: GroupKey,
    chains: readonly OpenChain[],
    openTimeOf: (chain: OpenChain) => Date | undefined,
    mayComeForward: boolean,
  ): Promise<void> {
    const { db, now } = this.#deps;
    const time = now();
    const moves = chains.flatMap((chain) => moveOf(chain, openTimeOf(chain), time, mayComeForward) ?? []);
    if (moves.length === 0) return;
    await db.transaction(key.tenantId, async (tx) => {
      const moved = await moveChains(tx, key.groupId, moves, time);
      const counts = movedCounts(moves.filter(({ chain }) => moved.has(chain.recordId)));
      await addToCounts(tx, key.groupId, counts);
    });
  }

  async #follow(group: Group): Promise<void> {
    const { db, findOpenPlaces } = this.#deps;
    const { windows } = await findOpenPlaces(group, []);
    const scope = db.tenant(group.tenantId);
    const suppression = await groupSuppression(scope, group);
    if (windows === group.plannedWindows && suppression.name === group.plannedSuppression) return;
    const open = await this.planQueue(group, windows !== group.plannedWindows);
    await this.#takeBack(group, open, suppression);
    await noteQueue(scope, group, { plannedWindows: open.windows, plannedSuppression: suppression.name });
  }

  /** Queues records that were left out for a reason that no longer applies. */
  async #takeBack(group: Group, open: OpenPlaces, suppression: GroupSuppression): Promise<void> {
    const { db, now, batchChains, changes } = this.#deps;
    const basis: LoadBasis = { closed: closedPlaces(open, now()), suppression };
    for (let after: string | undefined = BEFORE_ALL; after !== undefined;) {
      const from: string = after;
      after = await db.transaction(group.tenantId, (tx) => takeBack(tx, group, basis, from, batchChains, now()));
    }
    changes.happened({ tenantId: group.tenantId, groupId: group.shown.id });
  }

  /** Calls `work` for a group that has a queue. An error in one group does not stop the others, unless another service is unavailable. */
  async #withGroup({ tenantId, groupId }: GroupKey, work: (group: Group) => Promise<void>): Promise<void> {
    try {
      const group = await findGroup(this.#deps.db.tenant(tenantId), groupId);
      if (group && PLANNED_STATES.has(group.shown.state)) await work(group);
    } catch (error) {
      if (isServiceError(error)) throw error;
      this.#deps.events.notPlanned({ tenantId, campaignGroupId: groupId, error });
    }
  }
}
