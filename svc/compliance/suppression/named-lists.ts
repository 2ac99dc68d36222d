/**
 * The suppression lists that checks name. An attempt must not pass because a list id was misspelt, belongs to
 * another tenant, or has not arrived yet. Only a list that this tenant had and deleted is ignored.
 */
import { LRUCache } from "lru-cache";
import type { AttemptCheck } from "../../../gen/herald/compliance/v1/attempt_check.ts";
import type { SuppressionListServiceDefinition } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import type { Calls } from "../../lib/client/client.ts";
import { isServiceError } from "../../lib/errors/error-details.ts";
import { invalidField, status } from "../../lib/errors/errors.ts";
import { notReady } from "../errors.ts";
import type { RuleStore } from "../rules/rule-store.ts";
import type { SuppressionView } from "./suppression-view.ts";

export interface NamedListsDeps {
  suppression: SuppressionView;
  ruleStore: RuleStore;
  lists: Pick<Calls<SuppressionListServiceDefinition>, "getSuppressionList">;
}

/** What a check names, and the field that names it. */
interface NamedList {
  id: string;
  field: string;
}

const MOST_REMEMBERED = 10_000;
const ASK_TIMEOUT_MS = 2_000;

export class NamedLists {
  readonly #deps: NamedListsDeps;
  /** `<tenant> <list>` of lists that are known to be deleted: ids do not come back. */
  readonly #deleted = new LRUCache<string, true>({ max: MOST_REMEMBERED });

  constructor(deps: NamedListsDeps) {
    this.#deps = deps;
  }

  /** Throws INVALID_ARGUMENT for a list that the tenant never had, UNAVAILABLE for one whose entries are not here yet. */
  async check(tenantId: string, checks: readonly AttemptCheck[], pathOf: (i: number) => string): Promise<void> {
    const { suppression } = this.#deps;
    let missing = this.#missing(tenantId, await this.#heldIds(tenantId), namedIn(checks, pathOf));
    if (missing.length === 0) return;
    // The data of this process may be older than the list.
    suppression.forget(tenantId);
    missing = this.#missing(tenantId, await this.#heldIds(tenantId), missing);
    for (const { id, field } of missing) await this.#ask(tenantId, id, field);
  }

  async #heldIds(tenantId: string): Promise<ReadonlySet<string>> {
    return (await this.#deps.suppression.of(tenantId)).ids;
  }

  #missing(tenantId: string, held: ReadonlySet<string>, named: Iterable<NamedList>): NamedList[] {
    const missing = new Map<string, NamedList>();
    for (const one of named)
      if (!held.has(one.id) && !this.#deleted.has(`${tenantId} ${one.id}`)) missing.set(one.id, one);
    return [...missing.values()];
  }

  async #ask(tenantId: string, id: string, field: string): Promise<void> {
    if (await this.#exists(tenantId, id)) throw notReady("a suppression list that was named has not arrived yet");
    if (!(await this.#deps.ruleStore.knewSuppressionList(tenantId, id)))
      throw invalidField(field, "This tenant never had a suppression list with this id.");
    this.#deleted.set(`${tenantId} ${id}`, true);
  }

  async #exists(tenantId: string, suppressionListId: string): Promise<boolean> {
    try {
      await this.#deps.lists.getSuppressionList({ suppressionListId }, { tenantId, timeoutMs: ASK_TIMEOUT_MS });
      return true;
    } catch (error) {
      if (isServiceError(error) && error.code === status.NOT_FOUND) return false;
      throw notReady("lists does not say whether a suppression list exists", error);
    }
  }
}

/** Most checks of a batch name the same lists. The name of the field is only built for lists that are missing. */
function* namedIn(checks: readonly AttemptCheck[], pathOf: (i: number) => string): Generator<NamedList> {
  for (const [i, { suppressionListIds }] of checks.entries())
    for (const [j, id] of suppressionListIds.entries())
      yield {
        id,
        get field() {
          return `${pathOf(i)}suppression_list_ids[${j}]`;
        },
      };
}
