import type { IssueTokenResponse, PasswordGrant } from "./contract.ts";
import { deviceTokenOf, keepDeviceToken } from "./device-token.ts";
import { ApiFailure, asFailure } from "./failure.ts";
import { issueToken, revokeToken } from "./token-calls.ts";

/** Whether somebody is signed in, and who it is. */
export type SessionState =
  | { status: "signed-out"; expired: boolean }
  | { status: "restoring"; failure?: ApiFailure }
  | { status: "signed-in"; tenant: string; email: string; permissions: readonly string[] };

/** Where the refresh token is kept, for this tab only, so that it survives a reload of the page. The access token is only kept in memory. */
interface SavedSession {
  tenant: string;
  email: string;
  refreshToken: string;
}

const storageKey = "herald.session";
/** A token that ends sooner than this is renewed before it is used. */
const renewBeforeMs = 30_000;

let kept = readKept();
let access: { token: string; endsAt: number } | undefined;
let renewing: Promise<void> | undefined;
let state: SessionState = kept ? { status: "restoring" } : { status: "signed-out", expired: false };
const listeners = new Set<() => void>();

/** For `useSyncExternalStore`. */
export const sessionStore = {
  current: (): SessionState => state,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Signs a person in; a failure leaves the session as it was. */
export async function signIn(password: PasswordGrant): Promise<IssueTokenResponse> {
  const { tenant, email } = password;
  const answer = await issueToken({ password: { ...password, deviceToken: deviceTokenOf(tenant, email) } });
  keepDeviceToken(tenant, email, answer.deviceToken);
  begin(answer, { tenant, email });
  return answer;
}

/** Signs out here at once, and ends the session at the server. */
export async function signOut(): Promise<void> {
  const refreshToken = kept?.refreshToken;
  end(false);
  if (refreshToken) await revokeToken(refreshToken);
}

/** Restores the session after a reload. Simultaneous calls share one restore. */
export async function restoreSession(): Promise<void> {
  if (state.status !== "restoring") return;
  setState({ status: "restoring" });
  await renew().catch((error: unknown) => {
    if (state.status === "restoring") setState({ status: "restoring", failure: asFailure(error) });
  });
}

/** Gives a token that stays valid for a while; undefined if nobody is signed in. */
export async function accessToken(): Promise<string | undefined> {
  if (!kept) return undefined;
  if (!access || access.endsAt - Date.now() < renewBeforeMs) await renew();
  return access?.token;
}

/** Forgets a token that the server refused, so that the next call renews it. */
export function dropAccessToken(token: string): void {
  if (access?.token === token) access = undefined;
}

// A refresh token works once, so calls that need a new access token at the same time share one renewal.
function renew(): Promise<void> {
  renewing ??= exchangeRefreshToken().finally(() => (renewing = undefined));
  return renewing;
}

async function exchangeRefreshToken(): Promise<void> {
  if (!kept) return;
  const { tenant, email, refreshToken } = kept;
  try {
    const answer = await issueToken({ refresh: { refreshToken } });
    if (kept?.refreshToken === refreshToken) begin(answer, { tenant, email });
  } catch (error) {
    if (error instanceof ApiFailure && (error.status === 400 || error.status === 401)) end(true);
    throw error;
  }
}

function begin(answer: IssueTokenResponse, { tenant, email }: { tenant: string; email: string }): void {
  access = { token: answer.accessToken, endsAt: Date.now() + answer.expiresInSeconds * 1_000 };
  kept = { tenant, email, refreshToken: answer.refreshToken };
  sessionStorage.setItem(storageKey, JSON.stringify(kept));
  setState({ status: "signed-in", tenant, email, permissions: answer.permissions });
}

function end(expired: boolean): void {
  access = undefined;
  kept = undefined;
  sessionStorage.removeItem(storageKey);
  setState({ status: "signed-out", expired });
}

function setState(next: SessionState): void {
  state = next;
  for (const listener of listeners) listener();
}

function readKept(): SavedSession | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(storageKey) ?? "null") as SavedSession | null) ?? undefined;
  } catch {
    return undefined;
  }
}
