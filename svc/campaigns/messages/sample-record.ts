/** A made-up person whose values fill a message. Pure. */
import type { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import { Record as ContactRecord } from "../../../gen/herald/lists/v1/record.ts";
import type { ReadContent } from "./template-reader.ts";

/** Examples for the names that every record has. */
const EXAMPLES: Readonly<Record<string, string>> = {
  client_id: "C-1001",
  first_name: "Ann",
  last_name: "Example",
  company: "Example Ltd",
  postal_code: "10001",
  state: "NY",
  country: "US",
};

/** A record with the given values. Names that the content uses and that have no value get an example, so that nothing in the message is empty. */
export function sampleRecord(
  content: MessageContent | undefined,
  given: Readonly<Record<string, string>>,
  { askedIn }: Pick<ReadContent, "askedIn">,
): ContactRecord {
  const names = [content?.subject, content?.text, content?.html].flatMap((part) => [...askedIn(part ?? "").keys()]);
  const values: Record<string, string> = {
    ...Object.fromEntries(names.map((name) => [name, `[${name}]`])),
    ...EXAMPLES,
    ...given,
  };
  const own = Object.entries(values).filter(([name]) => !(name in EXAMPLES));
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
