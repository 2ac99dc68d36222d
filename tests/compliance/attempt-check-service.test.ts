import assert from "node:assert/strict";
import { test } from "node:test";
import { Verdict } from "../../gen/herald/compliance/v1/attempt_check.ts";
import { newId } from "../lib/harness.ts";
import { boot, decided } from "./boot.ts";

test("CheckAttempt allows what no rule refuses, and ExplainAttempt says what every rule said", async (t) => {
  const { attempts } = await boot(t);
  const attemptId = newId();
  const decision = await decided(attempts, { attemptId });
  assert.equal(decision.verdict, Verdict.VERDICT_ALLOWED);
  const explained = await attempts.explainAttempt({ attemptId });
  assert.deepEqual(
    explained.ruleVerdicts.map(({ ruleId, verdict }) => [ruleId, verdict]),
    [
      ["builtin:device-valid", Verdict.VERDICT_ALLOWED],
      ["builtin:us-federal", Verdict.VERDICT_ALLOWED],
    ],
  );
});
