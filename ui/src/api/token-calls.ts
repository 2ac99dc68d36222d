import createClient from "openapi-fetch";
import type { IssueTokenRequest, IssueTokenResponse, paths } from "./contract.ts";
import { answerOf } from "./failure.ts";

// The calls that need no token. They have their own client, because the other client gets its token here.
const client = createClient<paths>();

/** Exchanges a password or a refresh token for an access token. */
export const issueToken = (grant: IssueTokenRequest): Promise<IssueTokenResponse> =>
  answerOf(client.POST("/v1/tokens", { body: grant }));

/** Ends the session that the refresh token belongs to. */
export const revokeToken = (refreshToken: string): Promise<unknown> =>
  answerOf(client.POST("/v1/tokens:revoke", { body: { refreshToken } }));
