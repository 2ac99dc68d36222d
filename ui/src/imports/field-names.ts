import { sentence } from "../components/words.ts";

/** Fields that are offered for a column, in groups. */
export type FieldGroups = readonly { group: string; items: readonly string[] }[];

const numbers = Array.from({ length: 10 }, (_, index) => index + 1);

/** Fields of a contact. Every other name is a custom field. */
export const contactFields: FieldGroups = [
  { group: "Person", items: ["client_id", "first_name", "last_name", "company"] },
  { group: "Phones and emails", items: numbers.map((number) => `device${number}`) },
  { group: "Kinds of them", items: numbers.map((number) => `device${number}_type`) },
  { group: "Area codes before numbers", items: numbers.map((number) => `device${number}_area`) },
  { group: "Place", items: ["postal_code", "state", "country", "zone"] },
];

/** Fields of a suppression entry. */
export const entryFields: FieldGroups = [
  { group: "Whom", items: ["value", "area"] },
  { group: "When and why", items: ["from", "until", "reason"] },
  { group: "Rows that may be contacted", items: ["do_not_contact", "consent"] },
];

/** The name of a field on a page; a custom field keeps its name. */
export function fieldName(field: string): string {
  const device = /^device(\d+)(|_type|_area)$/.exec(field);
  if (device) return `${devicePart[device[2] ?? ""]} ${device[1]}`;
  return named[field] ?? (known.has(field) ? sentence(field) : field);
}

/** The field that somebody means by a typed text: the field with this name on the page, or a custom field. */
export function fieldOf(typed: string): string {
  const words = typed.trim();
  return fieldsByName.get(words.toLowerCase()) ?? words.replaceAll(/\s+/g, "_");
}

/** True for a valid name of a field. */
export const isFieldName = (field: string): boolean => /^\w{0,64}$/.test(field);

const devicePart: Readonly<Record<string, string>> = {
  "": "Phone or email",
  _type: "Kind of phone or email",
  _area: "Area code of phone",
};

const named: Readonly<Record<string, string>> = {
  client_id: "Client id",
  zone: "Time zone",
  value: "Number, address or client",
  area: "Area code",
  reason: "Why",
  do_not_contact: "Do not contact (yes or no)",
  consent: "May be contacted (yes or no)",
};

const known: ReadonlySet<string> = new Set([...contactFields, ...entryFields].flatMap(({ items }) => items));
const fieldsByName: ReadonlyMap<string, string> = new Map(
  [...known].map((field) => [fieldName(field).toLowerCase(), field]),
);
