/** Brings numbers that opted out into the tenant's suppression list for it, which is made when the first one does. */
import { Channel } from "../../gen/herald/common/v1/outcome.ts";
import { SuppressionKind } from "../../gen/herald/lists/v1/suppression_list.ts";
import type { SuppressionListServiceDefinition } from "../../gen/herald/lists/v1/suppression_list_service.ts";
import { LRUCache } from "lru-cache";
import type { Calls, CallScope } from "../lib/client.ts";
import { isServiceError } from "../lib/error-details.ts";
import { status } from "../lib/errors.ts";
import { newId } from "../lib/ids.ts";

export interface OptOuts {
  /** Resolves once the numbers are suppressed. */
  add(numbers: readonly string[], scope: CallScope & { tenantId: string }): Promise<void>;
}

export const OPT_OUT_LIST = "Opt-outs (SMS)";
const REASON = "Opted out by SMS";
const REMEMBERED_TENANTS = 10_000;
const PAGE = 500;

export function createOptOuts(lists: Calls<typeof SuppressionListServiceDefinition>): OptOuts {
  const known = new LRUCache<string, string>({ max: REMEMBERED_TENANTS });

  async function listId(scope: CallScope & { tenantId: string }): Promise<string> {
    const id = known.get(scope.tenantId) ?? (await findList(scope)) ?? (await createList(scope));
    known.set(scope.tenantId, id);
    return id;
  }

  async function findList(scope: CallScope): Promise<string | undefined> {
    for (let pageToken = ""; ;) {
      const page = await lists.listSuppressionLists({ pageSize: PAGE, pageToken }, scope);
      const found = page.suppressionLists.find(({ name }) => name === OPT_OUT_LIST);
      if (found || page.nextPageToken === "") return found?.id;
      pageToken = page.nextPageToken;
    }
  }

  async function createList(scope: CallScope): Promise<string> {
    const suppressionList = {
      name: OPT_OUT_LIST,
      description: "Numbers whose owners answered STOP to a text message. Kept by Herald.",
      kind: SuppressionKind.SUPPRESSION_KIND_DEVICE,
      channels: [Channel.CHANNEL_SMS],
      required: true,
    };
    try {
      const made = await lists.createSuppressionList({ suppressionList, requestId: newId() }, scope);
      return made.suppressionList?.id ?? "";
    } catch (error) {
      if (!isCode(error, status.ALREADY_EXISTS)) throw error;
      return (await findList(scope)) ?? ""; // another dialer was first
    }
  }

  return {
    async add(numbers, scope) {
      const entries = numbers.map((value) => ({ value, reason: REASON }));
      try {
        await lists.addEntries({ suppressionListId: await listId(scope), entries }, scope);
      } catch (error) {
        // Somebody deleted the list: the next try makes it anew.
        known.delete(scope.tenantId);
        throw error;
      }
    },
  };
}

const isCode = (error: unknown, code: status) => isServiceError(error) && error.code === code;
