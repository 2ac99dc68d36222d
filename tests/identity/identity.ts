/** Boots `identity` for tests: its own, and those of others that want real tokens. */
import type { TestContext } from "node:test";
import { ApiKeyServiceDefinition } from "../../gen/herald/identity/v1/api_key_service.ts";
import { AuditServiceDefinition } from "../../gen/herald/identity/v1/audit_service.ts";
import { RoleServiceDefinition } from "../../gen/herald/identity/v1/role_service.ts";
import { TenantServiceDefinition } from "../../gen/herald/identity/v1/tenant_service.ts";
import { type IssueTokenResponse, TokenServiceDefinition } from "../../gen/herald/identity/v1/token_service.ts";
import { UserServiceDefinition } from "../../gen/herald/identity/v1/user_service.ts";
import { bindScope, type BoundCalls, connect } from "../../svc/lib/client/client.ts";
import type { GenericDefinition } from "../../svc/lib/rpc/definitions.ts";
import type { RunningService } from "../../svc/lib/service/run.ts";
import type { Now } from "../../svc/lib/async/time.ts";
import { startIdentity } from "../../svc/identity/service.ts";
import { meshClient, nobodysClient, rejectsWith, started, status, testEnv } from "../lib/harness.ts";

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

/** What an administrator of a new tenant works with. */
export interface Office extends TestTenant {
  users: BoundCalls<typeof UserServiceDefinition>;
  roles: BoundCalls<typeof RoleServiceDefinition>;
  apiKeys: BoundCalls<typeof ApiKeyServiceDefinition>;
  audit: BoundCalls<typeof AuditServiceDefinition>;
  tenant: BoundCalls<typeof TenantServiceDefinition>;
  /** The id of a built-in role, by its name. */
  roleId(name: string): Promise<string>;
  /** Makes a user with a role of exactly these permissions, and gives the id and clients that act as that user. */
  hire(email: string, permissions: readonly string[]): Promise<Omit<Office, "hire" | "roleId"> & { userId: string }>;
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

/** A new tenant with clients that act as its administrator. */
export async function openOffice(identity: Identity, slug?: string): Promise<Office> {
  const tenant = await identity.newTenant(slug);
  const clients = clientsOf(identity, await identity.signIn(tenant.slug, tenant.adminEmail));
  const office: Office = {
    ...tenant,
    ...clients,
    async roleId(name) {
      const { roles } = await clients.roles.listRoles({});
      return roles.find((role) => role.name === name)?.id ?? "";
    },
    async hire(email, permissions) {
      const { role } = await clients.roles.createRole({ role: { name: `of ${email}`, permissions: [...permissions] } });
      const { user } = await clients.users.createUser({
        user: { email, roleIds: [role?.id ?? ""] },
        password: PASSWORD,
      });
      const token = await identity.signIn(tenant.slug, email);
      return { ...tenant, ...clientsOf(identity, token), userId: user?.id ?? "" };
    },
  };
  return office;
}

const clientsOf = (identity: Identity, token: { accessToken: string }) => ({
  users: identity.client(UserServiceDefinition, token),
  roles: identity.client(RoleServiceDefinition, token),
  apiKeys: identity.client(ApiKeyServiceDefinition, token),
  audit: identity.client(AuditServiceDefinition, token),
  tenant: identity.client(TenantServiceDefinition, token),
});

/** The names of the fields that a refused call is told to mend. */
export async function badFields(call: Promise<unknown>): Promise<string[]> {
  const told = await rejectsWith(call, status.INVALID_ARGUMENT, "ERROR_REASON_FIELDS_INVALID");
  return told.fields.map(({ field }) => field);
}

/** Reads all pages of a list, `pageSize` of the request at a time. */
export async function allPages<Item>(
  read: (pageToken: string) => Promise<{ items: Item[]; nextPageToken: string }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let pageToken = "";
  do {
    const page = await read(pageToken);
    items.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken);
  return items;
}
