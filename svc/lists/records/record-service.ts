/** The RPCs of RecordService. */
import type { RecordServiceImplementation } from "../../../gen/herald/lists/v1/record_service.ts";
import type { Handlers } from "../../lib/rpc/context.ts";
import { isId, readId } from "../../lib/request/ids.ts";
import { readPage } from "../../lib/request/page.ts";
import { Checks } from "../../lib/request/validate.ts";
import { getContactList } from "../contact-lists/contact-list-store.ts";
import { importEnded } from "../errors.ts";
import { readingDefaults, readReading } from "../imports/import-request.ts";
import { type ImportDeps, runImport } from "../imports/import-run.ts";
import { getImport, listImports, requestCancel } from "../imports/import-store.ts";
import { type FilePreviewDeps, previewImport } from "../imports/preview.ts";
import { recordsAsCsv, rejectedRowsAsCsv } from "./record-export.ts";
import { findHolders, findKin, getRecord, getRecords, searchRecords } from "./record-store.ts";
import { readDevice } from "../reader/suppression/suppression-value.ts";

const MOST_KEYS = 1_000;
const MOST_LISTS = 50;
const MOST_KIN = 100;
const MOST_HOLDERS = 100;

type Deps = ImportDeps & FilePreviewDeps;

export const recordService = (deps: Deps): Handlers<RecordServiceImplementation> => {
  const { db } = deps;
  return {
    async importRecords(requests, ctx) {
      return { import: await runImport(deps, requests, ctx) };
    },

    async previewImport(req, ctx) {
      const { format, mapping, region } = readReading(req);
      const defaults = await readingDefaults(deps.defaultsOf, ctx.tenantId, region);
      const task = { kind: "records", format, mapping, defaults } as const;
      return previewImport(deps, req.file?.data ?? new Uint8Array(0), task, ctx);
    },

    async getImport(req, ctx) {
      const importId = readId(req.importId, "import_id");
      return { import: await getImport(db.tenant(ctx.tenantId), importId) };
    },

    async listImports(req, ctx) {
      const contactListId = readId(req.contactListId, "contact_list_id");
      const page = readPage(req, { usual: 50, most: 500 });
      const scope = db.tenant(ctx.tenantId);
      await getContactList(scope, contactListId);
      const { items, nextPageToken } = await listImports(scope, contactListId, page);
      return { imports: items, nextPageToken };
    },

    async cancelImport(req, ctx) {
      const importId = readId(req.importId, "import_id");
      const scope = db.tenant(ctx.tenantId);
      await getImport(scope, importId);
      if (!(await requestCancel(scope, importId))) throw importEnded(importId);
      return { import: await getImport(scope, importId) };
    },

    async *downloadRejectedRows(req, ctx) {
      const importId = readId(req.importId, "import_id");
      const scope = db.tenant(ctx.tenantId);
      await getImport(scope, importId);
      ctx.sendHeaders({ "content-disposition": `attachment; filename="rejected-rows-${importId}.csv"` });
      yield* rejectedRowsAsCsv(scope, ctx.tenantId, importId);
    },

    async *exportRecords(req, ctx) {
      const contactListId = readId(req.contactListId, "contact_list_id");
      const scope = db.tenant(ctx.tenantId);
      await getContactList(scope, contactListId);
      ctx.sendHeaders({ "content-disposition": `attachment; filename="contact-list-${contactListId}.csv"` });
      yield* recordsAsCsv(scope, ctx.tenantId, contactListId);
    },

    async searchRecords(req, ctx) {
      const contactListId = readId(req.contactListId, "contact_list_id");
      const page = readPage(req, { usual: 50, most: 500 });
      const scope = db.tenant(ctx.tenantId);
      const list = await getContactList(scope, contactListId);
      const filter = {
        clientId: req.clientId.trim(),
        contactInfo: req.contactInfo.trim(),
        namePrefix: req.name.trim().replaceAll(/\s+/g, " ").toLowerCase(),
      };
      if (filter.contactInfo !== "") {
        const { region } = await readingDefaults(deps.defaultsOf, ctx.tenantId, "", list);
        // A text that is neither a number nor an address is searched as it is, and nobody has it.
        filter.contactInfo = readDevice(filter.contactInfo, region).value ?? filter.contactInfo;
      }
      const { items, nextPageToken } = await searchRecords(scope, contactListId, filter, page);
      return { records: items, nextPageToken };
    },

    async getRecord(req, ctx) {
      const contactListId = readId(req.contactListId, "contact_list_id");
      const recordId = readId(req.recordId, "record_id");
      return { record: await getRecord(db.tenant(ctx.tenantId), contactListId, recordId) };
    },

    async batchGetRecords(req, ctx) {
      const check = new Checks();
      check.count("keys", req.keys, { most: MOST_KEYS });
      req.keys.forEach((key, i) =>
        check.that(
          isId(key.contactListId) && isId(key.recordId),
          `keys[${i}]`,
          "Needs the ids of a list and a record.",
        ),
      );
      check.done();
      return { records: await getRecords(db.tenant(ctx.tenantId), req.keys) };
    },

    async findHolders({ contactListIds, contactInfo }, ctx) {
      const check = new Checks();
      check.count("contact_list_ids", contactListIds, { most: MOST_LISTS });
      contactListIds.forEach((id, i) => check.id(`contact_list_ids[${i}]`, id));
      check.text("contact_info", contactInfo, { most: 320 });
      check.done();
      const records = await findHolders(db.tenant(ctx.tenantId), contactListIds, contactInfo, MOST_HOLDERS + 1);
      return { records: records.slice(0, MOST_HOLDERS), hasMore: records.length > MOST_HOLDERS };
    },

    async findKin({ contactInfos, clientIds }, ctx) {
      const check = new Checks();
      check.count("contact_infos", contactInfos, { most: MOST_KIN });
      contactInfos.forEach((info, i) => check.text(`contact_infos[${i}]`, info, { most: 320 }));
      check.count("client_ids", clientIds, { most: MOST_KIN });
      check.done();
      return findKin(db.tenant(ctx.tenantId), { contactInfos, clientIds });
    },
  };
};
