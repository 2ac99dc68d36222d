/** Postgres notifications, on a connection of their own that reconnects by itself. */
import pg from "pg";
import type { Logger } from "../observe/log.ts";
import { backoffMs, pause } from "../async/time.ts";

/** Listens until stopped. Also calls `heard` with undefined after each connection, since earlier notifications may have been missed. */
export function listenForever(
  url: string,
  channel: string,
  heard: (payload: string | undefined) => void,
  log: Logger,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const ended = (async () => {
    for (let attempt = 1; !stopping.signal.aborted; attempt++) {
      const client = new pg.Client({
        connectionString: url,
        keepAlive: true,
        application_name: `herald-listen-${channel}`,
      });
      try {
        await client.connect();
        await client.query(`listen ${pg.escapeIdentifier(channel)}`);
        client.on("notification", ({ payload }) => heard(payload ?? ""));
        heard(undefined);
        attempt = 0;
        await broken(client, stopping.signal);
      } catch (error) {
        if (!stopping.signal.aborted) log.warn({ error, channel }, "notifications interrupted");
      } finally {
        await client.end().catch(() => {});
      }
      await pause(backoffMs(attempt + 1, { baseMs: 100, mostMs: 5_000 }), stopping.signal);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

/** Resolves when we stop, rejects when the connection breaks. */
function broken(client: pg.Client, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    client.on("error", reject);
    client.on("end", () => reject(new Error("the connection ended")));
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
