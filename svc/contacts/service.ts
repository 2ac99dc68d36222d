/** Wires `contacts`. */
import { ContactServiceDefinition } from "../../gen/herald/contacts/v1/contact_service.ts";
import { InteractionServiceDefinition } from "../../gen/herald/contacts/v1/interaction_service.ts";
import { TenantServiceDefinition } from "../../gen/herald/identity/v1/tenant_service.ts";
import { tenantRegions } from "../lib/client/tenant-defaults.ts";
import { type Parts, type RunningService, startService, type StartOptions } from "../lib/service/service.ts";
import { contactsConfig, type ContactsConfig } from "./config.ts";
import { contactService } from "./contacts/contact-service.ts";
import { contactsEvents } from "./events.ts";
import { interactionService } from "./interactions/interaction-service.ts";

export const startContacts = (given: StartOptions = {}): Promise<RunningService> =>
  startService("contacts", contactsConfig(given.env), build, given);

function build(parts: Parts<ContactsConfig>): void {
  const { config, metrics, now } = parts;
  const db = parts.database(new URL("./sql/", import.meta.url));
  const regionOf = tenantRegions(parts.client(TenantServiceDefinition), config.regionCacheMs);
  parts.outbox(db);

  parts.serve(ContactServiceDefinition, contactService({ db, regionOf, now }));
  parts.serve(InteractionServiceDefinition, interactionService({ db, regionOf, events: contactsEvents(metrics), now }));
}
