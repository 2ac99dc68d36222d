import assert from "node:assert/strict";
import { test } from "node:test";
import { TenantState } from "../../../gen/herald/identity/v1/tenant.ts";
import { TenantServiceDefinition } from "../../../gen/herald/identity/v1/tenant_service.ts";
import { isRegion as isPhoneRegion } from "../../../svc/lib/devices/phone.ts";
import { isRegion } from "../../../svc/identity/tenants/regions.ts";
import { meshClient, newId, rejectsWith, status } from "../../lib/harness.ts";
import { provesRowSecurity } from "../../lib/row-security.ts";
import { allPages, badFields, bootIdentity, type Identity, openOffice, PASSWORD, PLATFORM } from "../identity.ts";

async function platformAdmin(identity: Identity) {
  const token = await identity.signIn(PLATFORM.tenant, PLATFORM.email, PLATFORM.password);
  return identity.client(TenantServiceDefinition, token);
}

test("the bootstrap makes a platform administrator, who makes tenants; each begins with an administrator of its own", async (t) => {
  const identity = await bootIdentity(t);
  const platform = await platformAdmin(identity);
  const request = {
    tenant: { slug: "acme", displayName: "Acme" },
    adminEmail: "ada@acme.example",
    adminPassword: PASSWORD,
    requestId: newId(),
  };
  const answers = await Promise.all([1, 2, 3].map(() => platform.createTenant(request)));
  const [{ tenant, adminUserId } = {}] = answers;
  assert.ok(answers.every((answer) => answer.tenant?.id === tenant?.id && answer.adminUserId === adminUserId));
  assert.deepEqual(
    [tenant?.slug, tenant?.displayName, tenant?.defaultRegion, tenant?.defaultZone, tenant?.locale, tenant?.state],
    ["acme", "Acme", "US", "America/New_York", "en-US", TenantState.TENANT_STATE_ACTIVE],
  );
  const token = await identity.signIn("acme", "ada@acme.example");
  assert.equal(token.subjectId, adminUserId);
  const again = platform.createTenant({ ...request, requestId: newId() });
  await rejectsWith(again, status.ALREADY_EXISTS, "ERROR_REASON_TENANT_SLUG_TAKEN");
  const own = identity.client(TenantServiceDefinition, token);
  await rejectsWith(own.listTenants({}), status.PERMISSION_DENIED, "ERROR_REASON_PERMISSION_MISSING");
  await rejectsWith(own.createTenant(request), status.PERMISSION_DENIED, "ERROR_REASON_PERMISSION_MISSING");
});

test("a second start finds the platform as it is; without bootstrap settings nothing is made", async (t) => {
  const first = await bootIdentity(t);
  await first.newTenant("acme");
  await first.stop();
  const second = await bootIdentity(t, {
    env: { ...first.env, IDENTITY_BOOTSTRAP_ADMIN_PASSWORD: "another password" },
  });
  await rejectsWith(second.signIn(PLATFORM.tenant, PLATFORM.email, "another password"), status.UNAUTHENTICATED);
  await second.signIn("acme", "admin@acme.example");
  const bare = await bootIdentity(t, {
    more: { IDENTITY_BOOTSTRAP_ADMIN_EMAIL: "", IDENTITY_BOOTSTRAP_ADMIN_PASSWORD: "" },
  });
  const { tenants } = await meshClient(t, bare.address, TenantServiceDefinition, "*").listTenants({});
  assert.deepEqual(tenants, []);
});

test("CreateTenant refuses bad fields by name, and the platform's own slug", async (t) => {
  const identity = await bootIdentity(t);
  const platform = await platformAdmin(identity);
  assert.deepEqual(await badFields(platform.createTenant({})), [
    "tenant.slug",
    "tenant.display_name",
    "admin_email",
    "admin_password",
  ]);
  const make = (tenant: object) =>
    badFields(platform.createTenant({ tenant, adminEmail: "a@b.example", adminPassword: PASSWORD }));
  for (const slug of ["a", "Acme", "ac me", "-acme", "acme-", "x".repeat(41), "platform"]) {
    assert.deepEqual(await make({ slug, displayName: "Acme" }), ["tenant.slug"], slug);
  }
  const settings = { slug: "acme", defaultRegion: "USA", defaultZone: "EST", locale: "klingon" };
  assert.deepEqual(await make(settings), ["tenant.default_region", "tenant.default_zone", "tenant.locale"]);
  assert.equal((await platform.listTenants({})).tenants.length, 1);
});

test("UpdateTenant changes the masked settings, and refuses what does not exist and a stale etag", async (t) => {
  const office = await openOffice(await bootIdentity(t));
  const { tenant: before } = await office.tenant.getTenant({});
  const etag = before?.etag ?? "";
  const changed = await office.tenant.updateTenant({
    tenant: { etag, defaultRegion: "DE", defaultZone: "Europe/Berlin", locale: "de-DE" },
  });
  assert.deepEqual(
    [changed.tenant?.defaultRegion, changed.tenant?.defaultZone, changed.tenant?.locale],
    ["DE", "Europe/Berlin", "de-DE"],
  );
  assert.equal(changed.tenant?.displayName, before?.displayName);
  const stale = office.tenant.updateTenant({ tenant: { etag, displayName: "X" } });
  await rejectsWith(stale, status.ABORTED, "ERROR_REASON_TENANT_CHANGED");
  const bad = { defaultRegion: "ZZ", defaultZone: "Europe/Atlantis", locale: "xx-YY-ZZZZZZZZZ" };
  assert.deepEqual(await badFields(office.tenant.updateTenant({ tenant: bad })), [
    "tenant.default_region",
    "tenant.default_zone",
    "tenant.locale",
  ]);
  assert.deepEqual(await badFields(office.tenant.updateTenant({ tenant: {} })), ["tenant"]);
  assert.deepEqual(await badFields(office.tenant.updateTenant({ tenant: { slug: "x" }, updateMask: ["slug"] })), [
    "update_mask",
  ]);
  assert.deepEqual(await badFields(office.tenant.updateTenant({ tenant: {}, updateMask: ["display_name"] })), [
    "tenant.display_name",
  ]);
});

for (const zone of ["UTC", "Asia/Kolkata", "America/Argentina/Buenos_Aires", "Etc/GMT+5"]) {
  test(`${zone} is a zone; written otherwise it is not`, async (t) => {
    const office = await openOffice(await bootIdentity(t));
    const set = (defaultZone: string) => office.tenant.updateTenant({ tenant: { defaultZone } });
    assert.equal((await set(zone)).tenant?.defaultZone, zone);
    for (const other of [zone.toLowerCase(), `${zone} `, `+01:00`])
      assert.deepEqual(await badFields(set(other)), ["tenant.default_zone"], other);
  });
}

test("a service sees the settings of the tenant it acts for, and NOT_FOUND where there is none", async (t) => {
  const identity = await bootIdentity(t);
  const { tenantId, slug } = await identity.newTenant();
  const of = (tenant: string) => meshClient(t, identity.address, TenantServiceDefinition, tenant);
  assert.equal((await of(tenantId).getTenant({})).tenant?.slug, slug);
  const nowhere = newId();
  await rejectsWith(of(nowhere).getTenant({}), status.NOT_FOUND, "ERROR_REASON_TENANT_NOT_FOUND");
  const update = of(nowhere).updateTenant({ tenant: { locale: "en-US" } });
  await rejectsWith(update, status.NOT_FOUND, "ERROR_REASON_TENANT_NOT_FOUND");
});

test("pages of tenants meet without gap or repeat, newest first", async (t) => {
  const identity = await bootIdentity(t);
  const platform = await platformAdmin(identity);
  const slugs = ["platform"];
  for (let i = 0; i < 6; i++) {
    await platform.createTenant({
      tenant: { slug: `tenant-${i}` },
      adminEmail: "a@b.example",
      adminPassword: PASSWORD,
    });
    slugs.unshift(`tenant-${i}`);
  }
  const tenants = await allPages(async (pageToken) => {
    const page = await platform.listTenants({ pageSize: 3, pageToken });
    return { items: page.tenants, nextPageToken: page.nextPageToken };
  });
  assert.deepEqual(
    tenants.map(({ slug }) => slug),
    slugs,
  );
});

test("row level security holds for every table of a tenant", async (t) => {
  const identity = await bootIdentity(t);
  const office = await openOffice(identity);
  await office.apiKeys.createApiKey({ apiKey: { name: "CRM", roleIds: [await office.roleId("Viewer")] } });
  const filled = [
    "tenants",
    "roles",
    "users",
    "user_roles",
    "api_keys",
    "api_key_roles",
    "sessions",
    "audit_entries",
    "audit_entry_objects",
  ];
  await provesRowSecurity(identity.env["DATABASE_URL"] ?? "", "identity", office.tenantId, filled);
});

test("the regions are those whose numbers can be read", () => {
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));
  const codes = letters.flatMap((a) => letters.map((b) => a + b));
  assert.deepEqual(codes.filter(isRegion), codes.filter(isPhoneRegion));
});

test("a tenant has a host name and a colour of its own for what people outside see, or the platform's", async (t) => {
  const office = await openOffice(await bootIdentity(t));
  const change = async (tenant: { linkHost?: string; accentColor?: string }, updateMask?: string[]) => {
    const answer = await office.tenant.updateTenant({ tenant, ...(updateMask && { updateMask }) });
    return [answer.tenant?.linkHost, answer.tenant?.accentColor];
  };
  assert.deepEqual(await change({ linkHost: "News.Bücher.example", accentColor: "#1A5FB4" }), [
    "news.xn--bcher-kva.example",
    "#1a5fb4",
  ]);
  const wrongHosts = [
    "https://news.example.com",
    "news.example.com:443",
    "localhost",
    "10.0.0.1",
    "a..example",
    "-a.example",
  ];
  for (const linkHost of wrongHosts)
    assert.deepEqual(await badFields(change({ linkHost })), ["tenant.link_host"], linkHost);
  for (const accentColor of ["red", "#fff", "#12345g", "#123456;"])
    assert.deepEqual(await badFields(change({ accentColor })), ["tenant.accent_color"], accentColor);
  assert.deepEqual(await change({}, ["link_host", "accent_color"]), ["", ""], "with the mask both are taken back");
});
