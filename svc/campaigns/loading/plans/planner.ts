/**
 * Plans when the chains of a queue are due, so that nobody is handed out before the contact hours of their place begin, and nobody waits for hours that no longer
 * apply. A queue is planned again when a group resumes after a pause, when a check was refused because of the hour (the day at that place has ended), and when the
 * windows or the suppression lists change (change-follower.ts). A chain that is not planned yet is refused by the check before its attempt.
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
import { RETRY } from "../../queue/chain.ts";
import type { ChainKey } from "../../queue/chain-store.ts";
import { kindOf } from "../load-store.ts";
import { closedPlaces, type FindOpenPlaces, type OpenPlaces } from "./open-places.ts";
import { CLOSED, moveOf, movedCounts } from "./plan.ts";
import { RememberedChains } from "./remembered-chains.ts";
import {
  distinctPlaces,
  moveChains,
  type OpenChain,
  type PlaceRow,
  placesOfChains,
  readOpenChains,
  readWaiting,
} from "./plan-store.ts";

/** A chain whose check was refused because of the hour. */
export interface HoursRefusal extends ChainKey {
  time: Date | undefined;
}

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
/** After refused checks a group is planned at most this often. Until then each refused chain waits by itself. */
const REFUSED_EVERY_MS = 30_000;
const MOST_WANTED = 10_000;
/** A refusal is told by the clock of its dialer. */
const CLOCKS_DIFFER_MS = 5_000;
const BEFORE_MS = 2_000;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";
const { CAMPAIGN_GROUP_STATE_ACTIVE: ACTIVE, CAMPAIGN_GROUP_STATE_PAUSED: PAUSED } = CampaignGroupState;
const { CAMPAIGN_GROUP_STATE_RUNNING: RUNNING } = CampaignGroupState;
/** States in which a group has a queue that is planned. */
export const PLANNED_STATES: ReadonlySet<CampaignGroupState> = new Set([ACTIVE, RUNNING, PAUSED]);

export class Planner {
  readonly #deps: PlannerDeps;
  /** Groups whose checks were refused, by their id. */
  readonly #wanted = new Map<string, GroupKey>();
  readonly #retries = new RememberedChains<ChainKey>();
  readonly #refusals = new RememberedChains<HoursRefusal>();
  readonly #plannedAtMs = new Map<string, number>();

  constructor(deps: PlannerDeps) {
    this.#deps = deps;
  }

  /** Remembers that checks of groups were refused because of the hour. */
  refused(tenantId: string, refusals: readonly HoursRefusal[]): void {
    for (const { groupId } of refusals)
      if (this.#wanted.size < MOST_WANTED) this.#wanted.set(groupId, { tenantId, groupId });
    this.#refusals.add(tenantId, refusals);
  }

  /** Remembers chains that wait for a retry: its time may be at night. */
  retried(tenantId: string, chains: readonly ChainKey[]): void {
    this.#retries.add(tenantId, chains);
  }

  /** Plans the retries, and the chains and groups with refused checks, that were remembered since the last call. */
  async planWaiting(signal: AbortSignal): Promise<void> {
    await this.#planEach(this.#retries.take(), signal, (group, key, batch) => this.#planRetries(group, key, batch));
    await this.#planEach(this.#refusals.take(), signal, (group, key, batch) => this.#planOldTimes(group, key, batch));
    await this.#planRefused(signal);
  }

  async #planEach<T>(
    remembered: readonly { key: GroupKey; chains: T[] }[],
    signal: AbortSignal,
    work: (group: Group, key: GroupKey, batch: readonly T[]) => Promise<void>,
  ): Promise<void> {
    for (const { key, chains } of remembered) {
      if (signal.aborted) return;
      await this.#withGroup(key, async (group) => {
        for await (const batch of inBatches(chains, this.#deps.batchChains)) await work(group, key, batch);
      });
    }
  }

  /** Moves retries whose time is at night to when their place opens after that time. */
  async #planRetries(group: Group, key: GroupKey, retries: readonly ChainKey[]): Promise<void> {
    const { db, findOpenPlaces } = this.#deps;
    const ids = retries.map(({ recordId }) => recordId);
    const chains = await readWaiting(db.tenant(key.tenantId), key.groupId, ids, RETRY);
    const places = await this.#placesOf(group, chains);
    const asked = new Map<string, PlaceRow>();
    const nameOf = ({ recordId, due }: OpenChain) => `${places.get(recordId)?.key} ${due.getTime()}`;
    for (const chain of chains) {
      const place = places.get(chain.recordId);
      if (place) asked.set(nameOf(chain), { ...place, key: nameOf(chain), notBefore: chain.due });
    }
    const open = await findOpenPlaces(group, [...asked.values()]);
    await this.#noteOtherWindows(group, open);
    const openTimes = new Map(open.places.map(({ key: name, openTime }) => [name, openTime]));
    await this.#move(key, chains, (chain) => openTimes.get(nameOf(chain)), false);
  }

  /** Plans chains that were refused before the queue was last planned: they wait for a time of the windows before. */
  async #planOldTimes(group: Group, key: GroupKey, refusals: readonly HoursRefusal[]): Promise<void> {
    const plannedMs = group.plannedTime?.getTime() ?? 0;
    const old = refusals.filter(({ time }) => (time?.getTime() ?? 0) < plannedMs + CLOCKS_DIFFER_MS);
    if (old.length === 0) return;
    const { db, findOpenPlaces } = this.#deps;
    const ids = old.map(({ recordId }) => recordId);
    const chains = await readWaiting(db.tenant(key.tenantId), key.groupId, ids, CLOSED);
    const places = await this.#placesOf(group, chains);
    const asked = new Map([...places.values()].map((place) => [place.key, place]));
    const open = await findOpenPlaces(group, [...asked.values()]);
    await this.#noteOtherWindows(group, open);
    const openTimes = new Map(open.places.map(({ key: name, openTime }) => [name, openTime]));
    await this.#move(key, chains, ({ recordId }) => openTimes.get(places.get(recordId)?.key ?? ""), true);
  }

  async #planRefused(signal: AbortSignal): Promise<void> {
    const nowMs = performance.now();
    for (const [id, atMs] of this.#plannedAtMs) if (nowMs - atMs >= REFUSED_EVERY_MS) this.#plannedAtMs.delete(id);
    for (const [id, key] of this.#wanted) {
      if (signal.aborted) return;
      if (this.#plannedAtMs.has(id)) continue;
      this.#wanted.delete(id);
      this.#plannedAtMs.set(id, nowMs);
      await this.#withGroup(key, (group) => this.planQueue(group, false));
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
  async planQueue(group: Group, mayComeForward: boolean): Promise<void> {
    const open = await this.openPlaces(group, group.shown.contactListIds);
    let looked = 0;
    for await (const chains of this.planBatches(group, open, mayComeForward)) looked += chains;
    if (looked > 0) this.#deps.changes.happened({ tenantId: group.tenantId, groupId: group.shown.id });
  }

  /** The same, batch by batch. Gives how many chains each batch looked at. */
  async *planBatches(group: Group, open: OpenPlaces, mayComeForward: boolean): AsyncGenerator<number, void> {
    const { db, now, batchChains } = this.#deps;
    await this.#noteOtherWindows(group, open);
    if (!mayComeForward && closedPlaces(open, now()).keys.length === 0) return;
    const openTimes = new Map(open.places.map(({ key, openTime }) => [key, openTime]));
    const key = { tenantId: group.tenantId, groupId: group.shown.id };
    for (let after: string | undefined = BEFORE_ALL; after !== undefined;) {
      const chains: OpenChain[] = await readOpenChains(db.tenant(key.tenantId), key.groupId, after, batchChains);
      const places = await this.#placesOf(group, chains);
      await this.#move(key, chains, ({ recordId }) => openTimes.get(places.get(recordId)?.key ?? ""), mayComeForward);
      yield chains.length;
      after = chains.length < batchChains ? undefined : chains.at(-1)?.recordId;
    }
  }

  /**
   * Notes that a part of the queue is planned by other windows than the rest, before it is: if the windows change back meanwhile, or the plan is not
   * brought to its end, the whole queue has to be planned again.
   */
  async #noteOtherWindows({ tenantId, ...group }: Group, { windows }: OpenPlaces): Promise<void> {
    if (windows === group.plannedWindows) return;
    await noteQueue(this.#deps.db.tenant(tenantId), { tenantId, ...group }, { plannedWindows: "" });
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
