/** Permissions, as the contract names them, and the built-in roles of every tenant. */
import { methods } from "../../../gen/methods.ts";

/** In a role, it stands for every permission that the tenant's roles can hold. */
const EVERYTHING = "*";

/** Only services hold `mesh.*`, and only the platform's own administrators `platform.*`. Nobody holds `public`. */
const isGrantable = (permission: string) => permission !== "public" && !/^(mesh|platform)\./.test(permission);
const isPlatform = (permission: string) => permission.startsWith("platform.");

/** Every permission that the contract requires, in alphabetical order, with the RPCs that require it. */
const contract: ReadonlyMap<string, readonly string[]> = rpcsByPermission();
const grantable = [...contract.keys()].filter(isGrantable);
const platform = [...contract.keys()].filter(isPlatform);

/** Every permission that a role can hold, with the RPCs that need it. */
export const grantablePermissions = (): { name: string; rpcs: string[] }[] =>
  grantable.map((name) => ({ name, rpcs: [...(contract.get(name) ?? [])] }));

/** Tells whether a tenant's role may hold this permission. */
export const canBeGranted = (permission: string): boolean =>
  permission === EVERYTHING || (isGrantable(permission) && contract.has(permission));

/** A role that tenants do not make themselves. Its permissions follow the contract as it grows. */
export interface BuiltInRole {
  name: string;
  description: string;
  /** As the API shows them. */
  permissions: readonly string[];
  /** Whether every tenant has it, or only the platform's own. */
  platform: boolean;
}

const administers = (permission: string) => /^(users|roles|api-keys)\./.test(permission);
const reads = (permission: string) => /\.(read|check)$/.test(permission);
/** Supervisors run campaigns and manage the data behind them. Users, rules and settings of the tenant are for administrators. */
const supervises = (permission: string) =>
  !administers(permission) && !["rules.write", "tenant.write", "audit.read"].includes(permission);
const views = (permission: string) => reads(permission) && !administers(permission) && permission !== "audit.read";
const integrates = (permission: string) => supervises(permission) && !/^campaigns\.(write|start)$/.test(permission);

export const BUILT_IN_ROLES = {
  administrator: {
    name: "Administrator",
    description: "May do everything in this tenant.",
    permissions: [EVERYTHING],
    platform: false,
  },
  supervisor: {
    name: "Supervisor",
    description:
      "Runs campaigns and everything behind them: lists, suppression, attempts, contacts. Reads rules and settings.",
    permissions: grantable.filter(supervises),
    platform: false,
  },
  integration: {
    name: "Integration",
    description:
      "For programs that bring lists and fetch results: all of a supervisor's but making and starting campaigns.",
    permissions: grantable.filter(integrates),
    platform: false,
  },
  viewer: {
    name: "Viewer",
    description: "Reads everything but users, keys and the audit trail; changes nothing.",
    permissions: grantable.filter(views),
    platform: false,
  },
  "platform-administrator": {
    name: "Platform administrator",
    description: "May do everything in this tenant, and makes and lists tenants.",
    permissions: [EVERYTHING, ...platform],
    platform: true,
  },
} as const satisfies Record<string, BuiltInRole>;

export type BuiltInRoleKey = keyof typeof BUILT_IN_ROLES;

/** What a role allows: built-in roles as defined here, others as stored. Names that the contract no longer has are dropped. */
export function permissionsOfRole(role: { builtIn: string | null; permissions: readonly string[] }): readonly string[] {
  if (role.builtIn !== null) return BUILT_IN_ROLES[role.builtIn as BuiltInRoleKey]?.permissions ?? [];
  return role.permissions.filter(canBeGranted);
}

/** Every single permission of somebody who holds these roles: what goes into the access token. */
export function expand(roles: readonly { builtIn: string | null; permissions: readonly string[] }[]): string[] {
  const held = new Set(roles.flatMap(permissionsOfRole));
  if (held.delete(EVERYTHING)) for (const permission of grantable) held.add(permission);
  return [...held].sort();
}

/** Tells whether one of the roles allows everything: its holder is an administrator. */
export const isAdministrator = (
  roles: readonly { builtIn: string | null; permissions: readonly string[] }[],
): boolean => roles.some((role) => permissionsOfRole(role).includes(EVERYTHING));

function rpcsByPermission(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [path, { requires }] of Object.entries(methods)) {
    if (requires === null) continue;
    const rpcs = found.get(requires) ?? [];
    rpcs.push(path.slice(1));
    found.set(requires, rpcs);
  }
  for (const rpcs of found.values()) rpcs.sort();
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
