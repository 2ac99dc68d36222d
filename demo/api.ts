/** The platform's REST API for a signed-in user. Retries calls while a part of the platform is unavailable for a moment. */
import { setTimeout as wait } from "node:timers/promises";
import createClient, { type Client, type Middleware } from "openapi-fetch";
import type { ApiError, paths } from "../gen/rest.ts";

export interface Login {
  tenant: string;
  email: string;
  password: string;
}

export interface Api {
  rest: Client<paths>;
  /** Sends bytes to an upload RPC; the response is JSON. */
  upload<Answer>(path: string, query: URLSearchParams, bytes: Blob): Promise<Answer>;
}

/** Retries last long enough for the restart of a service. */
const AWAY_MOST_MS = 60_000;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 3_000;

/** A token lasts 15 minutes; it is renewed well before its end. */
const RENEW_AFTER_MS = 10 * 60_000;

export async function signIn(edgeUrl: string, login: Login): Promise<Api> {
  const anonymous = createClient<paths>({
    baseUrl: edgeUrl,
    fetch: (request: Request) => patiently(() => fetch(request.clone())),
  });
  let token = "";
  let issuedAt = -Infinity;
  const authorization = async (): Promise<string> => {
    if (performance.now() - issuedAt > RENEW_AFTER_MS) {
      token = done(await anonymous.POST("/v1/tokens", { body: { password: login } })).accessToken;
      issuedAt = performance.now();
    }
    return `Bearer ${token}`;
  };
  const signed: Middleware = {
    async onRequest({ request }) {
      request.headers.set("authorization", await authorization());
      return request;
    },
  };
  await authorization();
  const rest = createClient<paths>({
    baseUrl: edgeUrl,
    fetch: (request: Request) => patiently(() => fetch(request.clone())),
  });
  rest.use(signed);
  return {
    rest,
    async upload(path, query, bytes) {
      const headers = { authorization: await authorization(), "content-type": "text/csv" };
      // The edge reads a `+` as a plus sign, not as a space, as in `?value=+12025550123`.
      const url = `${edgeUrl}${path}?${query.toString().replaceAll("+", "%20")}`;
      const response = await patiently(() => fetch(url, { method: "POST", headers, body: bytes }));
      if (!response.ok) throw new Error(words((await response.json()) as ApiError));
      return (await response.json()) as never;
    },
  };
}

/** 503 is UNAVAILABLE: nothing was done, and the same call is safe to repeat (a create carries its request id). */
async function patiently(ask: () => Promise<Response>): Promise<Response> {
  const giveUpAt = performance.now() + AWAY_MOST_MS;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    const response = await ask();
    if (response.status !== 503 || performance.now() > giveUpAt) return response;
    await response.body?.cancel();
    await wait(waitMs * (0.5 + Math.random() / 2));
  }
}

/** Gives the data of a response, or throws an error with the platform's message. */
export function done<Data>(answer: { data?: Data; error?: ApiError }): Data {
  if (answer.data === undefined) throw new Error(words(answer.error));
  return answer.data;
}

function words(error: ApiError | undefined): string {
  const fields = (error?.details ?? []).flatMap((detail) =>
    "fieldViolations" in detail ? (detail.fieldViolations as { field: string; description: string }[]) : [],
  );
  return [
    error?.message ?? "The platform did not answer.",
    ...fields.map(({ field, description }) => `  ${field}: ${description}`),
  ].join("\n");
}
