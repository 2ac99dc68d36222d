/** Every tenant's rules and running campaign groups, kept in memory and read again when they have changed. */
import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { Rule } from "../../../gen/herald/compliance/v1/rule.ts";
import type { HoldPolicy } from "./engine/hold.ts";
import { RuleSet } from "./engine/rule-set.ts";
import type { RuleStore } from "./rule-store.ts";
import type { ListSettings } from "../suppression/suppression-lists.ts";
import type { TenantLists } from "../suppression/suppression-view.ts";

/** What one tenant's checks rest on, at one version. */
export interface TenantBook {
  version: number;
  ruleSet: RuleSet;
  runningGroupIds: ReadonlySet<string>;
  /** Every rule that is or was there. */
  knownRuleIds: ReadonlySet<string>;
}

/** The content of a rule set as it is kept for explanations. */
export interface KeptRuleSet {
  rules: unknown[];
  lists: Pick<ListSettings, "id" | "name" | "byClient" | "channels" | "required">[];
  /** Absent in those that are older than holds. */
  policy?: HoldPolicy;
}

const MOST_TENANTS = 5_000;

export class RuleBook {
  readonly #store: RuleStore;
  readonly #builtIn: readonly Rule[];
  readonly #books = new LRUCache<string, Promise<TenantBook>>({ max: MOST_TENANTS });
  /** The last rules of each tenant: they outlive changes of campaign states, and what was worked out for them with them. */
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

  /** The book as it is at this moment, for answers that nothing compares with its version when they are kept. */
  async current(tenantId: string): Promise<TenantBook> {
    const [book, version] = await Promise.all([this.of(tenantId), this.#store.readVersion(tenantId)]);
    if (book.version === version) return book;
    this.forget(tenantId);
    return this.of(tenantId);
  }

  /** Has the tenant's book read again; without a tenant, everybody's. */
  forget(tenantId?: string): void {
    if (tenantId) this.#books.delete(tenantId);
    else this.#books.clear();
  }

  /** The id under which these rules and lists are kept for explanations; keeps them first, once. */
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
      lists: lists.map(({ id, name, byClient, channels, required }) => ({ id, name, byClient, channels, required })),
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
