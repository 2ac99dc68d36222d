import assert from "node:assert/strict";
import { test } from "node:test";
import { TenantServiceDefinition } from "../../gen/herald/identity/v1/tenant_service.ts";
import { bootIdentity } from "./identity.ts";

test("a person signs in and calls with the token", async (t) => {
  const identity = await bootIdentity(t);
  const { slug, adminEmail, tenantId, adminUserId } = await identity.newTenant();
  const token = await identity.signIn(slug, adminEmail);
  assert.equal(token.tenantId, tenantId);
  assert.equal(token.subjectId, adminUserId);
  const { tenant } = await identity.client(TenantServiceDefinition, token).getTenant({});
  assert.equal(tenant?.slug, slug);
});
