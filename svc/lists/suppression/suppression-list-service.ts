/** The RPCs of SuppressionListService. */
import { SuppressionKind } from "../../../gen/herald/lists/v1/suppression_list.ts";
import type { SuppressionListServiceImplementation } from "../../../gen/herald/lists/v1/suppression_list_service.ts";
import type { Ctx, Handlers } from "../../lib/rpc/context.ts";
import type { TenantQueryable } from "../../lib/postgres/db.ts";
import { invalidField } from "../../lib/errors/errors.ts";
import { readEtag } from "../../lib/request/etag.ts";
import { isUniqueViolation } from "../../lib/errors/faults.ts";
import { readId, readOptionalId } from "../../lib/request/ids.ts";
import { masked } from "../../lib/request/mask.ts";
import { readPage } from "../../lib/request/page.ts";
import { Checks } from "../../lib/request/validate.ts";
import { logChange } from "../change-log/change-store.ts";
import type { ChangeTail } from "../change-log/change-tail.ts";
import { suppressionListChanged, suppressionListNameTaken } from "../errors.ts";
import type { ListUsers } from "../contact-lists/list-users.ts";
import { type FilePreviewDeps, previewEntries } from "../imports/preview.ts";
import { forgetGrounds, NO_OPT_OUT, putGrounds } from "./ground-store.ts";
import { listCorrections, noteCorrection } from "./opt-out-store.ts";
import { recordOptOuts, refuseOnOptOuts } from "./opt-outs.ts";
import { readEntries, readListFields, readReason, readValues } from "./suppression-checks.ts";
import { listEntries, lookUpEntries, putEntries, removeEntries } from "./suppression-entry-store.ts";
import { entriesAsCsv } from "./suppression-export.ts";
import { type EntryImportDeps, importEntries, readEntryReading } from "./suppression-import.ts";
import {
  countEntries,
  deleteSuppressionList,
  getSuppressionList,
  insertSuppressionList,
  listSuppressionLists,
  updateSuppressionList,
} from "./suppression-list-store.ts";
import { streamEntries } from "../change-log/suppression-stream.ts";
import { keptForms, keptPrefix } from "../reader/suppression/suppression-value.ts";

interface Deps extends EntryImportDeps, FilePreviewDeps {
  users: ListUsers;
  tail: ChangeTail;
  /** Called when rows are left to be removed in the background. */
  removalsWaiting: () => void;
}

export const suppressionListService = (deps: Deps): Handlers<SuppressionListServiceImplementation> => {
  const { db, tail, defaultsOf, users, events, now, removalsWaiting } = deps;
  return {
    async createSuppressionList(req, ctx) {
      const given = req.suppressionList;
      const { name = "", description = "", channels = [], required = false } = given ?? {};
      const fields = readListFields({ name, description, channels, required });
      const kind = given?.kind || SuppressionKind.SUPPRESSION_KIND_DEVICE;
      if (kind < 0) throw invalidField("suppression_list.kind", "Must be DEVICE or CLIENT_ID.");
      const requestId = readOptionalId(req.requestId, "request_id");
      const suppressionList = await db.transaction(ctx.tenantId, async (tx) => {
        const made = await insertSuppressionList(tx, { ...fields, kind, requestId }, now());
        if (!made) throw suppressionListNameTaken(fields.name);
        if (made.isNew) await logChange(tx, made.list.id, {}, now());
        return made.list;
      });
      return { suppressionList };
    },

    async getSuppressionList(req, ctx) {
      const suppressionListId = readId(req.suppressionListId, "suppression_list_id");
      return { suppressionList: await getSuppressionList(db.tenant(ctx.tenantId), suppressionListId) };
    },

    async listSuppressionLists(req, ctx) {
      const page = readPage(req, { usual: 50, most: 500 });
      const { items, nextPageToken } = await listSuppressionLists(db.tenant(ctx.tenantId), page);
      return { suppressionLists: items, nextPageToken };
    },

    async updateSuppressionList(req, ctx) {
      const { etag, set } = masked(req.suppressionList, req.updateMask, [
        "name",
        "description",
        "channels",
        "required",
      ]);
      const suppressionListId = readId(req.suppressionList?.id, "suppression_list.id");
      const fields = readListFields(set);
      const version = readEtag(etag, "suppression_list.etag");
      const change = db.transaction(ctx.tenantId, async (tx) => {
        refuseOnOptOuts(await getSuppressionList(tx, suppressionListId), "its settings cannot change.");
        const list = await updateSuppressionList(tx, suppressionListId, version, fields, now());
        if (!list) throw suppressionListChanged(suppressionListId);
        await logChange(tx, suppressionListId, {}, now());
        return list;
      });
      const suppressionList = await change.catch((error: unknown) => {
        throw isUniqueViolation(error, "suppression_lists_name") ? suppressionListNameTaken(fields.name ?? "") : error;
      });
      return { suppressionList };
    },

    async deleteSuppressionList(req, ctx) {
      const suppressionListId = readId(req.suppressionListId, "suppression_list_id");
      const list = await getSuppressionList(db.tenant(ctx.tenantId), suppressionListId);
      refuseOnOptOuts(list, "it cannot be deleted.");
      await users.requireUnused(ctx.tenantId, "suppression", suppressionListId);
      await db.transaction(ctx.tenantId, async (tx) => {
        await deleteSuppressionList(tx, suppressionListId);
        await logChange(tx, suppressionListId, { removedListId: suppressionListId }, now());
      });
      removalsWaiting();
      return {};
    },

    async addEntries(req, ctx) {
      const suppressionListId = readId(req.suppressionListId, "suppression_list_id");
      const list = await getSuppressionList(db.tenant(ctx.tenantId), suppressionListId);
      const { region } = await defaultsOf(ctx);
      const entries = readEntries(req.entries, list.kind, region);
      if (entries.some(({ fromTime, untilTime }) => fromTime ?? untilTime))
        refuseOnOptOuts(list, "its entries hold for ever; leave from_time and until_time out.");
      return db.transaction(ctx.tenantId, async (tx) => {
        const addedCount = await putEntries(tx, suppressionListId, entries, now());
        if (list.keepsOptOuts)
          await putGrounds(
            tx,
            entries.map(({ value }) => ({ suppressionListId, value, optOutId: NO_OPT_OUT })),
            now(),
          );
        const suppressionList = await countEntries(tx, suppressionListId, addedCount, now());
        await logChange(tx, suppressionListId, { added: entries }, now());
        events.entriesAdded(entries.length);
        return { suppressionList, addedCount };
      });
    },

    async removeEntries(req, ctx) {
      const suppressionListId = readId(req.suppressionListId, "suppression_list_id");
      const list = await getSuppressionList(db.tenant(ctx.tenantId), suppressionListId);
      const reason = readReason(req.reason);
      if (req.values.length !== 1 || reason === "")
        refuseOnOptOuts(list, "it is corrected one entry at a time, with a reason.");
      const { region } = await defaultsOf(ctx);
      const values = readValues(req.values, list.kind, region);
      return db.transaction(ctx.tenantId, async (tx) => {
        const removed = await removeEntries(tx, suppressionListId, values);
        if (list.keepsOptOuts) {
          await forgetGrounds(tx, suppressionListId, removed);
          await noteCorrections(tx, ctx, suppressionListId, removed, reason, now());
        }
        const suppressionList = await countEntries(tx, suppressionListId, -removed.length, now());
        if (removed.length > 0) await logChange(tx, suppressionListId, { removed }, now());
        return { suppressionList, removedCount: removed.length };
      });
    },

    async listEntries(req, ctx) {
      const suppressionListId = readId(req.suppressionListId, "suppression_list_id");
      const page = readPage(req, { usual: 50, most: 500 });
      const scope = db.tenant(ctx.tenantId);
      const { kind } = await getSuppressionList(scope, suppressionListId);
      const { region } = req.valuePrefix === "" ? { region: "" } : await defaultsOf(ctx);
      const prefix = keptPrefix(kind, req.valuePrefix, region);
      const { items, nextPageToken } = await listEntries(scope, suppressionListId, prefix, page);
      return { entries: items, nextPageToken };
    },

    async listOptOutCorrections(req, ctx) {
      const suppressionListId = readId(req.suppressionListId, "suppression_list_id");
      const page = readPage(req, { usual: 50, most: 500 });
      const scope = db.tenant(ctx.tenantId);
      await getSuppressionList(scope, suppressionListId);
      const { items, nextPageToken } = await listCorrections(scope, suppressionListId, page);
      return { corrections: items, nextPageToken };
    },

    async lookUpEntries(req, ctx) {
      const check = new Checks();
      const clientId = check.text("value", req.value, { most: 254 });
      check.done();
      const { region } = await defaultsOf(ctx);
      const asked = { devices: keptForms(SuppressionKind.SUPPRESSION_KIND_DEVICE, clientId, region), clientId };
      return { hits: await lookUpEntries(db.tenant(ctx.tenantId), asked, now()) };
    },

    importEntries: (requests, ctx) => importEntries(deps, requests, ctx),

    async previewEntries(req, ctx) {
      const suppressionListId = readId(req.suppressionListId, "suppression_list_id");
      const { kind: names } = await getSuppressionList(db.tenant(ctx.tenantId), suppressionListId);
      const { format, mapping, region } = await readEntryReading(defaultsOf, ctx.tenantId, req);
      const task = { kind: "suppression", format, mapping, names, region } as const;
      return previewEntries(deps, req.file?.data ?? new Uint8Array(0), task, ctx);
    },

    recordOptOuts: (req, ctx) => recordOptOuts(deps, ctx.tenantId, req),

    async *exportEntries(req, ctx) {
      const suppressionListId = readId(req.suppressionListId, "suppression_list_id");
      const scope = db.tenant(ctx.tenantId);
      const list = await getSuppressionList(scope, suppressionListId);
      ctx.sendHeaders({ "content-disposition": `attachment; filename="suppression-${list.id}.csv"` });
      yield* entriesAsCsv(scope, ctx.tenantId, list);
    },

    async *streamEntries(req, ctx) {
      if (!ctx.everyTenant)
        throw invalidField("authorization", "The stream is for services that act for every tenant.");
      yield* streamEntries({ db, tail, now }, req.afterSequence, ctx.signal);
    },
  };
};

async function noteCorrections(
  tx: TenantQueryable,
  { caller }: Ctx,
  suppressionListId: string,
  values: readonly string[],
  reason: string,
  now: Date,
): Promise<void> {
  const correctedBy = `${caller.kind} ${caller.id}`;
  for (const value of values) await noteCorrection(tx, { suppressionListId, value, reason, correctedBy }, now);
}
