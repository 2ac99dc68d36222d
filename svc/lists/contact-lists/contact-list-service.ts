/** The RPCs of ContactListService. */
import type { ContactListServiceImplementation } from "../../../gen/herald/lists/v1/contact_list_service.ts";
import type { Handlers } from "../../lib/rpc/context.ts";
import type { Database, TenantTransaction } from "../../lib/postgres/db.ts";
import { readEtag } from "../../lib/request/etag.ts";
import { isUniqueViolation } from "../../lib/errors/faults.ts";
import { readId, readOptionalId } from "../../lib/request/ids.ts";
import { masked } from "../../lib/request/mask.ts";
import { readPage } from "../../lib/request/page.ts";
import type { Now } from "../../lib/async/time.ts";
import { Checks } from "../../lib/request/validate.ts";
import {
  type ContactListFields,
  deleteContactList,
  getContactList,
  insertContactList,
  listContactLists,
  lockContactList,
  updateContactList,
} from "./contact-list-store.ts";
import { importInProgress, listChanged, listNameTaken, listNotFound } from "../errors.ts";
import { runningImport } from "../imports/import-store.ts";
import type { ListUsers } from "./list-users.ts";
import { checkRegion } from "./region-check.ts";

interface Deps {
  db: Database;
  users: ListUsers;
  now: Now;
  /** Called when rows are left to be removed in the background. */
  removalsWaiting: () => void;
}

export const contactListService = ({
  db,
  users,
  now,
  removalsWaiting,
}: Deps): Handlers<ContactListServiceImplementation> => ({
  async createContactList(req, ctx) {
    const { name = "", description = "", defaultRegion = "" } = req.contactList ?? {};
    const fields = readFields({ name, description, defaultRegion }) as ContactListFields;
    const requestId = readOptionalId(req.requestId, "request_id");
    const scope = db.tenant(ctx.tenantId);
    const contactListId = await insertContactList(scope, fields, requestId, now());
    if (!contactListId) throw listNameTaken(fields.name);
    return { contactList: await getContactList(scope, contactListId) };
  },

  async getContactList(req, ctx) {
    const contactListId = readId(req.contactListId, "contact_list_id");
    return { contactList: await getContactList(db.tenant(ctx.tenantId), contactListId) };
  },

  async listContactLists(req, ctx) {
    const page = readPage(req, { usual: 50, most: 500 });
    const { items, nextPageToken } = await listContactLists(db.tenant(ctx.tenantId), req.query.trim(), page);
    return { contactLists: items, nextPageToken };
  },

  async updateContactList(req, ctx) {
    const { etag, set } = masked(req.contactList, req.updateMask, ["name", "description", "defaultRegion"]);
    const contactListId = readId(req.contactList?.id, "contact_list.id");
    const fields = readFields(set);
    const version = readEtag(etag, "contact_list.etag");
    const scope = db.tenant(ctx.tenantId);
    await getContactList(scope, contactListId);
    const changed = await updateContactList(scope, contactListId, version, fields, now()).catch((error: unknown) => {
      throw isUniqueViolation(error, "contact_lists_name") ? listNameTaken(fields.name ?? "") : error;
    });
    const contactList = await getContactList(scope, contactListId);
    if (!changed) throw listChanged(contactListId);
    return { contactList };
  },

  async deleteContactList(req, ctx) {
    const contactListId = readId(req.contactListId, "contact_list_id");
    await getContactList(db.tenant(ctx.tenantId), contactListId);
    await users.requireUnused(ctx.tenantId, "contact", contactListId);
    await db.transaction(ctx.tenantId, (tx) => removeContactList(tx, contactListId));
    removalsWaiting();
    return {};
  },
});

async function removeContactList(tx: TenantTransaction, contactListId: string): Promise<void> {
  if (!(await lockContactList(tx, contactListId))) throw listNotFound(contactListId);
  const importId = await runningImport(tx, contactListId);
  if (importId) throw importInProgress(importId);
  await deleteContactList(tx, contactListId);
}

/** Checks those fields that are given. */
function readFields(set: Partial<ContactListFields>): Partial<ContactListFields> {
  const check = new Checks();
  const fields = { ...set };
  const nothing = "Nothing to change: give at least one of name, description, default_region.";
  check.that(Object.keys(set).length > 0, "contact_list", nothing);
  if (set.name !== undefined) fields.name = check.name("contact_list.name", set.name, { most: 120 });
  if (set.description !== undefined) {
    fields.description = check.text("contact_list.description", set.description, { least: 0, most: 500, lines: true });
  }
  if (set.defaultRegion !== undefined) {
    fields.defaultRegion = checkRegion(check, "contact_list.default_region", set.defaultRegion);
  }
  check.done();
  return fields;
}
