/** Imitates a slow network: a TCP proxy that passes on the server's answers after a delay. */
import { connect, createServer } from "node:net";
import { once } from "node:events";
import { cleanup, type Owner } from "./cleanup.ts";

/** Listens in front of `address`. Gives the proxy's own address. */
export async function slowProxy(t: Owner, address: string, delayMs: number): Promise<string> {
  const [host = "", port = ""] = address.split(":");
  const server = createServer((from) => {
    const to = connect(Number(port), host);
    from.pipe(to);
    to.on("data", (bytes) => setTimeout(() => from.write(bytes), delayMs));
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const)
      one.on("error", () => {}).on("close", () => other.destroy());
    cleanup(t, () => from.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  cleanup(t, () => server.close());
  return `127.0.0.1:${(server.address() as { port: number }).port}`;
}
