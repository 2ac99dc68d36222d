/** The RPCs of TenantService. */
import type { Tenant } from "../../../gen/herald/identity/v1/tenant.ts";
import type {
  CreateTenantRequest,
  TenantServiceImplementation,
} from "../../../gen/herald/identity/v1/tenant_service.ts";
import type { Handlers } from "../../lib/rpc/context.ts";
import type { Database } from "../../lib/postgres/db.ts";
import { readEtag } from "../../lib/request/etag.ts";
import { readOptionalId } from "../../lib/request/ids.ts";
import { masked } from "../../lib/request/mask.ts";
import { readPage } from "../../lib/request/page.ts";
import type { Now } from "../../lib/async/time.ts";
import { Checks } from "../../lib/request/validate.ts";
import { checkColor, checkLinkHost, checkLocale, checkPassword, checkRegion, checkSlug, checkZone } from "./checks.ts";
import { checkEmail } from "../users/emails.ts";
import { tenantChanged } from "../errors.ts";
import type { Passwords } from "../sign-in/passwords.ts";
import { getTenant, listTenants, type TenantSettings, updateTenant } from "./tenant-store.ts";
import { makeTenant, USUAL_SETTINGS } from "./tenants.ts";

const SETTINGS = ["displayName", "defaultRegion", "defaultZone", "locale", "linkHost", "accentColor"] as const;

interface Deps {
  db: Database;
  passwords: Passwords;
  now: Now;
}

export const tenantService = ({ db, passwords, now }: Deps): Handlers<TenantServiceImplementation> => ({
  async getTenant(_req, ctx) {
    return { tenant: await getTenant(db.tenant(ctx.tenantId)) };
  },

  async updateTenant(req, ctx) {
    const { etag, set } = masked(req.tenant, req.updateMask, SETTINGS);
    const settings = readSettings(set);
    const tenant = await updateTenant(db.tenant(ctx.tenantId), readEtag(etag, "tenant.etag"), settings, now());
    if (tenant) return { tenant };
    await getTenant(db.tenant(ctx.tenantId));
    throw tenantChanged();
  },

  async createTenant(req) {
    const { tenant, adminEmail, requestId } = readNewTenant(req);
    const passwordHash = await passwords.hash(req.adminPassword, "");
    return makeTenant(db, { ...tenant, requestId }, { email: adminEmail, passwordHash }, now());
  },

  async listTenants(req) {
    const { items, nextPageToken } = await listTenants(db.everyTenant(), readPage(req, { usual: 50, most: 500 }));
    return { tenants: items, nextPageToken };
  },
});

function readNewTenant(req: CreateTenantRequest) {
  const check = new Checks();
  const {
    slug = "",
    displayName = "",
    defaultRegion,
    defaultZone,
    locale,
    linkHost = "",
    accentColor = "",
  } = req.tenant ?? {};
  checkSlug(check, "tenant.slug", slug);
  const settings = {
    displayName: displayName || slug,
    defaultRegion: defaultRegion || USUAL_SETTINGS.defaultRegion,
    defaultZone: defaultZone || USUAL_SETTINGS.defaultZone,
    locale: locale || USUAL_SETTINGS.locale,
    linkHost,
    accentColor,
  };
  const tenant = { slug, ...checkSettings(check, settings) } as Pick<Tenant, "slug"> & TenantSettings;
  const adminEmail = checkEmail(check, "admin_email", req.adminEmail);
  checkPassword(check, "admin_password", req.adminPassword);
  check.done();
  return { tenant, adminEmail, requestId: readOptionalId(req.requestId, "request_id") };
}

function readSettings(set: Partial<TenantSettings>): Partial<TenantSettings> {
  const check = new Checks();
  check.that(
    Object.keys(set).length > 0,
    "tenant",
    "Nothing to change: give at least one of display_name, default_region, default_zone, locale, link_host, accent_color.",
  );
  const settings = checkSettings(check, set);
  check.done();
  return settings;
}

/** Checks those settings that are given. */
function checkSettings(check: Checks, set: Partial<TenantSettings>): Partial<TenantSettings> {
  const settings = { ...set };
  if (set.displayName !== undefined)
    settings.displayName = check.name("tenant.display_name", set.displayName, { most: 120 });
  if (set.defaultRegion !== undefined) checkRegion(check, "tenant.default_region", set.defaultRegion);
  if (set.defaultZone !== undefined) checkZone(check, "tenant.default_zone", set.defaultZone);
  if (set.locale !== undefined) checkLocale(check, "tenant.locale", set.locale);
  if (set.linkHost !== undefined) settings.linkHost = checkLinkHost(check, "tenant.link_host", set.linkHost);
  if (set.accentColor !== undefined) settings.accentColor = checkColor(check, "tenant.accent_color", set.accentColor);
  return settings;
}
