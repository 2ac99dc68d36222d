/**
 * Plans queues again when contact windows or suppression lists have changed. A new rule may concern every queue of a tenant: they are planned one after
 * another, in batches with rests between them, and tenants take turns, so that neither the database nor other tenants have to wait for them.
 */
import { pause, type Now } from "../../../lib/async/time.ts";
import { isServiceError } from "../../../lib/errors/error-details.ts";
import type { Database } from "../../../lib/postgres/db.ts";
import type { Events } from "../../events.ts";
import type { GroupKey } from "../../groups/group-key.ts";
import { noteQueue } from "../../groups/group-life-store.ts";
import type { Group } from "../../groups/group-rows.ts";
import { findGroup } from "../../groups/group-store.ts";
import { groupsAtWork } from "../../groups/groups-at-work-store.ts";
import { readCounts } from "../../progress/count-store.ts";
import type { GroupChanges } from "../../progress/group-changes.ts";
import { openChains } from "../../progress/progress.ts";
import { takeBack } from "../left-out-store.ts";
import type { LoadBasis } from "../load-store.ts";
import { type GroupSuppression, groupSuppression } from "../suppression-store.ts";
import { closedPlaces, type FindOpenPlaces, type OpenPlaces } from "./open-places.ts";
import { type Planner, PLANNED_STATES } from "./planner.ts";

export interface ChangeFollowerDeps {
  db: Database;
  planner: Planner;
  findOpenPlaces: FindOpenPlaces;
  changes: GroupChanges;
  events: Pick<Events, "notPlanned">;
  now: Now;
  batchChains: number;
  /** How often to look for groups whose rules have changed, also while others are planned. */
  everyMs: number;
}

/** The groups of a tenant that are looked at one after another, and what is left to do for the first of them. */
interface TenantTurn {
  tenantId: string;
  keys: GroupKey[];
  steps: AsyncGenerator<void, "done" | "again"> | undefined;
}

const GROUPS_AT_ONCE = 200;
const TENANTS_AT_ONCE = 4;
/** After each step a tenant rests as long as the step took, so that planning takes at most half of the time. */
const REST_MOST_MS = 1_000;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

export class ChangeFollower {
  readonly #deps: ChangeFollowerDeps;

  constructor(deps: ChangeFollowerDeps) {
    this.#deps = deps;
  }

  /** Plans each loaded group again whose windows or suppression lists have changed since it was planned. Ends when there is none. */
  async follow(signal: AbortSignal): Promise<void> {
    const turns = new Map<string, TenantTurn>();
    const waiting: TenantTurn[] = await this.#newTurns(turns);
    let lookedAtMs = performance.now();
    const failed = new AbortController();
    const ended = AbortSignal.any([signal, failed.signal]);
    const worker = async () => {
      for (let turn = waiting.shift(); turn && !ended.aborted; turn = waiting.shift()) {
        const begunMs = performance.now();
        if (begunMs - lookedAtMs >= this.#deps.everyMs) {
          lookedAtMs = begunMs;
          waiting.push(...(await this.#newTurns(turns)));
        }
        const isLeft = await this.#step(turn);
        if (!isLeft) turns.delete(turn.tenantId);
        await pause(Math.min(performance.now() - begunMs, REST_MOST_MS), ended);
        if (isLeft) waiting.push(turn);
      }
    };
    const stopping = (error: unknown) => {
      failed.abort();
      throw error;
    };
    const workers = await Promise.allSettled(Array.from({ length: TENANTS_AT_ONCE }, () => worker().catch(stopping)));
    for (const { reason } of workers.filter((one) => one.status === "rejected")) throw reason;
  }

  /** Adds the groups that are not looked at yet. Gives the tenants that had none. */
  async #newTurns(turns: Map<string, TenantTurn>): Promise<TenantTurn[]> {
    const news: TenantTurn[] = [];
    for (let after: GroupKey | undefined; ;) {
      const keys = await groupsAtWork(this.#deps.db, "any", after, GROUPS_AT_ONCE);
      for (const key of keys) {
        let turn = turns.get(key.tenantId);
        if (!turn) news.push((turn = { tenantId: key.tenantId, keys: [], steps: undefined }));
        turns.set(key.tenantId, turn);
        if (turn.keys.every(({ groupId }) => groupId !== key.groupId)) turn.keys.push(key);
      }
      if (keys.length < GROUPS_AT_ONCE) return news;
      after = keys.at(-1);
    }
  }

  /** Does one step for the first group of a tenant. False when nothing is left. */
  async #step(turn: TenantTurn): Promise<boolean> {
    const [key] = turn.keys;
    if (!key) return false;
    turn.steps ??= this.#planIfChanged(key);
    const { done, value } = await turn.steps.next();
    if (!done) return true;
    turn.steps = undefined;
    turn.keys.shift();
    if (value === "again") turn.keys.push(key);
    return turn.keys.length > 0;
  }

  /** An error in one group does not stop the others, unless another service is unavailable. */
  async *#planIfChanged({ tenantId, groupId }: GroupKey): AsyncGenerator<void, "done" | "again"> {
    try {
      const group = await this.#planned({ tenantId, groupId });
      if (!group) return "done";
      const { windows } = await this.#deps.findOpenPlaces(group, []);
      const suppression = await groupSuppression(this.#deps.db.tenant(tenantId), group);
      if (windows === group.plannedWindows && suppression.name === group.plannedSuppression) return "done";
      return yield* this.#plan(group, windows !== group.plannedWindows, suppression);
    } catch (error) {
      if (isServiceError(error)) throw error;
      this.#deps.events.notPlanned({ tenantId, campaignGroupId: groupId, error });
      return "done";
    }
  }

  /** Plans the queue, and queues records that were left out for a reason that no longer applies. `again` if the windows changed meanwhile. */
  async *#plan(
    group: Group,
    mayComeForward: boolean,
    suppression: GroupSuppression,
  ): AsyncGenerator<void, "done" | "again"> {
    const { db, planner, now, changes } = this.#deps;
    const key = { tenantId: group.tenantId, groupId: group.shown.id };
    const scope = db.tenant(key.tenantId);
    const plannedTime = now();
    const open = await planner.openPlaces(group, group.shown.contactListIds);
    let chainsToPlan = openChains(await readCounts(scope, key.groupId, plannedTime));
    await noteQueue(scope, group, { plannedTime, chainsToPlan });
    yield;
    for await (const looked of planner.planBatches(group, open, mayComeForward)) {
      chainsToPlan = Math.max(0, chainsToPlan - looked);
      await noteQueue(scope, group, { chainsToPlan });
      changes.happened(key);
      yield;
      if (!(await this.#planned(key))) {
        await noteQueue(scope, group, { chainsToPlan: 0 });
        return "done";
      }
      if (await this.#haveChanged(group, open)) return "again";
    }
    yield* this.#takeBack(group, open, suppression);
    if (await this.#haveChanged(group, open)) return "again";
    await noteQueue(scope, group, {
      plannedWindows: open.windows,
      plannedSuppression: suppression.name,
      chainsToPlan: 0,
    });
    changes.happened(key);
    return "done";
  }

  async *#takeBack(group: Group, open: OpenPlaces, suppression: GroupSuppression): AsyncGenerator<void, void> {
    const { db, now, batchChains, changes } = this.#deps;
    const basis: LoadBasis = { closed: closedPlaces(open, now()), suppression };
    for (let after: string | undefined = BEFORE_ALL; after !== undefined;) {
      const from: string = after;
      after = await db.transaction(group.tenantId, (tx) => takeBack(tx, group, basis, from, batchChains, now()));
      changes.happened({ tenantId: group.tenantId, groupId: group.shown.id });
      yield;
    }
  }

  /** Whether other windows apply now than those that these places were asked by. */
  async #haveChanged(group: Group, { windows }: OpenPlaces): Promise<boolean> {
    return windows === "" || (await this.#deps.findOpenPlaces(group, [])).windows !== windows;
  }

  /** The group, if it has a queue that is planned. */
  async #planned({ tenantId, groupId }: GroupKey): Promise<Group | undefined> {
    const group = await findGroup(this.#deps.db.tenant(tenantId), groupId);
    return group && PLANNED_STATES.has(group.shown.state) ? group : undefined;
  }
}
