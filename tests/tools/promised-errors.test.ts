import assert from "node:assert/strict";
import { test } from "node:test";
import { splitErrors } from "../../tools/contract/errors.ts";

test("errors are read from a comment with code, reason and condition", () => {
  const { text, errors } = splitErrors(
    "Changes a list.\nErrors: NOT_FOUND `ERROR_REASON_LIST_NOT_FOUND`; ABORTED `ERROR_REASON_LIST_CHANGED` when `etag` is stale.",
  );
  assert.equal(text, "Changes a list.");
  assert.deepEqual(errors, [
    { code: "NOT_FOUND", reason: "ERROR_REASON_LIST_NOT_FOUND", when: "" },
    { code: "ABORTED", reason: "ERROR_REASON_LIST_CHANGED", when: "when `etag` is stale" },
  ]);
});

test("one code may have several reasons, and a clause without a code has that of the clause before", () => {
  const { errors } = splitErrors(
    "X. Errors: FAILED_PRECONDITION `ERROR_REASON_A` or `ERROR_REASON_B` while busy; `ERROR_REASON_C` later.",
  );
  assert.deepEqual(
    errors.map(({ code, reason }) => `${code} ${reason}`),
    ["FAILED_PRECONDITION ERROR_REASON_A", "FAILED_PRECONDITION ERROR_REASON_B", "FAILED_PRECONDITION ERROR_REASON_C"],
  );
});

test("a comment may wrap anywhere, and one without the section promises nothing", () => {
  const { errors } = splitErrors("X.\nErrors: NOT_FOUND\n`ERROR_REASON_A` when\nit is gone.");
  assert.deepEqual(errors, [{ code: "NOT_FOUND", reason: "ERROR_REASON_A", when: "when it is gone" }]);
  assert.deepEqual(splitErrors("Just returns it."), { text: "Just returns it.", errors: [] });
});

test("a code that does not exist is refused", () => {
  assert.throws(() => splitErrors("X. Errors: MISSING `ERROR_REASON_A`."), /names no canonical code/);
});
