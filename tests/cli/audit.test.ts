import assert from "node:assert/strict";
import { test } from "node:test";
import { objectOf, outcomeOf } from "../../cli/commands/audit.ts";
import { AuditEntry } from "../../gen/herald/identity/v1/audit_entry.ts";

test("the audit table says on what something was done, and how it ended, in plain words", () => {
  const words = (objectIds: Record<string, string>, status: string) => {
    const entry = AuditEntry.fromPartial({ objectIds, status });
    return [objectOf(entry), outcomeOf(entry)];
  };
  assert.deepEqual(words({ request_id: "r1", job_id: "j1", contact_list_id: "l1" }, "INVALID_ARGUMENT"), [
    "contact list l1",
    "wrong input",
  ]);
  assert.deepEqual(words({ campaign_group_id: "c1" }, "FAILED_PRECONDITION"), [
    "campaign c1",
    "not possible as things stood",
  ]);
  assert.deepEqual(words({}, "OK"), ["", "done"]);
  assert.deepEqual(words({ user_id: "u1" }, "NOT_FOUND"), ["user u1", "not found"]);
});
