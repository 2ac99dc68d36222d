/** Chains that are kept in memory, by their group, until they are planned. */
import type { GroupKey } from "../../groups/group-key.ts";
import type { ChainKey } from "../../queue/chain-store.ts";

/** Of further ones, each is refused once if its time is at night. */
const MOST = 50_000;

export class RememberedChains<T extends ChainKey> {
  #groups = new Map<string, { key: GroupKey; chains: T[] }>();
  #count = 0;

  add(tenantId: string, chains: readonly T[]): void {
    for (const chain of chains.slice(0, MOST - this.#count)) {
      const group = this.#groups.get(chain.groupId) ?? { key: { tenantId, groupId: chain.groupId }, chains: [] };
      this.#groups.set(chain.groupId, group);
      group.chains.push(chain);
      this.#count += 1;
    }
  }

  /** Gives all of them, and forgets them. */
  take(): { key: GroupKey; chains: T[] }[] {
    const groups = [...this.#groups.values()];
    this.#groups = new Map();
    this.#count = 0;
    return groups;
  }
}
