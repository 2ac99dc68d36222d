/** The platform's own tenant and its first administrator, made when there is no tenant at all. */
import type { Database } from "../../lib/postgres/db.ts";
import { newId } from "../../lib/request/ids.ts";
import type { Logger } from "../../lib/observe/log.ts";
import type { Now } from "../../lib/async/time.ts";
import { PLATFORM_SLUG } from "./checks.ts";
import type { Passwords } from "../sign-in/passwords.ts";
import { hasTenants, insertTenant } from "./tenant-store.ts";
import { equip, USUAL_SETTINGS } from "./tenants.ts";
import { actingFor } from "../../lib/postgres/db.ts";

export interface BootstrapDeps {
  db: Database;
  passwords: Passwords;
  admin: { email: string; password: string } | undefined;
  now: Now;
  log: Logger;
}

export async function bootstrapPlatform({ db, passwords, admin, now, log }: BootstrapDeps): Promise<void> {
  if (await hasTenants(db.everyTenant())) return;
  if (!admin) {
    log.warn(
      "there is no tenant yet, and IDENTITY_BOOTSTRAP_ADMIN_EMAIL and IDENTITY_BOOTSTRAP_ADMIN_PASSWORD are not set: nobody can sign in",
    );
    return;
  }
  const passwordHash = await passwords.hash(admin.password, "");
  await db.everyTenant().transaction(async (tx) => {
    const fresh = {
      id: newId(),
      slug: PLATFORM_SLUG,
      displayName: "Platform",
      ...USUAL_SETTINGS,
      requestId: undefined,
    };
    const tenant = await insertTenant(tx, fresh, now());
    // Another process was first.
    if (!tenant) return;
    await equip(actingFor(tx, tenant.id), { email: admin.email, passwordHash }, undefined, now(), { platform: true });
    log.info({ tenantId: tenant.id }, "the platform's tenant and its administrator were made");
  });
}
