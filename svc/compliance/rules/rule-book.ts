/** Every tenant's rules and running campaign groups, kept in memory and read again when they have changed. */
import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { Rule } from "../../../gen/herald/compliance/v1/rule.ts";
import type { HoldPolicy } from "./engine/hold.ts";
import { RuleSet } from "./engine/rule-set.ts";
import type { RuleStore } from "./rule-store.ts";
import type { ListSettings } from "../suppression/suppression-lists.ts";
import type { TenantLists } from "../suppression/suppression-view.ts";

/** The rules and running groups of one tenant, at one version. */
export interface TenantBook {
  version: number;
  ruleSet: RuleSet;
  runningGroupIds: ReadonlySet<string>;
  /** The ids of all rules, deleted ones included. */
  knownRuleIds: ReadonlySet<string>;
}

/** The content of a rule set as it is kept for explanations. */
export interface KeptRuleSet {
  rules: unknown[];
  lists: Pick<ListSettings, "id" | "name" | "byClient" | "channels" | "required" | "programId">[];
  /** Absent in rule sets that were stored before there were attempt policies. */
  policy?: HoldPolicy;
}

const MOST_TENANTS = 5_000;

export class RuleBook {
  readonly #store: RuleStore;
  readonly #builtIn: readonly Rule[];
  readonly #books = new LRUCache<string, Promise<TenantBook>>({ max: MOST_TENANTS });
  /** The last rules of each tenant. When only a campaign state changes, the rule set and its plans can be used again. */
  readonly #ruleSets = new LRUCache<string, { text: string; ruleSet: RuleSet }>({ max: MOST_TENANTS });
  readonly #keptSets = new WeakMap<RuleSet, WeakMap<TenantLists, Promise<string>>>();

  constructor(store: RuleStore, builtIn: readonly Rule[]) {
    this.#store = store;
    this.#builtIn = builtIn;
  }

  of(tenantId: string): Promise<TenantBook> {
    let book = this.#books.get(tenantId);
    if (!book) {
      book = this.#read(tenantId);
      this.#books.set(tenantId, book);
      book.catch(() => this.#books.delete(tenantId));
    }
    return book;
  }

  /** The rules as they are now, compared with the database. For answers that are not stored, since storing would notice an old version. */
  async current(tenantId: string): Promise<TenantBook> {
    const [book, version] = await Promise.all([this.of(tenantId), this.#store.readVersion(tenantId)]);
    if (book.version === version) return book;
    this.forget(tenantId);
    return this.of(tenantId);
  }

  /** Makes the next call read the tenant's rules again; without a tenant, those of all tenants. */
  forget(tenantId?: string): void {
    if (tenantId) this.#books.delete(tenantId);
    else this.#books.clear();
  }

  /** The id under which these rules and lists are stored for explanations. The first call stores them. */
  ruleSetId(tenantId: string, { ruleSet }: TenantBook, lists: TenantLists, now: Date): Promise<string> {
    let ofRules = this.#keptSets.get(ruleSet);
    if (!ofRules) this.#keptSets.set(ruleSet, (ofRules = new WeakMap()));
    let id = ofRules.get(lists);
    if (!id) {
      id = this.#keepSet(tenantId, ruleSet, lists, now);
      const failed = ofRules;
      id.catch(() => failed.delete(lists));
      ofRules.set(lists, id);
    }
    return id;
  }

  async #read(tenantId: string): Promise<TenantBook> {
    const { version, rules, deletedRuleIds, runningGroupIds, policy } = await this.#store.readTenant(tenantId);
    const ruleSet = this.#ruleSet(tenantId, rules, policy);
    return {
      version,
      ruleSet,
      runningGroupIds: new Set(runningGroupIds),
      knownRuleIds: new Set([...ruleSet.rules.map(({ id }) => id), ...deletedRuleIds]),
    };
  }

  #ruleSet(tenantId: string, rules: readonly Rule[], policy: HoldPolicy): RuleSet {
    const text = JSON.stringify([rules, policy]);
    const last = this.#ruleSets.get(tenantId);
    if (last?.text === text) return last.ruleSet;
    const ruleSet = new RuleSet([...this.#builtIn, ...rules], policy);
    this.#ruleSets.set(tenantId, { text, ruleSet });
    return ruleSet;
  }

  async #keepSet(tenantId: string, { rules, policy }: RuleSet, { lists }: TenantLists, now: Date): Promise<string> {
    const kept: KeptRuleSet = {
      rules: rules.map((rule) => Rule.toJSON(rule)),
      lists: lists.map(({ id, name, byClient, channels, required, programId }) => ({
        ...{ id, name, byClient, channels, required },
        ...(programId !== undefined && { programId }),
      })),
      ...(policy && { policy }),
    };
    const content = JSON.stringify(kept);
    const id = uuidOf(content);
    const listIds = lists.map((list) => list.id);
    await this.#store.keepRuleSet(tenantId, id, content, listIds, now);
    return id;
  }
}

/** A UUID made of a text's hash (version 8). */
function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
