/** Answers Envoy's external authorization over HTTP: 200 lets a request pass, anything else is what its caller gets. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { answerTo } from "./answer.ts";
import type { CallRule } from "./shapes.ts";

export interface BodyCheck {
  port: number;
  stop(): Promise<void>;
}

/** Envoy sends no more than this; see `max_request_bytes` of its filter. */
const LARGEST_BODY = 4 << 20;

/** Listens for Envoy. `GET /healthz` is 200 while it does. */
export async function startBodyCheck(host: string, port: number, rules: readonly CallRule[]): Promise<BodyCheck> {
  const server = createServer((request, response) => {
    if (request.url === "/healthz") return void response.writeHead(200).end();
    answer(request, response, rules).catch(() => response.destroy());
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

async function answer(request: IncomingMessage, response: ServerResponse, rules: readonly CallRule[]): Promise<void> {
  const body = await bodyOf(request);
  const refusal = answerTo(
    {
      verb: request.method ?? "",
      path: request.url ?? "",
      contentType: request.headers["content-type"],
      requestId: String(request.headers["x-request-id"] ?? ""),
      body,
    },
    rules,
  );
  if (!refusal) response.writeHead(200).end();
  else response.writeHead(refusal.http, { "content-type": "application/json" }).end(refusal.body);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > LARGEST_BODY) throw new Error("The body is larger than Envoy may send.");
    pieces.push(piece);
  }
  return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
}
