/** The RPCs of TokenService. */
import type { TokenServiceImplementation } from "../../../gen/herald/identity/v1/token_service.ts";
import type { Handlers } from "../../lib/rpc/context.ts";
import { invalidField } from "../../lib/errors/errors.ts";
import { readSecret, REFRESH_TOKEN } from "./credentials.ts";
import { signInProgram } from "./program-sign-in.ts";
import { endSession, goOn } from "./session-exchange.ts";
import type { TokenDeps } from "./token-issue.ts";
import { signIn } from "./user-sign-in.ts";

/** How long verifiers may cache the public keys: far less than the time between a key's publication and its first use. */
const JWKS_CACHE = "public, max-age=300";

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
    if (session) await endSession(deps, session, refreshToken, ctx);
    return {};
  },

  async getJwks(_req, ctx) {
    ctx.sendHeaders({ "cache-control": JWKS_CACHE });
    return { contentType: "application/json", data: deps.keys.jwks() };
  },
});
