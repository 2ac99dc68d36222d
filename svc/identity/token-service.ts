/** The RPCs of TokenService. */
import type {
  ClientCredentialsGrant,
  IssueTokenResponse,
  PasswordGrant,
  TokenServiceImplementation,
} from "../../gen/herald/identity/v1/token_service.ts";
import { AuditAction } from "../../gen/herald/options/v1/options.ts";
import type { Ctx, Handlers } from "../lib/context.ts";
import type { Database, Queryable } from "../lib/db.ts";
import { invalidField } from "../lib/errors.ts";
import { newId } from "../lib/ids.ts";
import { networkOf } from "../lib/networks.ts";
import type { Now } from "../lib/time.ts";
import { Checks } from "../lib/validate.ts";
import { type ApiKeyProof, getApiKeyProof, touchApiKey } from "./api-key-store.ts";
import {
  API_KEY_SECRET,
  DEVICE_TOKEN,
  makeSecret,
  newSessionId,
  readSecret,
  REFRESH_TOKEN,
  sameHash,
  type SecretParts,
  secretHash,
} from "./credentials.ts";
import { credentialsInvalid, refreshTokenInvalid, tooManyAttempts } from "./errors.ts";
import type { Events } from "./events.ts";
import type { KeyRing } from "./key-ring.ts";
import type { Passwords } from "./passwords.ts";
import { expand } from "./permissions.ts";
import { versionOf } from "./revocation-store.ts";
import { rolesOfApiKey, rolesOfUser, type RoleGrant } from "./role-store.ts";
import {
  type Account,
  deleteSession,
  findHolder,
  findSignInPlace,
  insertSession,
  rotateSession,
} from "./session-store.ts";
import { type PacedKey, pacedKeys, type PaceRules } from "./sign-in-pace.ts";
import type { SignInTrail } from "./sign-in-trail.ts";
import { admitTry, forgetTries, keepDevice, noteRefusal, takeRefusals, userOfDevice } from "./sign-in-store.ts";
import { getTenant } from "./tenant-store.ts";

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

/** How long verifiers may keep the public keys: far less than the time that a key is published before it signs. */
const JWKS_CACHE = "public, max-age=300";
const LONGEST_CREDENTIAL = 1_000;
/** Beyond it the one that was not used for longest is forgotten. */
const DEVICES_OF_A_USER = 20;

export const tokenService = (deps: TokenDeps): Handlers<TokenServiceImplementation> => ({
  async issueToken({ grant }, ctx) {
    switch (grant?.$case) {
      case "password":
        return signIn(deps, grant.password, ctx);
      case "clientCredentials":
        return signInProgram(deps, grant.clientCredentials, ctx);
      case "refresh":
        return goOn(deps, grant.refresh.refreshToken, ctx);
      case undefined:
        throw invalidField("grant", "Give exactly one of password, client_credentials and refresh.");
    }
  },

  async revokeToken({ refreshToken }, ctx) {
    if (refreshToken === "") throw invalidField("refresh_token", "Required.");
    const session = readSecret(REFRESH_TOKEN, refreshToken);
    if (session) await endSession(deps, session, ctx);
    return {};
  },

  async getJwks(_req, ctx) {
    ctx.sendHeaders({ "cache-control": JWKS_CACHE });
    return { contentType: "application/json", data: deps.keys.jwks() };
  },
});

/**
 * A person, by password. An unknown account is answered as a wrong password is: in the same words, and after the same work.
 */
async function signIn(deps: TokenDeps, grant: PasswordGrant, ctx: Ctx): Promise<IssueTokenResponse> {
  const { tenant, email, password } = grant;
  checkFilled("password", { tenant, email, password });
  const place = await findSignInPlace(deps.db.everyTenant(), tenant, email);
  const tried = place && ({ tenantId: place.tenantId, kind: "user", id: place.userId } as const);
  return deps.trail.noted(ctx, AuditAction.AUDIT_ACTION_SIGN_IN, tried, () =>
    letIn(deps, grant, place?.account, ctx.clientAddress),
  );
}

async function letIn(
  deps: TokenDeps,
  { tenant, email, password, deviceToken }: PasswordGrant,
  found: Account | undefined,
  address: string,
): Promise<IssueTokenResponse> {
  const { db, passwords, events, now } = deps;
  const device = await knownDevice(deps, deviceToken, found);
  const keys = pacedKeys({ tenant, email, address, deviceId: device?.id }, deps.rules);
  await refuseTooEarly(deps, keys);
  const right = await passwords.matches(password, found?.passwordHash, networkOf(address));
  if (!found || !right) {
    await noteRefusal(db.everyTenant(), found?.tenantId ?? newId(), found?.userId, now());
    events.signInRefused("password");
    throw credentialsInvalid();
  }
  const [own, shared] = [keys.slice(0, 2), keys.slice(2)].map((some) => some.map(({ key }) => key)) as [
    Buffer[],
    Buffer[],
  ];
  await forgetTries(db.everyTenant(), own, shared);
  return openSession(deps, found, device, now());
}

interface KnownDevice {
  id: string;
  token: string;
}

/** The device that this user signed in from before, if the token is one of theirs. */
async function knownDevice(
  { db }: TokenDeps,
  token: string,
  account: Account | undefined,
): Promise<KnownDevice | undefined> {
  const named = readSecret(DEVICE_TOKEN, token);
  if (!named || !account || named.tenantId !== account.tenantId) return undefined;
  const { tenantId, id } = named;
  const userId = await userOfDevice(db.tenant(tenantId), tenantId, id, secretHash(token));
  return userId === account.userId ? { id, token } : undefined;
}

async function refuseTooEarly({ db, rules, events, now }: TokenDeps, keys: readonly PacedKey[]): Promise<void> {
  const waitMs = await db.everyTenant().transaction((tx) => admitTry(tx, keys, now(), rules.wrongPasswordsWindowMs));
  if (waitMs === 0) return;
  events.signInThrottled();
  throw tooManyAttempts(waitMs);
}

async function openSession(
  deps: TokenDeps,
  { tenantId, userId }: Account,
  known: KnownDevice | undefined,
  now: Date,
): Promise<IssueTokenResponse> {
  const { db, rules } = deps;
  const id = newSessionId();
  const refreshToken = makeSecret(REFRESH_TOKEN, { tenantId, id });
  const expireTime = new Date(now.getTime() + rules.refreshTokenMs);
  const device = known ?? newDevice(tenantId);
  const kept = { tenantId, userId, id: device.id, secretHash: secretHash(device.token) };
  const { notice, ...held } = await db.transaction(tenantId, async (tx) => {
    await insertSession(
      tx,
      { tenantId, id, userId, tokenHash: secretHash(refreshToken), expireTime },
      rules.sessionsPerUser,
      now,
    );
    await keepDevice(tx, kept, DEVICES_OF_A_USER, now);
    const told = await takeRefusals(tx, tenantId, userId);
    return { ...(await rightsOfUser(tx, tenantId, userId)), notice: told };
  });
  deps.events.tokenIssued("password");
  const token = await issue(deps, { kind: "user", tenantId, subjectId: userId, sessionId: id, ...held, refreshToken });
  return { ...token, ...notice, deviceToken: device.token };
}

function newDevice(tenantId: string): KnownDevice {
  const id = newId();
  return { id, token: makeSecret(DEVICE_TOKEN, { tenantId, id }) };
}

/** A program, by its API key. */
async function signInProgram(
  deps: TokenDeps,
  { clientId, clientSecret }: ClientCredentialsGrant,
  ctx: Ctx,
): Promise<IssueTokenResponse> {
  checkFilled("client_credentials", { client_id: clientId, client_secret: clientSecret });
  const named = readSecret(API_KEY_SECRET, clientSecret);
  if (!named || named.id !== clientId.toLowerCase()) return refuseProgram(deps);
  const { tenantId, id } = named;
  const scope = deps.db.tenant(tenantId);
  const proof = await getApiKeyProof(scope, tenantId, id);
  const isTold = proof !== undefined || (await getTenant(scope, tenantId)) !== undefined;
  const tried = isTold ? ({ tenantId, kind: "api_key", id: proof && id } as const) : undefined;
  return deps.trail.noted(ctx, AuditAction.AUDIT_ACTION_SIGN_IN, tried, () =>
    letInProgram(deps, named, clientSecret, proof),
  );
}

async function letInProgram(
  deps: TokenDeps,
  { tenantId, id }: SecretParts,
  clientSecret: string,
  proof: ApiKeyProof | undefined,
): Promise<IssueTokenResponse> {
  const { db, events, now } = deps;
  const right = proof && sameHash(proof.secretHash, secretHash(clientSecret));
  const ended = proof && (proof.tenantSuspended || (proof.expireTime !== null && proof.expireTime <= now()));
  if (!right || ended) return refuseProgram(deps);
  const scope = db.tenant(tenantId);
  await touchApiKey(scope, tenantId, id, now());
  events.tokenIssued("client_credentials");
  return issue(deps, {
    kind: "api_key",
    tenantId,
    subjectId: id,
    sessionId: "",
    version: await versionOf(scope, tenantId, id),
    roles: await rolesOfApiKey(scope, tenantId, id),
    refreshToken: "",
    endTime: proof.expireTime,
  });
}

function refuseProgram({ events }: TokenDeps): never {
  events.signInRefused("client_credentials");
  throw credentialsInvalid();
}

/** A session goes on. */
async function goOn(deps: TokenDeps, refreshToken: string, ctx: Ctx): Promise<IssueTokenResponse> {
  checkFilled("refresh", { refresh_token: refreshToken });
  const session = readSecret(REFRESH_TOKEN, refreshToken);
  if (!session) throw refreshTokenInvalid();
  const { tenantId, id } = session;
  const holder = await findHolder(deps.db.tenant(tenantId), tenantId, id);
  const tried = holder && ({ tenantId, kind: "user", id: holder.userId } as const);
  return deps.trail.noted(ctx, AuditAction.AUDIT_ACTION_REFRESH, tried, () =>
    exchange(deps, session, refreshToken, ctx),
  );
}

/** Gives the next token for one. A token that was exchanged before ends the session: one of the two who hold it stole it. */
async function exchange(
  deps: TokenDeps,
  session: SecretParts,
  refreshToken: string,
  ctx: Ctx,
): Promise<IssueTokenResponse> {
  const { db, rules, events, now } = deps;
  const { tenantId, id } = session;
  const next = makeSecret(REFRESH_TOKEN, session);
  const at = now();
  const rotation = {
    tenantId,
    id,
    tokenHash: secretHash(refreshToken),
    nextTokenHash: secretHash(next),
    expireTime: new Date(at.getTime() + rules.refreshTokenMs),
  };
  const rotated = await db.transaction(tenantId, async (tx) => {
    const holder = await rotateSession(tx, rotation, at);
    return holder && { ...(await rightsOfUser(tx, tenantId, holder.userId)), subjectId: holder.userId };
  });
  if (!rotated) {
    if (await endSession(deps, session, ctx)) events.sessionEndedByReuse();
    throw refreshTokenInvalid();
  }
  events.tokenIssued("refresh");
  return issue(deps, { kind: "user", tenantId, sessionId: id, ...rotated, refreshToken: next });
}

/** Ends a session and tells the trail; false when there was none. */
async function endSession({ db, trail }: TokenDeps, { tenantId, id }: SecretParts, ctx: Ctx): Promise<boolean> {
  const userId = await deleteSession(db.tenant(tenantId), tenantId, id);
  if (userId === undefined) return false;
  await trail.signedOut(ctx, { tenantId, kind: "user", id: userId });
  return true;
}

/** What a user may do; the version first, so that a change in between makes the token void. */
async function rightsOfUser(tx: Queryable, tenantId: string, userId: string): Promise<Rights> {
  const version = await versionOf(tx, tenantId, userId);
  return { version, roles: await rolesOfUser(tx, tenantId, userId) };
}

interface Rights {
  version: number;
  roles: readonly RoleGrant[];
}

interface Holder extends Rights {
  kind: "user" | "api_key";
  tenantId: string;
  subjectId: string;
  sessionId: string;
  refreshToken: string;
  /** When the holder itself ends, which no token outlives. */
  endTime?: Date | null;
}

async function issue(
  { keys, rules, now }: TokenDeps,
  { kind, tenantId, subjectId, sessionId, version, roles, refreshToken, endTime }: Holder,
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

function checkFilled(grant: string, fields: Readonly<Record<string, string>>): void {
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
