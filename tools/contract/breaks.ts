/**
 * Decides which breaks of the contract are allowed. Before 1.0, messages that only our own services use may break, since the services are
 * rolled out together; each break needs a reason in a new line of CONTRACT-BREAKS.md. What people, programs or voice adapters use must not
 * break. Nor must messages that wait in outboxes: the new version delivers rows that the old one encoded.
 */
import type { DescEnum, DescMessage, FileRegistry } from "@bufbuild/protobuf";
import { type Method, readMethods } from "./methods.ts";

/** One finding of `buf breaking --error-format json`. */
export interface BreakFinding {
  path: string;
  start_line?: number;
  message: string;
}

/** Reads one finding from each line; undefined when the output is something else. */
export function readFindings(output: string): BreakFinding[] | undefined {
  try {
    const lines = output.split("\n").filter((line) => line.trim() !== "");
    return lines.map((line) => JSON.parse(line) as BreakFinding);
  } catch {
    return undefined;
  }
}

/** Messages, enums and RPCs that only our own services use. */
export function meshOnlyNames(registry: FileRegistry): Set<string> {
  const methods = readMethods(registry);
  const [ours, others] = [methods.filter(isMeshOnly), methods.filter((method) => !isMeshOnly(method))].map(namesOf);
  return new Set([...(ours ?? [])].filter((name) => !others?.has(name)));
}

/** Whether an RPC cannot be called at the edge. Voice adapters do not count: they are in the mesh but are other people's programs. */
const isMeshOnly = ({ requires }: Method): boolean =>
  (requires?.startsWith("mesh.") ?? false) && requires !== "mesh.voice";

function namesOf(methods: readonly Method[]): Set<string> {
  const names = new Set<string>();
  for (const { desc } of methods) {
    names.add(`${desc.parent.typeName}.${desc.name}`);
    addReached(names, desc.input);
    addReached(names, desc.output);
  }
  return names;
}

/** Messages that outboxes keep, with everything that they contain. Names that the contract does not have are left out. */
export function keptNames(registry: FileRegistry, requests: readonly string[]): Set<string> {
  const names = new Set<string>();
  for (const request of requests) {
    const type = registry.getMessage(request);
    if (type) addReached(names, type);
  }
  return names;
}

/** Adds a type and all types of its fields. */
function addReached(names: Set<string>, type: DescMessage | DescEnum): void {
  if (names.has(type.typeName)) return;
  names.add(type.typeName);
  if (type.kind === "enum") return;
  for (const { message, enum: one } of type.fields) {
    for (const next of [message, one]) if (next) addReached(names, next);
  }
}

/** The lines of a text that give a reason: - `herald.dial.v1.OpenSessionRequest`: why. */
export const readReasons = (text: string): string[] => text.split("\n").filter((line) => REASON.test(line));
const REASON = /^- `([\w.]+)`: \S/;

/** Names by who uses them. */
export interface BreakRules {
  meshOnly: ReadonlySet<string>;
  kept: ReadonlySet<string>;
  /** Lines of CONTRACT-BREAKS.md. */
  reasons: readonly string[];
}

/** The findings that are not allowed, for people: what must not break, and what may break but has no reason. */
export function unexcused(findings: readonly BreakFinding[], { meshOnly, kept, reasons }: BreakRules): string[] {
  const explained = new Set(reasons.map((line) => REASON.exec(line)?.[1]));
  return findings.flatMap((finding) => {
    const name = subjectOf(finding) ?? "";
    const isKept = kept.has(name);
    const mayBreak = meshOnly.has(name) && !isKept;
    if (mayBreak && explained.has(name)) return [];
    const remedy = isKept
      ? ` ${name} waits encoded in outboxes, and what an older version wrote there must stay readable: add fields instead.`
      : mayBreak
        ? ` Only our services use ${name}: say why in a new line of CONTRACT-BREAKS.md, or add instead.`
        : "";
    return [`${finding.path}:${finding.start_line ?? 1}: ${finding.message}${remedy}`];
  });
}

/** The message, enum or RPC that a finding is about; undefined where it does not name one. */
function subjectOf({ path, message }: BreakFinding): string | undefined {
  const rpc = /\bRPC "([^"]+)" on service "([^"]+)"/.exec(message);
  const local = rpc ? `${rpc[2]}.${rpc[1]}` : /\b(?:message|enum) "([^"]+)"/.exec(message)?.[1];
  return local && `${path.split("/").slice(0, -1).join(".")}.${local}`;
}
