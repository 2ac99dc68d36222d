/** Wires `identity`. */
import { ApiKeyServiceDefinition } from "../../gen/herald/identity/v1/api_key_service.ts";
import { AuditServiceDefinition } from "../../gen/herald/identity/v1/audit_service.ts";
import { RoleServiceDefinition } from "../../gen/herald/identity/v1/role_service.ts";
import { TenantServiceDefinition } from "../../gen/herald/identity/v1/tenant_service.ts";
import { TokenServiceDefinition } from "../../gen/herald/identity/v1/token_service.ts";
import { UserServiceDefinition } from "../../gen/herald/identity/v1/user_service.ts";
import { RevocationServiceDefinition } from "../../gen/herald/identity/v1/revocation_service.ts";
import { type Parts, type RunningService, startService, type StartOptions } from "../lib/service/service.ts";
import { apiKeyService } from "./api-keys/api-key-service.ts";
import { auditService } from "./audit/audit-service.ts";
import { insertAuditEntries } from "./audit/audit-store.ts";
import { bootstrapPlatform } from "./tenants/bootstrap.ts";
import { identityConfig, type IdentityConfig } from "./config.ts";
import { identityEvents } from "./events.ts";
import { createKeyRing, type KeyRing } from "./signing-keys/key-ring.ts";
import { liveCaller } from "./sign-in/live-caller.ts";
import { createPasswords } from "./sign-in/passwords.ts";
import { REVOCATION_CHANNEL, RevocationFeed } from "./revocations/revocation-feed.ts";
import { revocationService } from "./revocations/revocation-service.ts";
import { roleService } from "./roles/role-service.ts";
import { sweepExpired } from "./sign-in/session-store.ts";
import { signInTrail } from "./sign-in/sign-in-trail.ts";
import { tenantService } from "./tenants/tenant-service.ts";
import { tokenService } from "./sign-in/token-service.ts";
import { userService } from "./users/user-service.ts";

const ROTATION_CHECK_MS = 30_000;
/** How often the revocations are read again and followers get a message. */
const REVOCATION_CHECK_MS = 2_000;
const SWEEP_EVERY_MS = 600_000;
const SWEEP_ROWS = 1_000;
/** A key stays published for so much longer than its last token lives, because clocks and caches may lag. */
const KEY_MARGIN_MS = 600_000;

export function startIdentity(given: StartOptions = {}): Promise<RunningService> {
  const config = identityConfig(given.env);
  const schedule = { signsForMs: config.keySignsForMs, keptAfterMs: config.accessTokenMs + KEY_MARGIN_MS };
  const keys = createKeyRing({ keySecret: config.keySecret, schedule, now: given.now ?? (() => new Date()) });
  return startService("identity", config, (parts) => build(parts, keys, given.keys === undefined), { keys, ...given });
}

/** `signsOwn`: this service verifies callers' tokens with its own keys. */
function build(parts: Parts<IdentityConfig>, keys: KeyRing, signsOwn: boolean): void {
  const { config, now, log, metrics } = parts;
  const db = parts.database(new URL("./sql/", import.meta.url));
  const passwords = createPasswords();
  // The audit trail is in this service, so its own audited calls are written directly.
  const counter = parts.audit((tenantId, entries) => insertAuditEntries(db.tenant(tenantId), entries));
  const feed = new RevocationFeed(db, parts.revocations);
  if (signsOwn) parts.liveCaller((identity) => liveCaller(db, identity, now()));

  parts.serve(
    TokenServiceDefinition,
    tokenService({
      db,
      keys,
      passwords,
      rules: config,
      events: identityEvents(metrics, log),
      trail: signInTrail({ counter, now }),
      now,
    }),
  );
  parts.serve(TenantServiceDefinition, tenantService({ db, passwords, now }));
  parts.serve(UserServiceDefinition, userService({ db, passwords, now }));
  parts.serve(RoleServiceDefinition, roleService({ db, now }));
  parts.serve(ApiKeyServiceDefinition, apiKeyService({ db, now }));
  parts.serve(AuditServiceDefinition, auditService({ db }));
  parts.serve(RevocationServiceDefinition, revocationService({ feed }));

  parts.beforeServing("signing keys", () => keys.rotate(db, log));
  parts.beforeServing("platform tenant", () =>
    bootstrapPlatform({ db, passwords, admin: config.bootstrapAdmin, now, log }),
  );
  const reading = parts.loop({ name: "revocations", everyMs: REVOCATION_CHECK_MS, work: () => feed.read() });
  const listening = db.listen(REVOCATION_CHANNEL, (payload) =>
    payload === undefined ? reading.nudge() : feed.heard(payload),
  );
  parts.onStop(() => listening.stop());
  parts.beforeServing("revocations", () => feed.read());
  parts.loop({ name: "revocation sweep", everyMs: SWEEP_EVERY_MS, work: () => feed.sweep() });
  parts.loop({ name: "key rotation", everyMs: ROTATION_CHECK_MS, work: () => keys.rotate(db, log) });
  parts.loop({ name: "sweep", everyMs: SWEEP_EVERY_MS, work: () => sweepExpired(db.everyTenant(), now(), SWEEP_ROWS) });
}
