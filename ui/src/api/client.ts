import createClient from "openapi-fetch";
import type { paths } from "./contract.ts";
import { send } from "./send.ts";

/** The REST contract, typed: `answerOf(api.GET("/v1/contact-lists", { params, signal }))`. */
export const api = createClient<paths>({ fetch: send });

/** Query parameters without the empty ones, so that addresses stay short and the server's defaults apply. */
export function given<Params extends object>(params: Params): Params {
  const entries = Object.entries(params).filter(([, value]) => value !== undefined && value !== "" && value !== null);
  return Object.fromEntries(entries) as Params;
}
