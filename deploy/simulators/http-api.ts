/** JSON over HTTP: shows what arrived at the simulators, and changes their behaviour. Only on loopback and without authentication, since it holds only test data. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers a request. A BadRequestError becomes 400. */
export type RouteHandler = (query: URLSearchParams, body: unknown) => unknown;

/** By method and path: `"GET /email/messages"`. */
export type Routes = Readonly<Record<string, RouteHandler>>;

/** The caller made a mistake; the message says what would be right. */
export class BadRequestError extends Error {}

const BODY_BYTES = 1024 * 1024;

export async function startHttpApi(
  routes: Routes,
  { host, port }: { host: string; port: number },
): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(routes, request).then(
      ({ code, body }) => reply(response, code, body),
      (error: unknown) =>
        reply(response, error instanceof BadRequestError ? 400 : 500, {
          message: error instanceof Error ? error.message : String(error),
        }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) =>
      reject(new Error(`SIM_HTTP_PORT ${port} cannot be used: ${error.message}`, { cause: error })),
    );
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(routes: Routes, request: IncomingMessage): Promise<{ code: number; body: unknown }> {
  const url = new URL(request.url ?? "/", "http://simulators");
  const route = routes[`${request.method} ${url.pathname}`];
  if (!route) return { code: 404, body: { message: "There is no such path.", paths: Object.keys(routes) } };
  return { code: 200, body: (await route(url.searchParams, await readBody(request))) ?? {} };
}

function reply(response: ServerResponse, code: number, body: unknown): void {
  response.writeHead(code, { "content-type": "application/json" }).end(`${JSON.stringify(body)}\n`);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if ((bytes += chunk.length) > BODY_BYTES) throw new BadRequestError("The body may have 1 MiB at most.");
    chunks.push(chunk);
  }
  if (bytes === 0) return {};
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new BadRequestError("The body must be JSON.");
  }
}

/** A number of the query, `usual` when it is absent. */
export function numberOf(query: URLSearchParams, name: string, usual: number): number {
  const text = query.get(name);
  if (text === null) return usual;
  if (!/^\d+$/.test(text)) throw new BadRequestError(`${name} must be a whole number, not ${JSON.stringify(text)}.`);
  return Number(text);
}
