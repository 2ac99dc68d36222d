/** The last step of every way to a token: signs the rights of its holder. */
import type { IssueTokenResponse } from "../../../gen/herald/identity/v1/token_service.ts";
import type { Database, TenantQueryable } from "../../lib/postgres/db.ts";
import type { Now } from "../../lib/async/time.ts";
import { Checks } from "../../lib/request/validate.ts";
import type { Events } from "../events.ts";
import type { KeyRing } from "../signing-keys/key-ring.ts";
import type { Passwords } from "./passwords.ts";
import { expand } from "../roles/permissions.ts";
import { versionOf } from "../revocations/revocation-store.ts";
import { rolesOfUser, type RoleGrant } from "../roles/role-store.ts";
import type { PaceRules } from "./sign-in-pace.ts";
import type { SignInTrail } from "./sign-in-trail.ts";

export interface TokenRules extends PaceRules {
  accessTokenMs: number;
  refreshTokenMs: number;
  sessionsPerUser: number;
}

export interface TokenDeps {
  db: Database;
  keys: KeyRing;
  passwords: Passwords;
  rules: TokenRules;
  events: Events;
  trail: SignInTrail;
  now: Now;
}

const LONGEST_CREDENTIAL = 1_000;

/** What a user may do. The version is read first, so that a change in between makes the token void. */
export async function rightsOfUser(tx: TenantQueryable, userId: string): Promise<TokenRights> {
  const version = await versionOf(tx, userId);
  return { version, roles: await rolesOfUser(tx, userId) };
}

interface TokenRights {
  version: number;
  roles: readonly RoleGrant[];
}

interface TokenHolder extends TokenRights {
  kind: "user" | "api_key";
  tenantId: string;
  subjectId: string;
  sessionId: string;
  refreshToken: string;
  /** When the session or key itself expires. No token outlives it. */
  endTime?: Date | null;
}

export async function issue(
  { keys, rules, now }: TokenDeps,
  { kind, tenantId, subjectId, sessionId, version, roles, refreshToken, endTime }: TokenHolder,
): Promise<IssueTokenResponse> {
  const permissions = expand(roles);
  const leftMs = endTime ? endTime.getTime() - now().getTime() : Infinity;
  const expiresInSeconds = Math.floor(Math.min(rules.accessTokenMs, leftMs) / 1_000);
  const claims = { subject: subjectId, tenantId, kind, permissions, sessionId, version };
  const accessToken = await keys.sign(claims, expiresInSeconds);
  return {
    accessToken,
    tokenType: "Bearer",
    expiresInSeconds,
    refreshToken,
    permissions,
    tenantId,
    subjectId,
    deviceToken: "",
    refusedSignIns: 0,
    lastRefusedSignInTime: undefined,
  };
}

/** Throws unless every field of a grant is filled and not too long. */
export function checkFilled(grant: string, fields: Readonly<Record<string, string>>): void {
  const check = new Checks();
  for (const [name, value] of Object.entries(fields)) {
    check.that(value !== "", `${grant}.${name}`, "Required.");
    check.that(
      value.length <= LONGEST_CREDENTIAL,
      `${grant}.${name}`,
      `Must have at most ${LONGEST_CREDENTIAL} characters.`,
    );
  }
  check.done();
}
