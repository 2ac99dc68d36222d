import assert from "node:assert/strict";
import { test } from "node:test";
import { bootIdentity } from "../../identity/identity.ts";
import { newId, until } from "../../lib/harness.ts";
import { attemptsOf, boot, decided } from "../boot.ts";

test("CheckAttempt understands a number as people write it, in the tenant's region where it has no country code", async (t) => {
  const identity = await bootIdentity(t);
  const { tenantId } = await identity.newTenant();
  const { address } = await boot(t, { env: { HERALD_MESH_IDENTITY: identity.address } });
  const attempts = await attemptsOf(t, address, tenantId);
  for (const contactInfo of ["(504) 621-8927", "504.621.8927", "+1 504 621 8927", "001 504 621 8927"])
    assert.equal(
      (await decided(attempts, { attemptId: newId(), contactInfo })).contactInfo,
      "+15046218927",
      contactInfo,
    );
  await until(async () => (await attempts.listDecisions({ contactInfo: "(504) 621 8927" })).decisions.length === 4);
});
