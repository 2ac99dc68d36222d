/** Answers Envoy's external authorization over HTTP: 200 lets a request pass, anything else is what its caller gets. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { LARGEST_JSON } from "../body-limits.ts";
import { answerTo, type Refusal, tooMuchWaits } from "./answer.ts";
import type { CallRule } from "./shapes.ts";
import { type Turn, Turns } from "./turns.ts";

export interface BodyCheck {
  port: number;
  stop(): Promise<void>;
}

/** Bodies held at once, of all callers together. */
const MOST_HELD_BYTES = 64 << 20;

/** Listens for Envoy. `GET /healthz` is 200 while it does. */
export async function startBodyCheck(
  host: string,
  port: number,
  rules: readonly CallRule[],
  mostHeldBytes = MOST_HELD_BYTES,
): Promise<BodyCheck> {
  const turns = new Turns(mostHeldBytes);
  const server = createServer((request, response) => {
    if (request.url === "/healthz") response.writeHead(200).end();
    else answer(request, response, rules, turns);
  });
  // Envoy keeps connections for as long as it likes: closing one under it would refuse somebody's request.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => reject(new Error(`${host}:${port} cannot be used: ${cause.message}`, { cause })));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(request: IncomingMessage, response: ServerResponse, rules: readonly CallRule[], turns: Turns): void {
  const requestId = headerOf(request, "x-request-id");
  const pieces: Buffer[] = [];
  const turn = turns.enter(callerOf(request), () => {
    pieces.length = 0;
    // What still comes of its body is not waited for.
    send(response.setHeader("connection", "close"), tooMuchWaits(requestId));
  });
  // Envoy closes the connection when it has waited long enough, or its caller has.
  response.on("close", () => turn.leave());
  collect(request, pieces, turn).on("end", () =>
    turn.ready(() => {
      const told = {
        verb: request.method ?? "",
        path: request.url ?? "",
        contentType: request.headers["content-type"],
        requestId,
        body: pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces),
      };
      send(response, answerTo(told, rules));
    }),
  );
}

function collect(request: IncomingMessage, pieces: Buffer[], turn: Turn): IncomingMessage {
  let bytes = 0;
  return request.on("data", (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > LARGEST_JSON) return void request.destroy(); // Envoy sends no more than this; see `max_request_bytes` of its filter
    pieces.push(piece);
    turn.hold(piece.length);
  });
}

/** Who takes turns: a tenant, or an address without a token. Envoy names both, and nobody else can. */
const callerOf = (request: IncomingMessage): string =>
  headerOf(request, "x-herald-tenant") || headerOf(request, "x-herald-client");

const headerOf = (request: IncomingMessage, name: string): string => String(request.headers[name] ?? "");

function send(response: ServerResponse, refusal: Refusal | null): void {
  if (!refusal) return void response.writeHead(200).end();
  const headers = { "content-type": "application/json", ...(refusal.http === 429 && { "retry-after": "1" }) };
  response.writeHead(refusal.http, headers).end(refusal.body);
}
