import createClient from "openapi-fetch";
import type { ApiError, paths } from "../../gen/rest.ts";
import type { Secrets } from "./secrets.ts";

/** How a person signs in to the demo tenant. */
export interface DemoLogin {
  tenant: string;
  email: string;
  password: string;
}

const tenant = "demo";
const email = "demo@example.com";
const platformTenant = "platform";

/** Makes the demo tenant through the API, unless it exists already. */
export async function ensureDemoTenant(edgeUrl: string, secrets: Secrets): Promise<DemoLogin> {
  const login = { tenant, email, password: secrets.demoPassword };
  const api = createClient<paths>({ baseUrl: edgeUrl });
  const signIn = (grant: DemoLogin): ReturnType<typeof post> => post(grant);
  const post = (grant: DemoLogin) => api.POST("/v1/tokens", { body: { password: grant } });

  if ((await signIn(login)).data) return login;
  const admin = await signIn({ tenant: platformTenant, ...secrets.platformAdmin });
  if (!admin.data) throw new Error(`The platform's administrator could not sign in: ${words(admin.error)}`);
  const made = await api.POST("/v1/tenants", {
    headers: { authorization: `Bearer ${admin.data.accessToken}` },
    body: {
      tenant: { slug: tenant, displayName: "Demo" },
      adminEmail: email,
      adminPassword: login.password,
    },
  });
  if (made.data) return login;
  // It exists, and somebody gave the demo user another password, which we do not know.
  if (made.response.status === 409) return { ...login, password: "(the one you gave it)" };
  throw new Error(`The demo tenant could not be made: ${words(made.error)}`);
}

const words = (error: ApiError | undefined): string => error?.message ?? "no answer";
