/** A plain gRPC server, for tests of clients. */
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { connect, type Connection } from "../../svc/lib/client/client.ts";
import { cleanup } from "./cleanup.ts";
import type { TestContext } from "node:test";

/** Starts a server on a free port and connects to it; closes both after the test. The `authorization` of each call is its tenant id. */
export async function openBareServer(t: TestContext): Promise<{ server: Server; connection: Connection }> {
  const server = new Server();
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const address = `127.0.0.1:${port}`;
  // Without methods the client retries no call, so that tests can count calls.
  const connection = connect({ address, token: (tenantId) => tenantId, deadlineMs: 10_000, methods: {} });
  cleanup(t, () => {
    connection.close();
    server.forceShutdown();
  });
  return { server, connection };
}
