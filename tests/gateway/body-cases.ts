/** JSON bodies with what the edge makes of them. */
import { newId } from "../lib/harness.ts";

export const id = newId();

export interface BodyCase {
  what: string;
  verb?: string;
  path: string;
  body: string | Uint8Array<ArrayBuffer>;
  type?: string;
  http?: number;
  /** Of each violation the field and what its description must hold; of a body that is refused as a whole, the message. */
  fields?: [field: string, says: RegExp][];
  says?: RegExp;
}

const rules = "/v1/compliance-rules";
const groups = "/v1/campaign-groups";
export const suppression = `/v1/suppression-lists`;

export const refused: BodyCase[] = [
  {
    what: "a misspelt yes or no",
    path: suppression,
    body: '{"suppressionList":{"name":"Regulator","isRequired":true,"channel":["CHANNEL_SMS"]}}',
    fields: [
      ["suppressionList.isRequired", /Did you mean required\?/],
      ["suppressionList.channel", /Did you mean channels\?/],
    ],
  },
  {
    what: "misspelt protections",
    path: groups,
    body: '{"campaignGroup":{"suppressionListsIds":["a"],"ruleIDs":["b"],"treatments":[{},{"intervallSeconds":1}]}}',
    fields: [
      ["campaignGroup.suppressionListsIds", /suppressionListIds/],
      ["campaignGroup.ruleIDs", /ruleIds/],
      ["campaignGroup.treatments[1].intervallSeconds", /intervalSeconds/],
    ],
  },
  {
    what: "a name that is near to none",
    path: "/v1/tokens:revoke",
    body: '{"colour":1}',
    fields: [["colour", /Known here: \w+/]],
  },
  {
    what: "any name where nothing can be given",
    path: `${groups}/${id}:start`,
    body: '{"now":true}',
    fields: [["now", /no such field/]],
  },
  {
    what: "a name given twice",
    path: rules,
    body: '{"rule":{"name":"a",\n"name":"b"}}',
    fields: [["rule.name", /twice.*line 2, column 1/]],
  },
  {
    what: "a name given in both notations",
    verb: "PATCH",
    path: `${suppression}/${id}`,
    body: '{"suppressionList":{"required":true},"suppression_list":{"required":false}}',
    fields: [["suppression_list", /twice/]],
  },
  {
    what: "two alternatives",
    path: rules,
    body: '{"rule":{"attemptCap":{"limit":1},"location":{}}}',
    fields: [["rule.location", /Only one of contactWindow, attemptCap, location/]],
  },
  {
    what: "another id than that of the path",
    verb: "PATCH",
    path: `/v1/contact-lists/${id}`,
    body: `{"contactList":{"id":"${newId()}","name":"x"}}`,
    fields: [["contactList.id", /The path says/]],
  },
  {
    what: "lists and objects where one value stands, and lists in lists",
    path: suppression,
    body: '{"suppressionList":{"name":["a"],"description":{},"channels":[["CHANNEL_SMS"],null]}}',
    fields: [
      ["suppressionList.name", /no list/],
      ["suppressionList.description", /no object/],
      ["suppressionList.channels[0]", /no list/],
      ["suppressionList.channels[1]", /null/],
    ],
  },
  { what: "a text that ends too early", path: rules, body: '{"rule"', says: /no JSON.*line 1, column 8/ },
  { what: "a comma too many", path: rules, body: '{"rule":{"name":"x",}}', says: /double quotes.*column 21/ },
  { what: "a line end within a text", path: rules, body: '{"rule":{"name":"x\ny"}}', says: /column 19/ },
  { what: "something after the end", path: rules, body: "{} {}", says: /the end.*column 4/ },
  { what: "blanks alone", path: `${groups}/${id}:start`, body: " \n", says: /not a JSON object/ },
  { what: "no object", path: rules, body: "[]", says: /not a JSON object/ },
  {
    what: "a text that is no UTF-8",
    path: rules,
    body: Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    says: /UTF-8/,
  },
  { what: "arrays without end", path: rules, body: '{"rule":' + "[".repeat(100_000), says: /64 deep/ },
  { what: "another kind of text", path: rules, body: "name,x", type: "text/csv", http: 415, says: /application\/json/ },
  {
    what: "another character set",
    path: rules,
    body: "{}",
    type: "application/json; charset=iso-8859-1",
    http: 415,
    says: /UTF-8/,
  },
  {
    what: "a body where none is taken",
    verb: "DELETE",
    path: `/v1/contact-lists/${id}`,
    body: '{"etag":"v1"}',
    says: /no body/,
  },
];

export const taken: Omit<BodyCase, "fields">[] = [
  { what: "no body", path: `${groups}/${id}:start`, body: "" },
  { what: "snake_case", path: groups, body: '{"campaign_group":{"suppression_list_ids":["a"],"name":"x"}}' },
  { what: "a name written with escapes", path: suppression, body: '{"suppressionList":{"na\\u006de":"x"}}' },
  {
    what: "the id of the path",
    verb: "PATCH",
    path: `/v1/contact-lists/${id}`,
    body: `{"contactList":{"id":"${id}","name":"x"}}`,
  },
  { what: "null for an alternative", path: rules, body: '{"rule":{"attemptCap":{"limit":1},"location":null}}' },
  { what: "what curl sends by itself", path: rules, body: "{}", type: "application/x-www-form-urlencoded" },
  {
    what: "a mask and times, each in its own form",
    verb: "PATCH",
    path: "/v1/tenant",
    body: '{"tenant":{"displayName":"x"},"updateMask":"displayName"}',
  },
];
