/**
 * Which breaks of the contract are allowed. Before 1.0 what only our own services say to each other may break, since they are rolled out
 * together; each time somebody says why, in a new line of CONTRACT-BREAKS.md. What people, programs or voice adapters use never does, nor
 * what waits in outboxes: encoded rows of the old version are delivered by the new one.
 */
import type { DescEnum, DescMessage, FileRegistry } from "@bufbuild/protobuf";
import { type Method, readMethods } from "./methods.ts";

/** One finding of `buf breaking --error-format json`. */
export interface BreakFinding {
  path: string;
  start_line?: number;
  message: string;
}

/** One finding a line; undefined where buf said something else. */
export function readFindings(output: string): BreakFinding[] | undefined {
  try {
    const lines = output.split("\n").filter((line) => line.trim() !== "");
    return lines.map((line) => JSON.parse(line) as BreakFinding);
  } catch {
    return undefined;
  }
}

/** Messages, enums and RPCs that have no user but our own services. */
export function meshOnlyNames(registry: FileRegistry): Set<string> {
  const methods = readMethods(registry);
  const [ours, others] = [methods.filter(isMeshOnly), methods.filter((method) => !isMeshOnly(method))].map(namesOf);
  return new Set([...(ours ?? [])].filter((name) => !others?.has(name)));
}

/** No door at the edge. Voice adapters are other people's programs, though they stand in the mesh. */
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

/** Messages that outboxes keep, with all that they contain. What the contract does not have is not in it. */
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

/** The names that a text gives a reason for: - `herald.dial.v1.OpenSessionRequest`: why. */
export const readReasons = (text: string): string[] => text.split("\n").filter((line) => REASON.test(line));
const REASON = /^- `([\w.]+)`: \S/;

/** Names by who uses them. */
export interface BreakRules {
  meshOnly: ReadonlySet<string>;
  kept: ReadonlySet<string>;
  /** Lines of CONTRACT-BREAKS.md. */
  reasons: readonly string[];
}

/** What is left of the findings, for people: what must not break, and what may but has no reason. */
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
