/**
 * What this process knows of the suppression data: whether it may be answered from, and each tenant's lists. Every process that
 * checks has one, whoever applies the changes. It may be answered from only while all of this holds: a snapshot is complete, this
 * run of the Redis server is known to hold all of it, and somebody has said within the allowed silence that it is current.
 */
import { LRUCache } from "lru-cache";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { notReady } from "../errors.ts";
import { type ComplianceRedis, dataPrefix, type DataState, epochOf } from "../redis/redis-store.ts";
import type { ListAnswer } from "../rules/engine/decide.ts";
import { holdsFor, type ListSettings } from "./suppression-lists.ts";

/** The lists that an attempt has to be looked up in, in the order in which they are asked: devices, then clients. */
export interface ListSet {
  lists: readonly ListSettings[];
  /** The answer when no list has an entry. Most attempts share it. */
  answers: readonly ListAnswer[];
}

/** One tenant's data, at one marker. */
export class TenantLists {
  readonly marker: string;
  readonly epoch: string;
  readonly runId: string;
  readonly prefix: string;
  readonly lists: readonly ListSettings[];
  readonly ids: ReadonlySet<string>;
  /** Whether any list holds for one program alone. */
  readonly hasPrograms: boolean;
  readonly #sets = new Map<string, ListSet>();

  constructor(marker: string, { epoch, runId }: DataState, prefix: string, lists: readonly ListSettings[]) {
    this.marker = marker;
    this.epoch = epoch;
    this.runId = runId;
    this.prefix = prefix;
    this.lists = lists.toSorted((a, b) => Number(a.byClient) - Number(b.byClient) || (a.id < b.id ? -1 : 1));
    this.ids = new Set(lists.map(({ id }) => id));
    this.hasPrograms = lists.some(({ programId }) => programId !== undefined);
  }

  /** Required lists and those named, as far as they hold for the channel and program. A list that is named and not there was deleted (`named-lists.ts`): it holds nothing. */
  set(channel: Channel, programId: string, listIds: readonly string[]): ListSet {
    const own = this.hasPrograms ? `${channel} ${programId}` : String(channel);
    const key = listIds.length === 0 ? own : `${own} ${listIds.join(" ")}`;
    let set = this.#sets.get(key);
    if (!set) {
      const lists = this.lists.filter(
        (list) => (list.required || listIds.includes(list.id)) && holdsFor(list, channel, programId),
      );
      set = { lists, answers: lists.map(({ id, name, byClient }) => ({ id, name, byClient })) };
      this.#sets.set(key, set);
    }
    return set;
  }
}

/** For attempts that no list refuses. */
export const NO_LISTS: ListSet = { lists: [], answers: [] };

const MOST_TENANTS = 5_000;

export class SuppressionView {
  readonly #redis: ComplianceRedis;
  readonly #silenceMs: number;
  readonly #tenants = new LRUCache<string, TenantLists>({ max: MOST_TENANTS });
  #state: DataState | undefined;
  #freshUntil = -Infinity;
  #server: { connection: number; runId: string; evicts: boolean } | undefined;

  constructor(redis: ComplianceRedis, silenceMs: number) {
    this.#redis = redis;
    this.#silenceMs = silenceMs;
  }

  /** Reads the state of the data. Called several times a second. */
  async refresh(): Promise<void> {
    const connection = this.#redis.connection();
    const askedAt = performance.now();
    const state = await this.#redis.readState();
    if (this.#server?.connection !== connection) this.#server = { connection, ...(await this.#redis.readServer()) };
    if (state?.epoch !== this.#state?.epoch || state?.runId !== this.#state?.runId) this.#tenants.clear();
    this.#state = state;
    this.#freshUntil = askedAt + this.#silenceMs - (state?.ageMs ?? Infinity);
  }

  /** Why no check may be answered now. Undefined when checks can be answered. */
  fault(): string | undefined {
    const state = this.#state;
    if (!this.#redis.isConnected() || this.#server?.connection !== this.#redis.connection())
      return "Redis is away or was just connected to";
    if (this.#server.evicts) return "Redis drops keys when its memory is full: set its maxmemory-policy to noeviction";
    if (!state?.ready) return "suppression data is being loaded";
    if (state.runId !== this.#server.runId) return "Redis was restarted and its data is being checked";
    if (performance.now() > this.#freshUntil) return "the stream of suppression changes is silent";
    return undefined;
  }

  /** The tenant's lists. Throws NOT_READY while no check may be answered. */
  async of(tenantId: string): Promise<TenantLists> {
    const fault = this.fault();
    if (fault !== undefined || !this.#state) throw notReady(fault ?? "suppression data is being loaded");
    return this.#tenants.get(tenantId) ?? this.#read(tenantId, this.#state);
  }

  /** Forgets the tenant's data, because its marker has changed. The next call reads it again. */
  forget(tenantId: string): void {
    this.#tenants.delete(tenantId);
  }

  /**
   * Tells whether the answer of a look-up can be used. If not, Redis has to be asked again. A tenant without lists has no marker, so the look-up
   * cannot notice that Redis has lost its data. For such a tenant it is checked afterwards that there are still no lists.
   */
  async confirms(tenantId: string, { marker, epoch }: TenantLists): Promise<boolean> {
    const hasNoLists = epochOf(marker) === epoch || (await this.#redis.hasNoLists(epoch, tenantId));
    const fault = hasNoLists === "unknown" ? "suppression data is being loaded" : this.fault();
    if (fault !== undefined) throw notReady(fault);
    if (!hasNoLists) this.forget(tenantId);
    return hasNoLists === true;
  }

  async #read(tenantId: string, state: DataState): Promise<TenantLists> {
    const { epoch } = state;
    const isListed = (await this.#redis.hasNoLists(epoch, tenantId)) === false;
    const { marker, lists } = await this.#redis.readTenant(tenantId, epoch);
    // The marker is set before the tenant is listed. So if there is none, the data was there and is lost.
    if (isListed && epochOf(marker) !== epoch) {
      await this.#redis.giveUpEpoch(epoch);
      throw notReady("suppression data was lost and is being loaded again");
    }
    const tenant = new TenantLists(marker, state, dataPrefix(tenantId, epoch), lists);
    this.#tenants.set(tenantId, tenant);
    return tenant;
  }
}
