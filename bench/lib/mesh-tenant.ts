/** Creates a tenant of its own on the services of a bench, and its contact lists. */
import { Channel } from "../../gen/herald/common/v1/channel.ts";
import { TenantServiceDefinition } from "../../gen/herald/identity/v1/tenant_service.ts";
import { ContactListServiceDefinition } from "../../gen/herald/lists/v1/contact_list_service.ts";
import { type BoundCalls, bindScope, connect } from "../../svc/lib/client/client.ts";
import { type Database, openDatabase } from "../../svc/lib/postgres/db.ts";
import type { GenericDefinition } from "../../svc/lib/rpc/definitions.ts";
import { newId } from "../../svc/lib/request/ids.ts";
import { createLog } from "../../svc/lib/observe/log.ts";
import { audienceOf, meshTokens } from "../../svc/lib/auth/mesh-token.ts";
import { MESH_KEY, until } from "../../tests/lib/harness.ts";
import type { Mesh } from "./mesh-processes.ts";

const PATIENCE = { timeoutMs: 30_000 };
const BATCH_PEOPLE = 100_000;
const EMAIL = 10;
const MOBILE = 4;

/** What a tenant needs to know of running services. */
export interface MeshOfTenant {
  addresses: Mesh["addresses"];
  databaseUrls: Pick<Mesh["databaseUrls"], "lists">;
  meshKey?: string;
}

export interface MeshTenant {
  id: string;
  client<Definition extends GenericDefinition>(
    definition: Definition,
    service: keyof MeshOfTenant["addresses"],
  ): BoundCalls<Definition>;
  /** Creates a list of people with one device each, as an import would. */
  newList(channel: Channel, infos: readonly string[], zone: string): Promise<string>;
  stop(): Promise<void>;
}

export async function openMeshTenant(mesh: MeshOfTenant): Promise<MeshTenant> {
  const connections = new Map<string, ReturnType<typeof connect>>();
  const db = openDatabase({
    url: mesh.databaseUrls.lists,
    service: "lists",
    connections: 1,
    statementTimeoutMs: 60_000,
    log: createLog("bench", "silent"),
  });
  const to = (service: keyof MeshOfTenant["addresses"]) => {
    const known = connections.get(service);
    const token = meshTokens("bench", audienceOf(mesh.meshKey ?? MESH_KEY, service));
    const connection = known ?? connect({ address: mesh.addresses[service], token, deadlineMs: 20_000 });
    connections.set(service, connection);
    return connection;
  };
  const tenants = bindScope(to("identity").client(TenantServiceDefinition), { tenantId: "*" });
  const slug = `bench-${newId().slice(-12)}`;
  const fresh = { tenant: { slug }, adminEmail: "a@example.com", adminPassword: newId() };
  const { tenant } = await until(() => tenants.createTenant(fresh).catch(() => undefined), PATIENCE);
  const id = tenant?.id ?? "";
  const lists = bindScope(to("lists").client(ContactListServiceDefinition), { tenantId: id });
  return {
    id,
    client: (definition, service) => bindScope(to(service).client(definition), { tenantId: id }),
    async newList(channel, infos, zone) {
      const create = () => lists.createContactList({ contactList: { name: newId() } }).catch(() => undefined);
      const contactListId = (await until(create, PATIENCE)).contactList?.id ?? "";
      for (let from = 0; from < infos.length; from += BATCH_PEOPLE)
        await insertPeople(
          db,
          { tenantId: id, contactListId, channel, zone },
          infos.slice(from, from + BATCH_PEOPLE),
          from,
        );
      return contactListId;
    },
    async stop() {
      await db.close();
      for (const connection of connections.values()) connection.close();
    },
  };
}

async function insertPeople(
  db: Database,
  list: { tenantId: string; contactListId: string; channel: Channel; zone: string },
  infos: readonly string[],
  from: number,
): Promise<void> {
  await db.tenant(list.tenantId).query(
    `insert into lists.records (tenant_id, contact_list_id, id, import_number, source_line, client_id, first_name, last_name, company, postal_code, state,
       country, zone, fields, device_indexes, device_types, device_infos, device_zones)
     select $1, $2, uuidv7(), 1, line, right($2::uuid::text, 12) || '-' || line, 'Ann' || line, 'Example', '', '', '', '', $4, '{}',
       '{1}', array[$5]::smallint[], array[info], array[$4]
     from (select $6 + place as line, info from unnest($3::text[]) with ordinality as given (info, place)) as people`,
    [
      list.tenantId,
      list.contactListId,
      infos,
      list.zone,
      list.channel === Channel.CHANNEL_EMAIL ? EMAIL : MOBILE,
      from,
    ],
  );
}
