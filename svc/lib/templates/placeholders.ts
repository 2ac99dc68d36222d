/** Finds the names that a template uses and for which it has no default. Pure. */
import { type Template, toValueSync, Value } from "liquidjs";
import { parseTemplate, templates } from "./template-faults.ts";

/** How a template uses a name: it is `shown` in the message, or only `tested` in a condition. */
export type NameUse = "shown" | "tested";

/** Tags with a condition. Inside them, the names that they test need no default. */
const TESTS = new Set(["if", "unless", "case"]);
/** Filters whose result is never empty, so that a default after them has no effect. */
const FILLS = new Set(["append", "prepend"]);

/** The names that a template uses without a default. None if it does not parse. */
export function askedNames(template: string): ReadonlyMap<string, NameUse> {
  const asked = new Map<string, NameUse>();
  walk(parseTemplate(template), { own: new Set(), tested: new Set() }, asked);
  return asked;
}

interface NameScope {
  /** Names that the template has assigned itself so far. */
  own: Set<string>;
  /** Names that a surrounding condition has tested. */
  tested: ReadonlySet<string>;
}

function walk(nodes: readonly Template[], scope: NameScope, asked: Map<string, NameUse>): void {
  for (const node of nodes) {
    const isTest = "name" in node && TESTS.has(String(node.name));
    const names = argumentNames(node).filter((name) => !scope.own.has(name));
    for (const name of names)
      if (!scope.tested.has(name) && asked.get(name) !== "shown") asked.set(name, isTest ? "tested" : "shown");
    walkInside(node, { ...scope, tested: isTest ? new Set([...scope.tested, ...names]) : scope.tested }, asked);
    for (const made of node.localScope?.() ?? []) scope.own.add(typeof made === "string" ? made : made.content);
  }
}

/** The variables of a loop are known only inside it; what is assigned inside a tag is also known after it. */
function walkInside(node: Template, scope: NameScope, asked: Map<string, NameUse>): void {
  if (!node.children) return;
  const blockNames = [...(node.blockScope?.() ?? [])].filter((name) => !scope.own.has(name));
  for (const name of blockNames) scope.own.add(name);
  walk(toValueSync(node.children(false, true)), scope, asked);
  for (const name of blockNames) scope.own.delete(name);
}

/** The names that a node itself uses without a default; those of its children are not included. */
function argumentNames(node: Template): string[] {
  const values = [...(node.arguments?.() ?? [])].filter((value) => !(value instanceof Value && hasDefault(value)));
  if (values.length === 0) return [];
  const alone: Template = { token: node.token, render: () => undefined, arguments: () => values };
  return Object.keys(templates.analyzeSync([alone], { partials: false }).globals);
}

function hasDefault({ filters }: Value): boolean {
  const at = filters.findIndex(({ name }) => name === "default");
  return at >= 0 && !filters.slice(0, at).some(({ name }) => FILLS.has(name));
}
