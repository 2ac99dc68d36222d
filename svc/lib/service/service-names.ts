/**
 * The only list of the services of the mesh: ports, addresses, roles and schemas, the edge, folder rules, benches and the view of what
 * could not be delivered all read it. The order gives the ports, so a new service goes to the end.
 */
const SERVICES = [
  { name: "identity", hasOutbox: false },
  { name: "jobs", hasOutbox: true },
  { name: "lists", hasOutbox: true },
  { name: "compliance", hasOutbox: true },
  { name: "campaigns", hasOutbox: true },
  { name: "dial", hasOutbox: true },
  { name: "contacts", hasOutbox: true },
] as const;

/** The name of a service of the mesh. */
export type ServiceName = (typeof SERVICES)[number]["name"];

export const SERVICE_NAMES: readonly ServiceName[] = SERVICES.map(({ name }) => name);

/** Those that keep an outbox, and so answer OutboxService. */
export const OUTBOX_SERVICES: readonly ServiceName[] = SERVICES.flatMap(({ name, hasOutbox }) =>
  hasOutbox ? [name] : [],
);

/** A record with what `value` gives for each service. */
export const byService = <T>(value: (name: ServiceName, index: number) => T): Record<ServiceName, T> =>
  Object.fromEntries(SERVICE_NAMES.map((name, i) => [name, value(name, i)])) as Record<ServiceName, T>;
