import { Liquid } from "liquidjs";
import type { Record as ContactRecord } from "../api/contract.ts";

const engine = new Liquid({ strictFilters: true });
const htmlEngine = new Liquid({ strictFilters: true, outputEscape: "escape" });
for (const tag of ["include", "render", "layout", "block"]) {
  delete engine.tags[tag];
  delete htmlEngine.tags[tag];
}

/** A template filled from a record; a fault in the template is told instead. */
export type Filled = { text: string } | { fault: string };

/** Fills a template as the dialer will. */
export const fillText = (template: string, values: object): Filled => fill(engine, template, values);

/** Fills the HTML part; values are escaped. */
export const fillHtml = (template: string, values: object): Filled => fill(htmlEngine, template, values);

function fill(by: Liquid, template: string, values: object): Filled {
  try {
    return { text: by.parseAndRenderSync(template, values) as string };
  } catch (error) {
    return { fault: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) };
  }
}

/** What a template may use of a record, by name. */
export const placeholderValues = (record: ContactRecord): Readonly<Record<string, string>> => ({
  ...record.fields,
  client_id: record.clientId,
  first_name: record.firstName,
  last_name: record.lastName,
  company: record.company,
  postal_code: record.postalCode,
  state: record.state,
  country: record.country,
});
