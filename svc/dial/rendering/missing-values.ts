/** What happens if a value that a template shows is missing in a record. Pure. */
import {
  type MessageTemplateContent,
  type MissingValue,
  MissingValueAction,
} from "../../../gen/herald/dial/v1/message_template.ts";
import { visible } from "../../lib/devices/text.ts";
import type { TemplateScope } from "./content.ts";

export interface FilledScope {
  scope: TemplateScope;
  missing: MissingValue[];
}

/** Fills the values that are missing, as the template says for their fields. `shown` are the names that its texts show without a default of their own. */
export type FillMissing = (scope: TemplateScope, shown: ReadonlySet<string>) => FilledScope;

const { MISSING_VALUE_ACTION_REFUSE: REFUSE, MISSING_VALUE_ACTION_UNSPECIFIED: UNSPECIFIED } = MissingValueAction;

export function missingValues({ fields, missingValues: usual }: MessageTemplateContent): FillMissing {
  const rules = new Map(fields.map(({ name, missing, defaultValue }) => [name, { action: missing, defaultValue }]));
  const rest = { action: usual === UNSPECIFIED ? REFUSE : usual, defaultValue: "" };
  return (scope, shown) => {
    const missing: MissingValue[] = [];
    for (const name of new Set([...rules.keys(), ...shown])) {
      if (!isBlank(Object.hasOwn(scope, name) ? scope[name] : undefined)) continue;
      missing.push({ name, ...(rules.get(name) ?? rest) });
    }
    if (missing.length === 0) return { scope, missing };
    const filled = missing.map(({ name, defaultValue }) => [name, defaultValue] as const);
    return { scope: { ...scope, ...Object.fromEntries(filled) }, missing };
  };
}

/** The names for which the record is refused. */
export const refusedNames = (missing: readonly MissingValue[]): string[] =>
  missing.filter(({ action }) => action === REFUSE).map(({ name }) => name);

const isBlank = (value: string | undefined) => value === undefined || visible(value).trim() === "";
