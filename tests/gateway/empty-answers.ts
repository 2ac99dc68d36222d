/** A service behind an edge under test that answers nothing. */
import { HttpBody } from "../../gen/google/api/httpbody.ts";
import { publicKeySet } from "../lib/harness.ts";

export const JWKS = "/herald.identity.v1.TokenService/GetJwks";

/** Nothing but the keys that tokens are verified with. */
export async function emptyAnswers(): Promise<(path: string) => Uint8Array> {
  const data = Buffer.from(await publicKeySet());
  const jwks = HttpBody.encode({ contentType: "application/json", data, extensions: [] }).finish();
  return (path) => (path === JWKS ? jwks : new Uint8Array());
}
