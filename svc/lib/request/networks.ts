/** Turns addresses into what is counted: whoever has one IPv6 address has 2^64 of them. */
import { isIPv6 } from "node:net";

const GROUPS = 8;
const NETWORK_GROUPS = 4;

/** The 64-bit network of an IPv6 address, such as `2001:db8:1:2::/64`. An IPv4 address, even in IPv6 notation, stands for itself. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const groups = groupsOf(address);
  const embedded = groups.slice(0, 5).every((group) => group === "0") && groups[5] === "ffff";
  if (embedded) return [groups[6], groups[7]].flatMap((group) => bytesOf(group ?? "0")).join(".");
  return `${groups.slice(0, NETWORK_GROUPS).join(":")}::/64`;
}

/** The eight groups of an address, written as URLs write them. */
export function groupsOf(address: string): string[] {
  const [plain = ""] = address.split("%");
  const canonical = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const [before = "", after] = canonical.split("::");
  const head = before === "" ? [] : before.split(":");
  const tail = after === undefined || after === "" ? [] : after.split(":");
  return [...head, ...Array<string>(GROUPS - head.length - tail.length).fill("0"), ...tail];
}

const bytesOf = (group: string): number[] => {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 255];
};
