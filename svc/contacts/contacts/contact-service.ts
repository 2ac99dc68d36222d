/** The RPCs of ContactService. */
import type {
  ContactServiceImplementation,
  IdentifyContactRequest,
} from "../../../gen/herald/contacts/v1/contact_service.ts";
import type { Ctx, Handlers } from "../../lib/rpc/context.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { readId } from "../../lib/request/ids.ts";
import { readPage } from "../../lib/request/page.ts";
import type { Now } from "../../lib/async/time.ts";
import { Checks } from "../../lib/request/validate.ts";
import { getContact, listContacts, searchContacts } from "./contact-store.ts";
import { listHistory } from "../interactions/interaction-store.ts";
import type { RegionLookup } from "../../lib/devices/written.ts";
import { readEmail, readPhone, searchedForms, searchKey } from "./comparable-forms.ts";
import { identify } from "./people.ts";
import type { PersonDetails } from "./resolve.ts";

interface Deps {
  db: Database;
  regionOf: (ctx: Ctx) => RegionLookup;
  now: Now;
}

const PAGES = { usual: 50, most: 500 };
const LONGEST_MARK = 320;
const LONGEST_NAME = 200;

export const contactService = ({ db, regionOf, now }: Deps): Handlers<ContactServiceImplementation> => ({
  async identifyContact(req, ctx) {
    const details = await readDetails(req, regionOf(ctx));
    const { contactIds, changes } = await identify(db, ctx.tenantId, [details], now());
    const [contactId = ""] = contactIds;
    return {
      contact: await getContact(db.tenant(ctx.tenantId), contactId),
      created: changes.made.length > 0,
    };
  },

  async getContact(req, ctx) {
    return { contact: await getContact(db.tenant(ctx.tenantId), readId(req.contactId, "contact_id")) };
  },

  async searchContacts(req, ctx) {
    const page = readPage(req, PAGES);
    const query = readQuery(req.query);
    const scope = db.tenant(ctx.tenantId);
    if (query === "") {
      const { items, nextPageToken } = await listContacts(scope, page);
      return { contacts: items, nextPageToken };
    }
    const values = await searchedForms(query, regionOf(ctx));
    const sought = { clientId: query, values, namePrefix: req.exact ? undefined : searchKey(query) };
    const { items, nextPageToken } = await searchContacts(scope, sought, page);
    return { contacts: items, nextPageToken };
  },

  async listContactHistory(req, ctx) {
    const contactId = readId(req.contactId, "contact_id");
    const page = readPage(req, PAGES);
    await getContact(db.tenant(ctx.tenantId), contactId);
    const { items, nextPageToken } = await listHistory(db.tenant(ctx.tenantId), contactId, page);
    return { interactions: items, nextPageToken };
  },
});

async function readDetails(req: IdentifyContactRequest, regionOf: RegionLookup): Promise<PersonDetails> {
  const check = new Checks();
  const clientId = check.text("client_id", req.clientId, { least: 0, most: LONGEST_MARK });
  const phones = req.phone.trim() === "" ? [] : await readPhone(check, "phone", req.phone, regionOf);
  const emails = req.email.trim() === "" ? [] : readEmail(check, "email", req.email);
  const firstName = check.text("first_name", req.firstName, { least: 0, most: LONGEST_NAME });
  const lastName = check.text("last_name", req.lastName, { least: 0, most: LONGEST_NAME });
  const isNamed = [req.clientId, req.phone, req.email].some((mark) => mark.trim() !== "");
  check.that(isNamed, "client_id", "Give at least one of client_id, phone and email.");
  check.done();
  return { clientId, values: [...phones, ...emails], firstName, lastName };
}

function readQuery(text: string): string {
  const check = new Checks();
  const query = check.text("query", text, { least: 0, most: LONGEST_MARK });
  check.done();
  return query;
}
