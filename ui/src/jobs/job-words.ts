import type { Job } from "../api/contract.ts";
import { sentence } from "../components/words.ts";

/** What a kind of job is called. */
export const kindLabel = (kind: string): string => kinds[kind]?.label ?? sentence(kind);

/** The kinds that a filter offers. */
export const knownKinds = (): string[] => Object.keys(kinds);

/** The page of what a job works on, and what to call it; undefined where there is none. */
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
