import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { ErrorReason } from "../../../gen/herald/jobs/v1/error_reason.ts";
import { errorDetails } from "../../../svc/lib/errors/error-details.ts";
import { invalidFields, serviceErrors } from "../../../svc/lib/errors/errors.ts";
import { createLog } from "../../../svc/lib/observe/log.ts";
import { EchoDefinition, type EchoHandlers } from "../echo.ts";
import { bootEcho, echoEnv } from "../echo-service.ts";
import { newId, rejectsWith, status, userClient } from "../harness.ts";

const jobsError = serviceErrors("jobs", ErrorReason);

async function saying(t: TestContext, say: EchoHandlers["say"], logTo?: { write(line: string): void }) {
  const env = await echoEnv(t, logTo && { LOG_LEVEL: "info" });
  const { address } = await bootEcho(t, { env, handlers: { say }, ...(logTo && { logTo }) });
  return userClient(t, address, EchoDefinition, { tenantId: newId(), permissions: ["echo.say"] });
}

/** A log that keeps its entries as JSON. */
function keepLog() {
  const lines: Record<string, unknown>[] = [];
  return { lines, logTo: { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) } };
}

test("an error reaches the caller with its code, reason, domain, metadata, fields and time to try again", async (t) => {
  const echo = await saying(t, async () => {
    throw jobsError(status.FAILED_PRECONDITION, "The job has ended: «déjà vu».", {
      reason: "ERROR_REASON_JOB_ENDED",
      metadata: { jobId: "j1" },
      fields: [{ field: "job_id", description: "Name a job that goes on." }],
      retryAfterMs: 1_500,
    });
  });
  assert.deepEqual(await rejectsWith(echo.say({}), status.FAILED_PRECONDITION), {
    code: status.FAILED_PRECONDITION,
    message: "The job has ended: «déjà vu».",
    reason: "ERROR_REASON_JOB_ENDED",
    domain: "jobs",
    metadata: { jobId: "j1" },
    fields: [{ field: "job_id", description: "Name a job that goes on." }],
    retryAfterMs: 1_500,
  });
});

test("several wrong fields are told together", async (t) => {
  const fields = [
    { field: "name", description: "Required." },
    { field: "cap", description: "Must be a whole number from 1 to 9; it is 0." },
  ];
  const echo = await saying(t, async () => {
    throw invalidFields(fields);
  });
  const told = await rejectsWith(echo.say({}), status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
  assert.deepEqual(told.fields, fields);
  assert.equal(told.message, "2 fields are wrong: name, cap.");
});

test("a fault of ours leaves as a bare INTERNAL with the request id, and is logged once with its stack and cause", async (t) => {
  const { lines, logTo } = keepLog();
  const fail = async () => {
    throw new Error("cannot add up", { cause: new TypeError("the real reason") });
  };
  const echo = await saying(t, fail, logTo);
  const told = await rejectsWith(echo.say({}, { requestId: "req-42" }), status.INTERNAL, "ERROR_REASON_INTERNAL");
  assert.equal(told.message, "Something went wrong on our side. The request id is req-42.");
  assert.deepEqual(told.metadata, { requestId: "req-42" });
  const errors = lines.filter(({ level }) => level === "error");
  assert.equal(errors.length, 1);
  const [line] = errors as [{ requestId: string; rpc: string; error: { stack: string; cause: { message: string } } }];
  assert.equal(line.requestId, "req-42");
  assert.equal(line.rpc, "/herald.lists.v1.EchoService/Say");
  assert.match(line.error.stack, /errors\.test\.ts/);
  assert.equal(line.error.cause.message, "the real reason");
});

test("what another service answered is passed on where the caller can act on it, and is our fault otherwise", async (t) => {
  const below = (code: status) => {
    const error = jobsError(code, "from below", { reason: "ERROR_REASON_JOB_ENDED", retryAfterMs: 250 });
    return async () => {
      throw error;
    };
  };
  for (const [code, becomes] of [
    [status.UNAVAILABLE, status.UNAVAILABLE],
    [status.RESOURCE_EXHAUSTED, status.RESOURCE_EXHAUSTED],
    [status.INVALID_ARGUMENT, status.INTERNAL],
    [status.NOT_FOUND, status.INTERNAL],
    [status.PERMISSION_DENIED, status.INTERNAL],
  ] as const) {
    const inner = await saying(t, below(code));
    const outer = await saying(t, () => inner.say({}));
    const told = await rejectsWith(outer.say({}), becomes);
    if (becomes === code) assert.deepEqual([told.reason, told.retryAfterMs], ["ERROR_REASON_JOB_ENDED", 250]);
  }
});

test("an error that is none of a call has no details", () => {
  assert.equal(errorDetails(new Error("x")), undefined);
  assert.equal(errorDetails(undefined), undefined);
});

test("personal data and secrets are blotted out of logs by their key, at the depths that occur", () => {
  const { lines, logTo } = keepLog();
  createLog("tests", "info", logTo).info(
    {
      phone: "+15550100",
      contact: { email: "a@b.example", id: "c1" },
      req: { headers: { authorization: "Bearer x" } },
      password: "hunter2",
      rows: 3,
    },
    "imported",
  );
  const [{ time, ...line } = {}] = lines;
  assert.ok(time);
  assert.deepEqual(line, {
    level: "info",
    service: "tests",
    phone: "[hidden]",
    contact: { email: "[hidden]", id: "c1" },
    req: { headers: { authorization: "[hidden]" } },
    password: "[hidden]",
    rows: 3,
    msg: "imported",
  });
});
