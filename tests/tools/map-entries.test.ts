import assert from "node:assert/strict";
import { test } from "node:test";
import { ErrorInfo } from "../../gen/google/rpc/error_details.ts";
import { Job } from "../../gen/herald/jobs/v1/job.ts";
import { Record as ContactRecord } from "../../gen/herald/lists/v1/record.ts";

test("Every map entry carries its key and its value, since Envoy cannot bear one without", () => {
  // Field 12 with five bytes: key (field 1) "n", value (field 2) 0.
  const job = Job.encode(Job.fromPartial({ counts: { n: 0 } })).finish();
  assert.deepEqual([...job], [0x62, 5, 0x0a, 1, 0x6e, 0x10, 0]);

  const record = ContactRecord.encode(ContactRecord.fromPartial({ fields: { n: "" } })).finish();
  assert.deepEqual([...record.slice(-7)], [record.at(-7), 5, 0x0a, 1, 0x6e, 0x12, 0]);

  const info = ErrorInfo.encode(ErrorInfo.fromPartial({ metadata: { n: "" } })).finish();
  assert.deepEqual([...info.slice(-6)], [5, 0x0a, 1, 0x6e, 0x12, 0]);
});
