/** Ids are UUIDv7 strings, so that rows made one after another are next to each other in every index. */
import { uuidv7 } from "uuidv7";
import { invalidFields } from "../errors/errors.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A new identifier. */
export const newId = (): string => uuidv7();

/** Tells whether a text is a UUID in its usual lower-case form. */
export const isId = (text: string): boolean => UUID.test(text);

/** Gives back `value` if it is an id; otherwise refuses the call and names `field`. */
export function readId(value: string | undefined, field: string): string {
  const id = value?.toLowerCase() ?? "";
  if (isId(id)) return id;
  throw invalidFields([
    {
      field,
      description: value ? `${JSON.stringify(clip(value))} is not an id; ids are UUIDs.` : "An id is required.",
    },
  ]);
}

/** Like `readId` for a field that may be left empty. */
export const readOptionalId = (value: string | undefined, field: string): string | undefined =>
  value ? readId(value, field) : undefined;

const clip = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
