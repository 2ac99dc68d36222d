/** A made-up person whose values fill a message. Pure. */
import { Record as ContactRecord } from "../../../gen/herald/lists/v1/record.ts";
import { EXAMPLE_VALUES } from "../../lib/templates/example-values.ts";
import type { ReadContent } from "./read-content.ts";

/** A record with the given values. Names that the content uses and that have no value get an example, so that nothing in the message is empty. */
export function sampleRecord(
  given: Readonly<Record<string, string>>,
  { parts, askedIn, needed }: Pick<ReadContent, "parts" | "askedIn" | "needed">,
): ContactRecord {
  const names = [...needed, ...parts.flatMap(({ template }) => [...askedIn(template).keys()])];
  const values: Record<string, string> = {
    ...Object.fromEntries(names.map((name) => [name, `[${name}]`])),
    ...EXAMPLE_VALUES,
    ...given,
  };
  const own = Object.entries(values).filter(([name]) => !(name in EXAMPLE_VALUES));
  return ContactRecord.fromPartial({
    clientId: values["client_id"] ?? "",
    firstName: values["first_name"] ?? "",
    lastName: values["last_name"] ?? "",
    company: values["company"] ?? "",
    postalCode: values["postal_code"] ?? "",
    state: values["state"] ?? "",
    country: values["country"] ?? "",
    fields: Object.fromEntries(own),
  });
}
