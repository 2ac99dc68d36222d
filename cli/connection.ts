/** The typed clients of a signed-in person or program. */
import type { Command } from "commander";
import {
  TokenServiceDefinition,
  type IssueTokenRequest,
  type IssueTokenResponse,
} from "../gen/herald/identity/v1/token_service.ts";
import { bindScope, type BoundCalls, connect, type Connection } from "../svc/lib/client/client.ts";
import type { GenericDefinition } from "../svc/lib/rpc/definitions.ts";
import { errorDetails } from "../svc/lib/errors/error-details.ts";
import { alone, lastServer, readSession, renewSession, type Session } from "./credentials.ts";
import { Failure } from "./failure.ts";
import { readServer } from "./server.ts";

const CALL_MS = 30_000;
/** A token that ends sooner than this is renewed before it is used. */
const RENEW_BEFORE_MS = 30_000;
const DEFAULT_SERVER = "127.0.0.1:8080";

export interface Platform {
  client<Definition extends GenericDefinition>(definition: Definition): BoundCalls<Definition>;
}

/** Runs an action with its clients, and closes the connection afterwards. */
export async function withPlatform<T>(command: Command, action: (platform: Platform) => Promise<T>): Promise<T> {
  const session = await signedIn(command);
  const connection = open(session.server, async () => `Bearer ${(await current(session)).accessToken}`);
  try {
    return await action({ client: (definition) => bind(connection, definition) });
  } catch (error) {
    throw await afterRefusal(error, session);
  } finally {
    connection.close();
  }
}

/** Exchanges a password, API key or refresh token at a server. */
export async function issueToken(server: string, request: IssueTokenRequest): Promise<IssueTokenResponse> {
  const connection = open(server, () => "");
  try {
    return await bind(connection, TokenServiceDefinition).issueToken(request);
  } finally {
    connection.close();
  }
}

/** Ends the session at the server. */
export async function revokeToken(server: string, refreshToken: string): Promise<void> {
  const connection = open(server, () => "");
  try {
    await bind(connection, TokenServiceDefinition).revokeToken({ refreshToken });
  } finally {
    connection.close();
  }
}

/** Where to connect: the option, the environment, the server of the last login, or the default. */
export async function serverFor(command: Command): Promise<string> {
  return toldServer(command) ?? process.env["HERALD_SERVER"] ?? (await lastServer()) ?? DEFAULT_SERVER;
}

const toldServer = (command: Command): string | undefined => command.optsWithGlobals<{ server?: string }>().server;

/** The session at exactly the server that is called. Programs may set an API key in the environment instead of signing in. */
async function signedIn(command: Command): Promise<Session> {
  const { HERALD_CLIENT_ID: clientId, HERALD_CLIENT_SECRET: clientSecret } = process.env;
  const server = await serverFor(command);
  if (clientId && clientSecret) {
    return asSession(
      server,
      "",
      clientId,
      await issueToken(server, {
        grant: { $case: "clientCredentials", clientCredentials: { clientId, clientSecret } },
      }),
    );
  }
  const session = await readSession(server);
  if (!session) {
    const login = toldServer(command) ? `herald --server ${server} login` : "herald login";
    throw new Failure(
      `Nobody is signed in here at ${server}.`,
      `Sign in with \`${login}\`, or set HERALD_CLIENT_ID and HERALD_CLIENT_SECRET.`,
    );
  }
  return session;
}

/** A token becomes void early when rights were taken away. The next token has the rights that are left. */
async function afterRefusal(error: unknown, session: Session): Promise<unknown> {
  const isRefused = errorDetails(error)?.reason === "ERROR_REASON_NOT_AUTHENTICATED";
  if (!isRefused || !session.refreshToken) return error;
  const refused = session.accessToken;
  return renewed(session, (kept) => kept.accessToken !== refused).then(
    () => new Failure("Your rights have changed since this session began.", "Give the command again."),
    () => error,
  );
}

async function current(session: Session): Promise<Session> {
  if (session.expiresAt - Date.now() > RENEW_BEFORE_MS) return session;
  return renewed(session, ({ expiresAt }) => expiresAt - Date.now() > RENEW_BEFORE_MS);
}

/** Exchanges the refresh token, unless another command did so while we waited for our turn. */
async function renewed(session: Session, isFresh: (kept: Session) => boolean): Promise<Session> {
  if (!session.refreshToken) throw new Failure("The session has ended.", "Sign in again with `herald login`.");
  const next = await alone(async () => {
    const kept = await readSession(session.server);
    if (kept && isFresh(kept)) return kept;
    const refreshToken = kept?.refreshToken ?? session.refreshToken;
    const answer = await issueToken(session.server, { grant: { $case: "refresh", refresh: { refreshToken } } });
    const fresh = asSession(session.server, session.tenant, session.who, answer);
    await renewSession(fresh);
    return fresh;
  });
  return Object.assign(session, next);
}

export const asSession = (server: string, tenant: string, who: string, answer: IssueTokenResponse): Session => ({
  server,
  tenant,
  who,
  accessToken: answer.accessToken,
  expiresAt: Date.now() + answer.expiresInSeconds * 1000,
  refreshToken: answer.refreshToken,
});

function open(server: string, token: () => string | Promise<string>): Connection {
  const { address, tls } = readServer(server);
  return connect({ address, token, deadlineMs: CALL_MS, publicTls: tls });
}

const bind = <Definition extends GenericDefinition>(
  connection: Connection,
  definition: Definition,
): BoundCalls<Definition> => bindScope(connection.client(definition), { tenantId: "" });
