import type { DescEnum, FileRegistry } from "@bufbuild/protobuf";
import type { CommentLookup } from "./comments.ts";
import { splitErrors } from "./errors.ts";
import type { Method } from "./methods.ts";

/** What our contract promises beyond what buf can lint. Returns one line for each break, naming the RPC. */
export function contractFaults(methods: Method[], registry: FileRegistry, commentOf: CommentLookup): string[] {
  const faults: string[] = [];
  const paths = new Map<string, string>();
  for (const method of methods) {
    const fault = (words: string): number => faults.push(`${method.name}: ${words}`);
    if (!method.requires) fault("has no `requires` option, so it would not start.");
    else if (!/^(public|(mesh|[a-z-]+)\.(\*|[a-z-]+))$/.test(method.requires))
      fault(`requires "${method.requires}", which is not \`<noun>.<verb>\`.`);
    if (method.requires?.startsWith("mesh.") && method.http) fault("is internal (mesh.*) and must have no REST path.");
    if (method.http?.verb === "GET" && method.idempotency !== "no-side-effects")
      fault("is a GET and must be NO_SIDE_EFFECTS.");
    if (method.audit && method.audit !== "export" && method.idempotency === "no-side-effects")
      fault("has no side effects, so there is nothing to audit.");
    const known = reasonsFor(method, registry);
    for (const { reason } of promised(method, commentOf, fault))
      if (!known.has(reason)) fault(`promises ${reason}, which no ErrorReason has.`);
    for (const rule of method.http ? [method.http, ...method.http.additional] : []) {
      const key = `${rule.verb} ${rule.path.replace(/\{[^}]*\}/g, "{}")}`;
      const other = paths.get(key);
      if (other) fault(`answers at ${rule.verb} ${rule.path}, as ${other} does.`);
      paths.set(key, method.name);
    }
  }
  return faults;
}

function promised(method: Method, commentOf: CommentLookup, fault: (words: string) => void): { reason: string }[] {
  try {
    return splitErrors(commentOf(method.desc.proto)).errors;
  } catch (error) {
    fault(error instanceof Error ? error.message : String(error));
    return [];
  }
}

function reasonsFor(method: Method, registry: FileRegistry): Set<string> {
  const own = method.desc.parent.file.proto.package;
  const enums = [`${own}.ErrorReason`, "herald.common.v1.ErrorReason"].map((name) => registry.getEnum(name));
  return new Set(
    enums
      .filter((each): each is DescEnum => each !== undefined)
      .flatMap((each) => each.values.map((value) => value.name)),
  );
}
