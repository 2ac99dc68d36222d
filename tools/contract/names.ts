import type { DescEnum, DescMessage } from "@bufbuild/protobuf";
import { isWellKnown } from "./schema-book.ts";

/** All messages and enums that the given messages hold, themselves included. */
export function reachable(roots: DescMessage[]): Set<DescMessage | DescEnum> {
  const found = new Set<DescMessage | DescEnum>();
  const waiting = [...roots];
  for (let message = waiting.pop(); message; message = waiting.pop()) {
    if (found.has(message) || isWellKnown(message)) continue;
    found.add(message);
    for (const field of message.fields) {
      if (field.message) waiting.push(field.message);
      if (field.enum) found.add(field.enum);
    }
  }
  return found;
}

/** Names types by their own name; those that share one also carry their service's: `ListsErrorReason`. */
export function namer(types: (DescMessage | DescEnum)[]): (type: DescMessage | DescEnum) => string {
  const uses = new Map<string, number>();
  for (const type of types) uses.set(shortName(type), (uses.get(shortName(type)) ?? 0) + 1);
  return (type) => ((uses.get(shortName(type)) ?? 0) > 1 ? serviceOf(type) + shortName(type) : shortName(type));
}

/** `Outer.Inner` reads `OuterInner`. */
const shortName = (type: DescMessage | DescEnum): string =>
  type.parent ? shortName(type.parent) + type.name : type.name;

/** `herald.lists.v1` reads `Lists`. */
function serviceOf(type: DescMessage | DescEnum): string {
  const [, service = ""] = type.file.proto.package.split(".");
  return service.charAt(0).toUpperCase() + service.slice(1);
}
