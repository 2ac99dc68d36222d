/** The typed clients of a signed-in person or program. */
import type { Command } from "commander";
import {
  TokenServiceDefinition,
  type IssueTokenRequest,
  type IssueTokenResponse,
} from "../gen/herald/identity/v1/token_service.ts";
import { bindScope, type BoundCalls, connect, type Connection } from "../svc/lib/client.ts";
import type { GenericDefinition } from "../svc/lib/definitions.ts";
import { alone, readSession, type Session, writeSession } from "./credentials.ts";
import { Failure } from "./failure.ts";

const CALL_MS = 30_000;
/** A token that ends sooner than this is renewed before it is used. */
const RENEW_BEFORE_MS = 30_000;
const DEFAULT_SERVER = "127.0.0.1:8080";

export interface Platform {
  client<Definition extends GenericDefinition>(definition: Definition): BoundCalls<Definition>;
}

/** Gives an action its clients, and closes the connection when the action has ended. */
export async function withPlatform<T>(command: Command, action: (platform: Platform) => Promise<T>): Promise<T> {
  const session = await signedIn(command);
  const connection = open(session.server, async () => `Bearer ${(await current(session)).accessToken}`);
  try {
    return await action({ client: (definition) => bind(connection, definition) });
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

/** Where to connect: told, from the environment, that of the last login, or the usual place. */
export async function serverFor(command: Command): Promise<string> {
  const told = command.optsWithGlobals<{ server?: string }>().server ?? process.env["HERALD_SERVER"];
  return told ?? (await readSession())?.server ?? DEFAULT_SERVER;
}

/** Programs may bring an API key in the environment instead of signing in. */
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
  const session = await readSession();
  if (!session)
    throw new Failure(
      "Nobody is signed in here.",
      "Sign in with `herald login`, or set HERALD_CLIENT_ID and HERALD_CLIENT_SECRET.",
    );
  return { ...session, server };
}

async function current(session: Session): Promise<Session> {
  if (session.expiresAt - Date.now() > RENEW_BEFORE_MS) return session;
  if (!session.refreshToken) throw new Failure("The session has ended.", "Sign in again with `herald login`.");
  const renewed = await alone(async () => {
    // Another command may have renewed it while we waited for our turn.
    const kept = await readSession();
    if (kept && kept.expiresAt - Date.now() > RENEW_BEFORE_MS) return kept;
    const refreshToken = kept?.refreshToken ?? session.refreshToken;
    const answer = await issueToken(session.server, { grant: { $case: "refresh", refresh: { refreshToken } } });
    const next = asSession(session.server, session.tenant, session.who, answer);
    await writeSession(next);
    return next;
  });
  return Object.assign(session, renewed);
}

export const asSession = (server: string, tenant: string, who: string, answer: IssueTokenResponse): Session => ({
  server,
  tenant,
  who,
  accessToken: answer.accessToken,
  expiresAt: Date.now() + answer.expiresInSeconds * 1000,
  refreshToken: answer.refreshToken,
});

/** `https://host` asks for TLS with the system's authorities; a bare `host:port` is plain. */
function open(server: string, token: () => string | Promise<string>): Connection {
  const url = /^https?:\/\//.test(server) ? new URL(server) : undefined;
  const publicTls = url?.protocol === "https:";
  const address = url ? `${url.hostname}:${url.port || (publicTls ? 443 : 80)}` : server;
  return connect({ address, token, deadlineMs: CALL_MS, publicTls });
}

const bind = <Definition extends GenericDefinition>(
  connection: Connection,
  definition: Definition,
): BoundCalls<Definition> => bindScope(connection.client(definition), { tenantId: "" });
