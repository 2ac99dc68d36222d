/** Answers Envoy's external authorization over HTTP: 200 lets a request pass; any other answer goes to its caller. */
import { createServer, type Socket } from "node:net";
import { LARGEST_JSON } from "../body-limits.ts";
import { answerTo, type EdgeRefusal, tooMuchWaits } from "./answer.ts";
import {
  type HttpAnswer,
  type RequestHead,
  type RequestReceiver,
  type HttpReply,
  serveConnection,
} from "./connection.ts";
import type { CallRules } from "./shapes.ts";
import { BodyTurns } from "./turns.ts";

export interface BodyCheck {
  port: number;
  stop(): Promise<void>;
}

/** Limit for waiting bodies of all callers together. */
const MOST_HELD_BYTES = 64 << 20;

/** Listens for Envoy. `GET /healthz` is 200 while it does. */
export async function startBodyCheck(
  host: string,
  port: number,
  rules: CallRules,
  mostHeldBytes = MOST_HELD_BYTES,
): Promise<BodyCheck> {
  const turns = new BodyTurns(mostHeldBytes);
  const sockets = new Set<Socket>();
  // Envoy decides how long connections stay open. If we closed one, somebody's request could fail.
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    serveConnection(socket, (head, reply) =>
      isHealthCheck(head) ? wellThen(reply) : receive(head, reply, rules, turns),
    );
  });
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
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const isHealthCheck = ({ path }: RequestHead): boolean => path === "/healthz";

const wellThen = (reply: HttpReply): RequestReceiver => ({ piece: () => {}, whole: () => reply(PASS), gone: () => {} });

function receive(head: RequestHead, reply: HttpReply, rules: CallRules, turns: BodyTurns): RequestReceiver {
  const requestId = headerOf(head, "x-request-id");
  const pieces: Buffer[] = [];
  let bytes = 0;
  const turn = turns.enter(callerOf(head), () => {
    pieces.length = 0;
    reply({ ...refused(tooMuchWaits(requestId)), isLast: true });
  });
  return {
    piece(piece) {
      bytes += piece.length;
      // Envoy sends no more than this; see `max_request_bytes` of its filter.
      if (bytes > LARGEST_JSON) return reply({ status: 413, isLast: true });
      pieces.push(piece);
      turn.hold(piece.length);
    },
    whole: () =>
      turn.ready(() => {
        const contentType = head.headers.get("content-type");
        const body = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
        const refusal = answerTo({ verb: head.verb, path: head.path, contentType, requestId, body }, rules);
        reply(refusal ? refused(refusal) : PASS);
      }),
    // Envoy closes the connection when it or its caller has waited long enough.
    gone: () => turn.leave(),
  };
}

/** The caller for turns: a tenant or, without a token, an address. Envoy sets both headers, and nobody else can. */
const callerOf = (head: RequestHead): string => headerOf(head, "x-herald-tenant") || headerOf(head, "x-herald-client");

const headerOf = ({ headers }: RequestHead, name: string): string => headers.get(name) ?? "";

const PASS: HttpAnswer = { status: 200 };

const refused = ({ http, body }: EdgeRefusal): HttpAnswer => ({
  status: http,
  headers: { "content-type": "application/json", ...(http === 429 && { "retry-after": "1" }) },
  body,
});
