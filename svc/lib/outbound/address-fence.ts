/**
 * Which addresses a service may connect to when somebody else names the host. Addresses of the operator's own networks are refused unless
 * a setting allows them. The address is checked when it is used, so that a name cannot lead elsewhere after it was checked.
 */
import { BlockList, isIP, isIPv6, type LookupFunction } from "node:net";
import { networkInterfaces } from "node:os";
import { groupsOf } from "../request/networks.ts";
import type { Env } from "../service/config.ts";
import { type HostAddress, lookUp } from "./look-up.ts";

/** The kinds of networks that are not public. */
const NETWORKS = {
  loopback: ["127.0.0.0/8", "::1/128"],
  private: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fec0::/10"],
  "link-local": ["169.254.0.0/16", "fe80::/10"],
} as const;
/** Nobody's: unspecified, reserved, for documentation, benchmarks, protocols and tunnels (Teredo), several receivers. */
const NOWHERE = [
  ...[
    "0.0.0.0/8",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
  ],
  ...["224.0.0.0/3", "2001::/23", "2001:db8::/32", "3fff::/20"],
];
/** All addresses of one receiver that IPv6 has given out. What is outside leads nowhere, or to IPv4 by the ways of some network. */
const PUBLIC_IPV6 = ["2000::/3"];

type NetworkKind = keyof typeof NETWORKS;
const KINDS = Object.keys(NETWORKS) as NetworkKind[];

/** The error code of an address that is not allowed. */
export const ADDRESS_REFUSED = "EADDRREFUSED";

/**
 * The host leads to an address that is not allowed, or to none. The message is for people: of a name it does not say which, since whoever asks often
 * enough would learn the names of the operator's own networks.
 */
export class AddressRefusedError extends Error {
  readonly code = ADDRESS_REFUSED;
  /** What exactly is wrong, for operators alone. */
  readonly why: string;

  constructor(host: string, why: string) {
    const what = isIP(host) ? `is ${why}` : "has no public address. It is unknown to the DNS, or leads to an address";
    super(`${host} ${what}, to which this platform does not connect unless its operator allows it.`);
    this.name = "AddressRefusedError";
    this.why = why;
  }
}

export interface FenceOptions {
  /** Refused, whatever is allowed: kinds of networks or networks. */
  refused?: readonly string[];
  /** The machine's own addresses, which may be public ones. */
  own?: () => string[];
}

export class AddressFence {
  readonly #allowed: BlockList;
  readonly #refused: BlockList;
  readonly #own: () => string[];

  /** `allowed`: kinds of networks (`loopback`) or networks (`10.1.0.0/16`). Throws a RangeError that names a wrong one. */
  constructor(allowed: readonly string[] = [], { refused = [], own = ownAddresses }: FenceOptions = {}) {
    this.#allowed = listOf(networksOf(allowed));
    this.#refused = listOf(networksOf(refused));
    this.#own = own;
  }

  /** Why an address is refused, as in "10.0.0.1 is a private address"; undefined when it may be used. */
  refusal(address: string): string | undefined {
    const plain = embedded(address) ?? address.split("%")[0] ?? "";
    if (contains(this.#refused, plain)) return "an address of a network that is refused";
    if (contains(this.#allowed, plain)) return undefined;
    const kind = KINDS.find((one) => contains(LISTS[one], plain));
    if (kind) return `a ${kind} address`;
    if (contains(LISTS.nowhere, plain) || (isIPv6(plain) && !contains(LISTS.publicIpv6, plain)))
      return "an address that belongs to nobody";
    return contains(listOf(this.#own()), plain) ? "an address of this machine" : undefined;
  }

  /** The addresses of a host that may be used. Throws AddressRefusedError when there is none, or EAI_AGAIN when the DNS does not answer. */
  async addressesOf(host: string): Promise<HostAddress[]> {
    const family = isIP(host) as 0 | 4 | 6;
    const found = family ? [{ address: host, family }] : await lookUp(host);
    const refusals = found.map(({ address }) => this.refusal(address));
    const usable = found.filter((_, i) => refusals[i] === undefined);
    if (usable.length === 0) throw new AddressRefusedError(host, refusals[0] ?? "unknown to the DNS");
    return usable;
  }

  /** For `net.connect` and `tls.connect`: looks a name up, and gives only addresses that may be used. A literal address is not looked up. */
  readonly lookup: LookupFunction = (host, options, done) => {
    this.addressesOf(host).then(
      (addresses) => {
        const [first] = addresses as [HostAddress];
        if (options.all) done(null, addresses);
        else done(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => done(error, "", 0),
    );
  };

  /** Throws AddressRefusedError for a literal address that may not be used, which no look-up would catch. */
  checkLiteral(host: string): void {
    const refusal = isIP(host) === 0 ? undefined : this.refusal(host);
    if (refusal !== undefined) throw new AddressRefusedError(host, refusal);
  }
}

/** Reads which networks are allowed beside the public ones, and which are refused whatever is allowed (`<name>_REFUSED`). */
export function readAddressFence(env: Env, name: string, usual: readonly string[], about: string): AddressFence {
  const read = (setting: string, otherwise: readonly string[], why: string): readonly string[] => {
    const networks = env.list(setting, otherwise, why);
    try {
      listOf(networksOf(networks));
      return networks;
    } catch {
      env.problem(
        `${setting} must be ${KINDS.join(", ")} or networks such as 10.1.0.0/16, separated by commas (${why}).`,
      );
      return [];
    }
  };
  return new AddressFence(read(name, usual, about), {
    refused: read(`${name}_REFUSED`, [], `networks that are refused, public ones too, whatever ${name} allows`),
  });
}

const ownAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((addresses) => addresses?.map(({ address }) => address) ?? []);

const networksOf = (words: readonly string[]): string[] =>
  words.flatMap((one) => (isKind(one) ? NETWORKS[one] : [one]));

const isKind = (text: string): text is NetworkKind => Object.hasOwn(NETWORKS, text);

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits = ""] = network.split("/");
    const family = isIP(address);
    const most = family === 6 ? 128 : 32;
    const prefix = bits === "" ? most : Number(bits);
    if (family === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > most) throw new RangeError(network);
    list.addSubnet(address, prefix, family === 6 ? "ipv6" : "ipv4");
  }
  return list;
}

const LISTS = {
  loopback: listOf(NETWORKS.loopback),
  private: listOf(NETWORKS.private),
  "link-local": listOf(NETWORKS["link-local"]),
  nowhere: listOf(NOWHERE),
  publicIpv6: listOf(PUBLIC_IPV6),
};

const contains = (list: BlockList, address: string) => list.check(address, isIPv6(address) ? "ipv6" : "ipv4");

/** The IPv4 address to which an IPv6 address leads: mapped (::ffff:0:0/96), of NAT64 (64:ff9b::/96) and of 6to4 (2002::/16). */
function embedded(address: string): string | undefined {
  if (!isIPv6(address)) return undefined;
  const groups = groupsOf(address);
  const [a, b, c] = [groups.slice(0, 6), groups.slice(6), groups.slice(1, 3)].map((some) => some.join(":"));
  if (a === "0:0:0:0:0:ffff" || a === "64:ff9b:0:0:0:0") return quads(b ?? "");
  return groups[0] === "2002" ? quads(c ?? "") : undefined;
}

const quads = (groups: string): string =>
  groups
    .split(":")
    .map((group) => Number.parseInt(group, 16))
    .flatMap((value) => [value >> 8, value & 255])
    .join(".");
