import type { Tree } from "../tree.ts";

/**
 * Lets the generated code write every map entry with its key and its value. ts-proto leaves out a value of 0 or "",
 * which protobuf allows; but Envoy 1.40, asked to turn such an entry into JSON, ends with a segmentation fault, and one
 * empty field of somebody's record would take the edge down.
 */
export function writeMapEntriesWhole(tree: Tree): void {
  for (const [path, content] of tree) {
    if (path.endsWith(".ts")) tree.set(path, Buffer.from(wholeEntries(content.toString("utf8"))));
  }
}

const wholeEntries = (source: string): string =>
  source.replaceAll(entryEncoder, (encoder) => encoder.replaceAll(guardedField, "    $1\n"));

/** The `encode` of the message that protobuf makes for the entries of one map. */
const entryEncoder = /^export const \w+_\w+Entry: MessageFns<\w+> = \{\n {2}encode\([^\n]*\n(?: {4}[^\n]*\n)+/gm;

/** A key or value that is written only where it is not the default. */
const guardedField = / {4}if \(message\.(?:key|value) !== (?:""|0|false)\) \{\n {6}([^\n]*)\n {4}\}\n/g;
