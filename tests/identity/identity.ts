/** Boots `identity` for tests: its own, and those of others that want real tokens. */
import type { TestContext } from "node:test";
import { TenantServiceDefinition } from "../../gen/herald/identity/v1/tenant_service.ts";
import { type IssueTokenResponse, TokenServiceDefinition } from "../../gen/herald/identity/v1/token_service.ts";
import { bindScope, type BoundCalls, connect } from "../../svc/lib/client.ts";
import type { GenericDefinition } from "../../svc/lib/definitions.ts";
import type { RunningService } from "../../svc/lib/run.ts";
import type { Now } from "../../svc/lib/time.ts";
import { startIdentity } from "../../svc/identity/service.ts";
import { meshClient, nobodysClient, started, testEnv } from "../lib/harness.ts";

export const PLATFORM = {
  tenant: "platform",
  email: "root@platform.example",
  password: "platform password for tests",
};
export const PASSWORD = "a password for tests";

export interface Identity extends RunningService {
  env: Record<string, string>;
  /** Makes a tenant with an administrator, `admin@<slug>.example`, whose password is PASSWORD. */
  newTenant(slug?: string): Promise<TestTenant>;
  /** Signs in with a password; gives all that the service answers. */
  signIn(tenant: string, email: string, password?: string): Promise<IssueTokenResponse>;
  /** A client that shows this access token. */
  client<Definition extends GenericDefinition>(
    definition: Definition,
    token: { accessToken: string },
  ): BoundCalls<Definition>;
}

export interface TestTenant {
  tenantId: string;
  slug: string;
  adminEmail: string;
  adminUserId: string;
}

let tenants = 0;

/** Settings with which `identity` starts in tests. */
export const identityEnv = (t: TestContext, more: Record<string, string> = {}): Promise<Record<string, string>> =>
  testEnv(t, "identity", {
    IDENTITY_KEY_SECRET: "a key secret for tests, of at least thirty-two bytes",
    IDENTITY_BOOTSTRAP_ADMIN_EMAIL: PLATFORM.email,
    IDENTITY_BOOTSTRAP_ADMIN_PASSWORD: PLATFORM.password,
    ...more,
  });

export async function bootIdentity(
  t: TestContext,
  { env: given, now, more }: { env?: Record<string, string>; now?: Now; more?: Record<string, string> } = {},
): Promise<Identity> {
  const env = given ?? (await identityEnv(t, more));
  const service = await started(t, startIdentity({ env, ...(now && { now }) }));
  const platform = meshClient(t, service.address, TenantServiceDefinition, "*");
  const tokens = nobodysClient(t, service.address, TokenServiceDefinition);
  return {
    ...service,
    env,
    async newTenant(slug = `tenant-${++tenants}-${process.pid}`) {
      const adminEmail = `admin@${slug}.example`;
      const made = await platform.createTenant({ tenant: { slug }, adminEmail, adminPassword: PASSWORD });
      return { tenantId: made.tenant?.id ?? "", slug, adminEmail, adminUserId: made.adminUserId };
    },
    signIn: (tenant, email, password = PASSWORD) =>
      tokens.issueToken({ grant: { $case: "password", password: { tenant, email, password } } }),
    client(definition, { accessToken }) {
      const connection = connect({
        address: service.address,
        token: () => `Bearer ${accessToken}`,
        deadlineMs: 20_000,
      });
      t.after(() => connection.close());
      return bindScope(connection.client(definition), { tenantId: "" });
    },
  };
}
