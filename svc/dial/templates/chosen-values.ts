/** The values that fill a preview or a test of a message template: those of a record, given ones, and examples. */
import type { RecordServiceDefinition } from "../../../gen/herald/lists/v1/record_service.ts";
import { Record as ContactRecord } from "../../../gen/herald/lists/v1/record.ts";
import { mayCall } from "../../lib/auth/auth.ts";
import type { Calls } from "../../lib/client/client.ts";
import { permissionMissing } from "../../lib/errors/errors.ts";
import { readOptionalId } from "../../lib/request/ids.ts";
import { Checks } from "../../lib/request/validate.ts";
import type { Ctx } from "../../lib/rpc/context.ts";
import { EXAMPLE_VALUES } from "../../lib/templates/example-values.ts";
import { recordNotFound } from "../errors.ts";
import { scopeOf, type TemplateScope } from "../rendering/content.ts";

/** The fields of a request that choose the values. */
export interface ValueChoice {
  contactListId: string;
  recordId: string;
  values: Readonly<Record<string, string>>;
}

const MOST_VALUES = 100;
const LONGEST_VALUE = 1_000;

/** The record that is named, for which the caller needs `lists.read`, and the given values before its own. */
export interface ChosenValues {
  record: ContactRecord;
  scope: TemplateScope;
}

export async function chosenValues(
  records: Calls<RecordServiceDefinition>,
  choice: ValueChoice,
  ctx: Ctx,
): Promise<ChosenValues> {
  const given = readValues(choice.values);
  const record = (await namedRecord(records, choice, ctx)) ?? ContactRecord.fromPartial({});
  return { record, scope: { ...scopeOf(record), ...given } };
}

/** The same with examples for names that have no value. */
export const withExamples = (scope: TemplateScope, names: ReadonlySet<string>): TemplateScope => ({
  ...Object.fromEntries([...names].map((name) => [name, `[${name}]`])),
  ...EXAMPLE_VALUES,
  ...Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== "")),
});

function readValues(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const check = new Checks();
  const entries = Object.entries(values);
  check.count("values", entries, { most: MOST_VALUES });
  for (const [name, value] of entries)
    check.text(`values[${JSON.stringify(name.slice(0, 50))}]`, value, { least: 0, most: LONGEST_VALUE, lines: true });
  check.done();
  return values;
}

async function namedRecord(
  records: Calls<RecordServiceDefinition>,
  choice: ValueChoice,
  ctx: Ctx,
): Promise<ContactRecord | undefined> {
  const contactListId = readOptionalId(choice.contactListId, "contact_list_id");
  const recordId = readOptionalId(choice.recordId, "record_id");
  const check = new Checks();
  check.that(!recordId || contactListId !== undefined, "contact_list_id", "Required together with record_id.");
  check.done();
  if (!recordId || !contactListId) return undefined;
  if (!mayCall(ctx.caller, "lists.read")) throw permissionMissing("lists.read");
  const answer = await records.batchGetRecords({ keys: [{ contactListId, recordId }] }, ctx);
  const [record] = answer.records;
  if (!record) throw recordNotFound(contactListId, recordId);
  return record;
}
