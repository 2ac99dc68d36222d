/** The lists in which Herald keeps opt-outs. It makes a list with the first opt-out, and nothing can weaken it. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { SuppressionEntry } from "../../../gen/herald/lists/v1/suppression_entry.ts";
import { SuppressionKind, type SuppressionList } from "../../../gen/herald/lists/v1/suppression_list.ts";
import type { RecordOptOutsRequest } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import type { Database, TenantTransaction } from "../../lib/postgres/db.ts";
import type { Now } from "../../lib/async/time.ts";
import { logChange } from "../change-log/change-store.ts";
import { optOutList } from "../errors.ts";
import type { Events } from "../events.ts";
import { listsOfOptOuts, lockLists, putGrounds, removeGrounds } from "./ground-store.ts";
import { type OptOutsOfKind, readOptOuts } from "./opt-out-changes.ts";
import { findOptOutList, insertOptOutList, type OptOutKind } from "./opt-out-store.ts";
import { putEntries, removeEntries } from "./suppression-entry-store.ts";
import { countEntries } from "./suppression-list-store.ts";

/** Refuses to change a list of opt-outs in any way other than a correction. */
export function refuseOnOptOuts({ id, keepsOptOuts }: SuppressionList, what: string): void {
  if (keepsOptOuts) throw optOutList(id, what);
}

/** What changes in one list. */
interface ListChange {
  added: SuppressionEntry[];
  removed: string[];
}

export async function recordOptOuts(
  { db, events, now }: { db: Database; events: Events; now: Now },
  tenantId: string,
  req: RecordOptOutsRequest,
): Promise<{ suppressionList: SuppressionList | undefined; addedCount: number }> {
  const { kinds, withdrawnIds } = readOptOuts(req);
  return db.transaction(tenantId, async (tx) => {
    const listIds = await Promise.all(kinds.map((one) => listOf(tx, one, now())));
    await lockLists(tx, [...listIds, ...(await listsOfOptOuts(tx, withdrawnIds))]);
    const changes = new Map(listIds.map((id, i) => [id, changeOf(kinds[i])]));
    for (const { suppressionListId, value } of await removeGrounds(tx, withdrawnIds)) {
      const change = changes.get(suppressionListId) ?? changeOf(undefined);
      // What is suppressed again in the same call stays.
      if (!change.added.some((entry) => entry.value === value)) change.removed.push(value);
      changes.set(suppressionListId, change);
    }
    const grounds = kinds.flatMap(({ entries }, i) =>
      entries.map(({ value, optOutId }) => ({ suppressionListId: listIds[i] ?? "", value, optOutId })),
    );
    await putGrounds(tx, grounds, now());
    return apply(tx, changes, { events, now: now(), shown: req.contactInfos.length > 0 ? listIds[0] : undefined });
  });
}

const changeOf = (kind: OptOutsOfKind | undefined): ListChange => ({
  added: [...new Map(kind?.entries.map((entry) => [entry.value, toEntry(entry)])).values()],
  removed: [],
});

const toEntry = ({ value, reason }: { value: string; reason: string }): SuppressionEntry => ({
  value,
  fromTime: undefined,
  untilTime: undefined,
  reason,
  createTime: undefined,
});

/** Writes the entries of all lists, and then the log of changes, which other writers wait for. */
async function apply(
  tx: TenantTransaction,
  changes: ReadonlyMap<string, ListChange>,
  { events, now, shown }: { events: Events; now: Date; shown: string | undefined },
): Promise<{ suppressionList: SuppressionList | undefined; addedCount: number }> {
  let addedCount = 0;
  let suppressionList: SuppressionList | undefined;
  for (const [listId, change] of changes) {
    const added = change.added.length > 0 ? await putEntries(tx, listId, change.added, now) : 0;
    change.removed = change.removed.length > 0 ? await removeEntries(tx, listId, change.removed) : [];
    const list = await countEntries(tx, listId, added - change.removed.length, now);
    addedCount += added;
    if (listId === shown) suppressionList = list;
  }
  for (const [listId, change] of changes) {
    if (change.added.length + change.removed.length > 0) await logChange(tx, listId, change, now);
    events.entriesAdded(change.added.length);
  }
  return { suppressionList, addedCount };
}

const WORDS: Readonly<Record<number, string>> = {
  [Channel.CHANNEL_UNSPECIFIED]: "all channels",
  [Channel.CHANNEL_VOICE]: "calls",
  [Channel.CHANNEL_SMS]: "SMS",
  [Channel.CHANNEL_EMAIL]: "email",
};
const DESCRIPTIONS: Readonly<Record<number, string>> = {
  [Channel.CHANNEL_UNSPECIFIED]: "People who asked not to be contacted.",
  [Channel.CHANNEL_VOICE]: "People who asked not to be called.",
  [Channel.CHANNEL_SMS]: "Numbers whose owners answered STOP to a text message.",
  [Channel.CHANNEL_EMAIL]: "People who asked for no more email.",
};

async function listOf(tx: TenantTransaction, { of, programName }: OptOutsOfKind, now: Date): Promise<string> {
  return ((await findOptOutList(tx, of)) ?? (await makeList(tx, of, programName, now))).id;
}

/** The tenant may already have another list of the same name. */
async function makeList(
  tx: TenantTransaction,
  of: OptOutKind,
  programName: string,
  now: Date,
): Promise<SuppressionList> {
  const clients = of.kind === SuppressionKind.SUPPRESSION_KIND_CLIENT_ID ? ", clients" : "";
  const program = of.programId === "" ? "" : `, ${programName || of.programId}`;
  const usual = `Opt-outs (${WORDS[of.channel]}${clients}${program})`;
  const description = `${DESCRIPTIONS[of.channel]} Kept by Herald.`;
  for (let number = 1; ; number++) {
    const name = number === 1 ? usual : `${usual}, kept by Herald${number > 2 ? ` ${number}` : ""}`;
    const list = (await insertOptOutList(tx, of, { name, description }, now)) ?? (await findOptOutList(tx, of));
    if (list) return list;
  }
}
