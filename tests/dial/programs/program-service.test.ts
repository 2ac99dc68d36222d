/** Programs: what people know that they are contacted for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ProgramServiceDefinition } from "../../../gen/herald/dial/v1/program_service.ts";
import { startDial } from "../../../svc/dial/service.ts";
import { status } from "../../../svc/lib/errors/errors.ts";
import { newId, rejectsWith, started, testEnv, testKeys, userClient } from "../../lib/harness.ts";

const permissions = ["programs.read", "programs.write"];

test("a tenant has a usual program, makes others, and cannot lose the usual one", async (t) => {
  const { address } = await started(t, startDial({ env: await testEnv(t, "dial"), keys: testKeys }));
  const tenantId = newId();
  const programs = await userClient(t, address, ProgramServiceDefinition, { tenantId, permissions });
  const others = await userClient(t, address, ProgramServiceDefinition, { tenantId: newId(), permissions });

  const [usual] = (await programs.listPrograms({})).programs;
  assert.deepEqual([usual?.id, usual?.usual], [tenantId, true]);
  const requestId = newId();
  const offers = { name: "Blue Shop offers", language: "es", contactWords: "call 212 555 0100" };
  const { program } = await programs.createProgram({ program: offers, requestId });
  assert.deepEqual((await programs.createProgram({ program: offers, requestId })).program, program);
  const programId = program?.id ?? "";
  await rejectsWith(
    programs.createProgram({ program: { name: "BLUE shop offers" } }),
    status.ALREADY_EXISTS,
    "ERROR_REASON_PROGRAM_NAME_TAKEN",
  );
  const { program: changed } = await programs.updateProgram({
    program: { id: programId, name: "Alerts", etag: program?.etag ?? "" },
  });
  assert.deepEqual([changed?.name, changed?.language], ["Alerts", "es"]);
  await rejectsWith(
    programs.updateProgram({ program: { id: programId, name: "Other", etag: program?.etag ?? "" } }),
    status.ABORTED,
    "ERROR_REASON_PROGRAM_CHANGED",
  );
  for (const wrong of [{ name: "" }, { name: "x".repeat(61) }, { name: "A", language: "english" }])
    await rejectsWith(
      programs.createProgram({ program: wrong }),
      status.INVALID_ARGUMENT,
      "ERROR_REASON_FIELDS_INVALID",
    );
  assert.deepEqual(
    (await programs.listPrograms({})).programs.map(({ name }) => name),
    ["Our messages", "Alerts"],
  );
  for (const ask of [
    () => others.getProgram({ programId }),
    () => others.deleteProgram({ programId }),
    () => others.updateProgram({ program: { id: programId, name: "Mine" } }),
  ])
    await rejectsWith(ask(), status.NOT_FOUND, "ERROR_REASON_PROGRAM_NOT_FOUND");
  await rejectsWith(
    programs.deleteProgram({ programId: tenantId }),
    status.FAILED_PRECONDITION,
    "ERROR_REASON_PROGRAM_USUAL",
  );
  await programs.deleteProgram({ programId });
  await rejectsWith(programs.getProgram({ programId }), status.NOT_FOUND, "ERROR_REASON_PROGRAM_NOT_FOUND");
});
