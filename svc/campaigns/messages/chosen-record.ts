/** The record whose values fill a test message or a preview: one that the caller names, or a sample. */
import type { Record as ContactRecord } from "../../../gen/herald/lists/v1/record.ts";
import type { RecordServiceDefinition } from "../../../gen/herald/lists/v1/record_service.ts";
import { mayCall } from "../../lib/auth/auth.ts";
import type { Calls } from "../../lib/client/client.ts";
import { permissionMissing } from "../../lib/errors/errors.ts";
import { readOptionalId } from "../../lib/request/ids.ts";
import { Checks } from "../../lib/request/validate.ts";
import type { Ctx } from "../../lib/rpc/context.ts";
import { referenceNotFound } from "../errors.ts";
import { sampleRecord } from "./sample-record.ts";
import type { ReadContent } from "./read-content.ts";

export interface ChosenRecordDeps {
  records: Calls<RecordServiceDefinition>;
}

/** The fields of a request that name the record. */
export interface RecordChoice {
  contactListId: string;
  recordId: string;
  sampleValues: Readonly<Record<string, string>>;
}

const MOST_SAMPLES = 100;
const LONGEST_SAMPLE = 1_000;

/** Gives the named record, for which the caller needs `lists.read`, or else a record made of samples. */
export async function chosenRecord(
  { records }: ChosenRecordDeps,
  { contactListId, recordId, sampleValues }: RecordChoice,
  read: ReadContent,
  ctx: Ctx,
): Promise<ContactRecord> {
  const key = {
    contactListId: readOptionalId(contactListId, "contact_list_id"),
    recordId: readOptionalId(recordId, "record_id"),
  };
  const check = new Checks();
  check.that(!key.recordId || key.contactListId !== undefined, "contact_list_id", "Required together with record_id.");
  const samples = Object.entries(sampleValues);
  check.count("sample_values", samples, { most: MOST_SAMPLES });
  for (const [name, value] of samples)
    check.text(`sample_values[${JSON.stringify(name.slice(0, 50))}]`, value, {
      least: 0,
      most: LONGEST_SAMPLE,
      lines: true,
    });
  check.done();
  if (!key.recordId || !key.contactListId) return sampleRecord(sampleValues, read);
  if (!mayCall(ctx.caller, "lists.read")) throw permissionMissing("lists.read");
  const answer = await records.batchGetRecords(
    { keys: [{ contactListId: key.contactListId, recordId: key.recordId }] },
    ctx,
  );
  const [record] = answer.records;
  if (!record) throw referenceNotFound("record", "record_id", key.recordId);
  return record;
}
