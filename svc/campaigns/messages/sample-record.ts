/** A made-up person whose values fill a message. Pure. */
import type { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import { Record as ContactRecord } from "../../../gen/herald/lists/v1/record.ts";
import { EXAMPLE_VALUES } from "../../lib/templates/example-values.ts";
import type { ReadContent } from "./template-reader.ts";

/** A record with the given values. Names that the content uses and that have no value get an example, so that nothing in the message is empty. */
export function sampleRecord(
  content: MessageContent | undefined,
  given: Readonly<Record<string, string>>,
  { askedIn }: Pick<ReadContent, "askedIn">,
): ContactRecord {
  const names = [content?.subject, content?.text, content?.html].flatMap((part) => [...askedIn(part ?? "").keys()]);
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
