import type { Job } from "../api/contract.ts";
import { sentence } from "../components/words.ts";

/** The name of a kind of job. */
export const kindLabel = (kind: string): string => kinds[kind]?.label ?? sentence(kind);

/** The kinds in the filter. */
export const knownKinds = (): string[] => Object.keys(kinds);

/** The page of the object that a job works on, and its name; undefined if there is none. */
export function placeOf({ kind, objectId }: Job): { label: string; to: string } | undefined {
  const known = kinds[kind];
  return known && { label: known.place, to: `${known.area}/${objectId}` };
}

const kinds: Readonly<Record<string, { label: string; place: string; area: string }>> = {
  "lists.import": { label: "Import of contacts", place: "The contact list", area: "/lists" },
  "lists.suppression_import": {
    label: "Import of suppression entries",
    place: "The suppression list",
    area: "/suppression",
  },
};
