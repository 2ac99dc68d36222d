/** Runs a whole platform for a test: all services, PostgreSQL, Redis, Envoy and simulated carriers, on free ports with data of its own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import createClient, { type Client } from "openapi-fetch";
import { type Platform, startPlatform } from "../../deploy/local/platform.ts";
import { privateSettings } from "../../deploy/local/settings.ts";
import type { ApiError, paths } from "../../gen/rest.ts";
import { cleanup, type Owner } from "./cleanup.ts";

export interface BootedPlatform {
  platform: Platform;
  /** A client that is signed in as the demo tenant's administrator. */
  rest: Client<paths>;
  token: string;
  /** What the simulated carriers received: `await carriers("/counts")`. */
  carriers<Answer>(path: string, init?: RequestInit): Promise<Answer>;
}

/**
 * Starts a platform; `env` has the settings that a person would make. A test that kills PostgreSQL needs `durable`, or else the last
 * commits are lost with it.
 */
export async function bootPlatform(
  t: Owner,
  env: Record<string, string> = {},
  { durable = false } = {},
): Promise<BootedPlatform> {
  const dataDir = await mkdtemp(join(tmpdir(), "herald-platform-"));
  cleanup(t, () => rm(dataDir, { recursive: true, force: true }));
  const settings = await privateSettings(dataDir, env);
  const platform = await startPlatform({ settings, ui: "any", durable });
  cleanup(t, () => platform.stop());
  if (!platform.demo) throw new Error("The demo tenant is missing.");
  const token = await signIn(platform.edgeUrl, platform.demo);
  return {
    platform,
    token,
    rest: restClient(platform.edgeUrl, token),
    carriers: async (path, init) => {
      const response = await fetch(`http://127.0.0.1:${settings.ports.HERALD_ARRIVALS_PORT}${path}`, init);
      return (await response.json()) as never;
    },
  };
}

export async function signIn(
  edgeUrl: string,
  login: { tenant: string; email: string; password: string },
): Promise<string> {
  const answer = await createClient<paths>({ baseUrl: edgeUrl }).POST("/v1/tokens", { body: { password: login } });
  return ok(answer).accessToken;
}

/** Creates a second tenant and signs in as its administrator. Gives the token. */
export async function otherTenant(platform: Platform): Promise<string> {
  const { email, password } = platform.secrets.platformAdmin;
  const admin = restClient(platform.edgeUrl, await signIn(platform.edgeUrl, { tenant: "platform", email, password }));
  const login = { tenant: "other", email: "admin@example.org", password: "a password of the other" };
  ok(
    await admin.POST("/v1/tenants", {
      body: {
        tenant: { slug: login.tenant, displayName: "Other" },
        adminEmail: login.email,
        adminPassword: login.password,
      },
    }),
  );
  return signIn(platform.edgeUrl, login);
}

export const restClient = (edgeUrl: string, token: string): Client<paths> =>
  createClient<paths>({ baseUrl: edgeUrl, headers: { authorization: `Bearer ${token}` } });

/** The data of an answer; throws if the call failed. */
export function ok<Data>({ data, error }: { data?: Data; error?: ApiError }): Data {
  if (data === undefined) throw new Error(JSON.stringify(error));
  return data;
}
