/** Writes the stream of suppression changes to Redis, for the process that leads. */
import { randomBytes } from "node:crypto";
import type { StreamEntriesResponse } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import { type ComplianceRedis, dataPrefix, type DataState, markerOf, versionOf } from "../redis/redis-store.ts";
import {
  type Command,
  entryCommands,
  listKeys,
  type ListSettings,
  removalCommands,
  settingsAfter,
  sparseAreaCodes,
} from "./suppression-lists.ts";

interface Tenant {
  marker: string;
  lists: Map<string, ListSettings>;
}

/** Messages of a snapshot on their way to Redis at once: bounds memory. */
const LOADS_AT_ONCE = 4;
/** After a live change of fewer entries it is not checked whether a set should become a bitmap. The next larger change or snapshot does that. */
const WORTH_MEASURING = 100;

export class SuppressionWriter {
  readonly #redis: ComplianceRedis;
  readonly #lead: number;
  readonly #denseFrom: number;
  readonly #tenants = new Map<string, Tenant>();
  readonly #loading = new Map<ListSettings, { prefix: string; areaCodes: Set<string> }>();
  #loads: Promise<void>[] = [];
  #epoch = "";

  /** `lead` numbers this lead; `denseFrom` numbers of one area code take less memory as a bitmap than as a set. */
  constructor(redis: ComplianceRedis, lead: number, denseFrom: number) {
    this.#redis = redis;
    this.#lead = lead;
    this.#denseFrom = denseFrom;
  }

  get epoch(): string {
    return this.#epoch;
  }

  /** Takes over the data that is in Redis. */
  async adopt({ epoch }: DataState): Promise<void> {
    this.#epoch = epoch;
    for (const tenantId of await this.#redis.tenants(epoch)) {
      const { marker, lists } = await this.#redis.readTenant(tenantId, epoch);
      const next = markerOf(epoch, this.#lead, versionOf(marker) + 1);
      if (marker === "" || !(await this.#redis.change(tenantId, marker, [], next))) {
        await this.#redis.giveUpEpoch(epoch);
        throw new Error("a tenant's suppression data is gone");
      }
      this.#tenants.set(tenantId, { marker: next, lists: new Map(lists.map((list) => [list.id, list])) });
    }
  }

  async beginSnapshot(): Promise<void> {
    this.#epoch = randomBytes(4).toString("hex");
    this.#tenants.clear();
    this.#loading.clear();
    await this.#redis.beginEpoch(this.#epoch);
    // Runs beside the loading, and nothing waits for it. What an error leaves behind is deleted the next time.
    this.#redis.purge(this.#epoch).catch(() => {});
  }

  /** Writes a message of the snapshot. Nobody reads this epoch yet, so several messages may be written at the same time. */
  async load(message: StreamEntriesResponse): Promise<void> {
    const { suppressionList, tenantId } = message;
    if (!suppressionList) return;
    const prefix = dataPrefix(tenantId, this.#epoch);
    const tenant = this.#tenants.get(tenantId) ?? { marker: "", lists: new Map<string, ListSettings>() };
    this.#tenants.set(tenantId, tenant);
    const before = tenant.lists.get(suppressionList.id);
    const list = Object.assign(before ?? {}, settingsAfter(suppressionList, before, message.added));
    tenant.lists.set(list.id, list);
    this.#loads.push(this.#redis.load(entryCommands(prefix, list, message)));
    this.#noteAreaCodes(prefix, list, message);
    if (this.#loads.length >= LOADS_AT_ONCE) await this.settle();
  }

  /** Waits until all messages are written. */
  async settle(): Promise<void> {
    const loads = this.#loads;
    this.#loads = [];
    await Promise.all(loads);
    for (const [list, { prefix, areaCodes }] of this.#loading) {
      const dense = await this.#copyLargeSets(prefix, list, [...areaCodes]);
      for (const areaCode of dense) list.dense[areaCode] = 1;
      await this.#redis.load(dense.map((areaCode) => ["UNLINK", listKeys.set(prefix, list.id, areaCode)]));
    }
    this.#loading.clear();
  }

  async endSnapshot(state: Pick<DataState, "runId" | "sequence">): Promise<void> {
    await this.settle();
    for (const [tenantId, tenant] of this.#tenants) {
      const key = listKeys.settings(dataPrefix(tenantId, this.#epoch));
      await this.#redis.load([...tenant.lists.values()].map((list) => ["HSET", key, list.id, JSON.stringify(list)]));
      tenant.marker = markerOf(this.#epoch, this.#lead, 1);
      await this.#redis.markTenant(tenantId, this.#epoch, tenant.marker);
    }
    if (!(await this.#redis.completeEpoch({ ...state, epoch: this.#epoch })))
      throw new Error("Redis was wiped while it was filled");
  }

  /** Applies one live change: entries, settings and the tenant's next marker together. */
  async apply(message: StreamEntriesResponse): Promise<void> {
    const { tenantId, suppressionList, removedListId } = message;
    const prefix = dataPrefix(tenantId, this.#epoch);
    const tenant = await this.#tenant(tenantId);
    if (removedListId !== "") {
      await this.#change(tenantId, tenant, removalCommands(prefix, removedListId), { newSettings: true });
      tenant.lists.delete(removedListId);
    }
    if (!suppressionList) return;
    const before = tenant.lists.get(suppressionList.id);
    const list = settingsAfter(suppressionList, before, message.added);
    const newSettings = JSON.stringify(list) !== JSON.stringify(before);
    await this.#change(
      tenantId,
      tenant,
      [...entryCommands(prefix, list, message), ...(newSettings ? [setting(prefix, list)] : [])],
      { newSettings },
    );
    tenant.lists.set(list.id, list);
    if (message.added.length >= WORTH_MEASURING)
      await this.#densify(tenantId, tenant, list, sparseAreaCodes(list, message));
  }

  async #densify(tenantId: string, tenant: Tenant, list: ListSettings, areaCodes: readonly string[]): Promise<void> {
    const prefix = dataPrefix(tenantId, this.#epoch);
    const large = await this.#copyLargeSets(prefix, list, areaCodes);
    if (large.length === 0) return;
    const after = {
      ...list,
      dense: { ...list.dense, ...Object.fromEntries(large.map((areaCode) => [areaCode, 1 as const])) },
    };
    const sets = large.map((areaCode) => listKeys.set(prefix, list.id, areaCode));
    await this.#change(tenantId, tenant, [["UNLINK", ...sets], setting(prefix, after)], { newSettings: true });
    tenant.lists.set(list.id, after);
  }

  /** Copies sets that have grown large into bitmaps, and gives their area codes. The sets are not removed yet. */
  async #copyLargeSets(prefix: string, list: ListSettings, areaCodes: readonly string[]): Promise<string[]> {
    if (areaCodes.length === 0) return [];
    const sizes = await this.#redis.sizes(areaCodes.map((areaCode) => listKeys.set(prefix, list.id, areaCode)));
    const large = areaCodes.filter((_, i) => (sizes[i] ?? 0) >= this.#denseFrom);
    for (const areaCode of large)
      await this.#redis.densify(listKeys.set(prefix, list.id, areaCode), listKeys.bits(prefix, list.id, areaCode));
    return large;
  }

  #noteAreaCodes(prefix: string, list: ListSettings, message: StreamEntriesResponse): void {
    const noted = this.#loading.get(list) ?? { prefix, areaCodes: new Set<string>() };
    for (const areaCode of sparseAreaCodes(list, message)) noted.areaCodes.add(areaCode);
    this.#loading.set(list, noted);
  }

  async #tenant(tenantId: string): Promise<Tenant> {
    let tenant = this.#tenants.get(tenantId);
    if (!tenant) {
      tenant = { marker: markerOf(this.#epoch, this.#lead, 1), lists: new Map() };
      await this.#redis.markTenant(tenantId, this.#epoch, tenant.marker);
      this.#tenants.set(tenantId, tenant);
    }
    return tenant;
  }

  async #change(
    tenantId: string,
    tenant: Tenant,
    commands: readonly Command[],
    { newSettings }: { newSettings: boolean },
  ): Promise<void> {
    const next = newSettings ? markerOf(this.#epoch, this.#lead, versionOf(tenant.marker) + 1) : tenant.marker;
    if (!(await this.#redis.change(tenantId, tenant.marker, commands, next)))
      throw new Error("the lead or the data is gone");
    tenant.marker = next;
  }
}

const setting = (prefix: string, list: ListSettings): Command => [
  "HSET",
  listKeys.settings(prefix),
  list.id,
  JSON.stringify(list),
];
