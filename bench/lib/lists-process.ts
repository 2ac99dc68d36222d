/** Runs `lists`, and `identity`, which it asks for a tenant's settings, as processes of their own on a database of their own. */
import { randomUUID } from "node:crypto";
import { freePorts } from "../../deploy/local/ports.ts";
import type { TestServers } from "../../deploy/local/test-servers.ts";
import { TenantServiceDefinition } from "../../gen/herald/identity/v1/tenant_service.ts";
import { bootstrapDatabase, serviceUrl } from "../../svc/lib/postgres/bootstrap.ts";
import { type Connection, connect } from "../../svc/lib/client/client.ts";
import { audienceOf, meshTokens } from "../../svc/lib/auth/mesh-token.ts";
import { pause } from "../../svc/lib/async/time.ts";
import { ended, maxRssMb, startService } from "./processes.ts";

const MESH_KEY = "a mesh key for benches, of at least thirty-two bytes";
const TRIES = 300;

export interface ListsProcess {
  tenantId: string;
  connection: Connection;
  databaseUrl: string;
  /** The most memory that the process has used. */
  maxRssMb(): number;
  stop(): Promise<void>;
}

export async function startListsProcess(servers: TestServers): Promise<ListsProcess> {
  const passwords = { identity: "for the bench alone", lists: "for the bench alone" };
  const options = { adminUrl: servers.databaseUrl, database: `bench_${randomUUID().replaceAll("-", "")}`, passwords };
  await bootstrapDatabase(options);
  const [identityPort, listsPort] = await freePorts(2);
  const common = {
    HERALD_MESH_KEY: MESH_KEY,
    IDENTITY_KEY_SECRET: MESH_KEY,
  };
  const identity = startService("identity", {
    ...common,
    DATABASE_URL: serviceUrl(options, "identity"),
    PORT: String(identityPort),
  });
  const databaseUrl = serviceUrl(options, "lists");
  const mesh = { HERALD_MESH_IDENTITY: `127.0.0.1:${identityPort}` };
  const lists = startService("lists", { ...common, ...mesh, DATABASE_URL: databaseUrl, PORT: String(listsPort) });
  const opened = [
    { name: "identity", port: identityPort },
    { name: "lists", port: listsPort },
  ].map(({ name, port }) =>
    connect({
      address: `127.0.0.1:${port}`,
      token: meshTokens("bench", audienceOf(MESH_KEY, name)),
      deadlineMs: 600_000,
    }),
  );
  const [toIdentity, connection] = opened as [Connection, Connection];
  const tenants = toIdentity.client(TenantServiceDefinition);
  const fresh = {
    tenant: { slug: "bench" },
    adminEmail: "bench@example.com",
    adminPassword: "a password for the bench",
  };
  const made = await retried(() => tenants.createTenant(fresh, { tenantId: "*" }));
  return {
    tenantId: made.tenant?.id ?? "",
    connection,
    databaseUrl,
    maxRssMb: () => maxRssMb(lists),
    async stop() {
      for (const one of opened) one.close();
      await Promise.all([lists, identity].map(ended));
    },
  };
}

/** Tries a call again until services answer, which they do after their migrations. */
export async function retried<T>(call: () => Promise<T>): Promise<T> {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await call();
    } catch (error) {
      if (left === 0) throw error;
      await pause(100);
    }
  }
}
