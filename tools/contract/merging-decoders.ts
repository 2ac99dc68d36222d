import type { Tree } from "../tree.ts";

/**
 * Lets the generated code read a singular message field that is on the wire more than once as protobuf says: the
 * occurrences merge. ts-proto lets the last replace those before. Envoy sends a REST request that way: what the path names
 * (`{contact_list.id}`) and what the body holds are two occurrences of `contact_list`.
 */
export function mergeRepeatedMessages(tree: Tree): void {
  for (const [path, content] of tree) {
    if (path.endsWith(".ts")) tree.set(path, Buffer.from(merging(content.toString("utf8"), path)));
  }
}

function merging(source: string, path: string): string {
  const changed = source
    .replaceAll(signature, "$1, into?: $2): $2$3")
    .replaceAll(fresh, "$1into ?? $2")
    .replaceAll(plainField, "$1, message.$2)")
    .replaceAll(timestampField, "$1, message.$2 && toTimestamp(message.$2))")
    .replaceAll(wrappedField, "$1, message.$2 && $3.wrap(message.$2))")
    .replaceAll(oneofField, '$1, message.$2?.$$case === "$3" ? message.$2.$4 : undefined)');
  const left = [...changed.matchAll(replacing)].map(([line]) => line.trim());
  if (left.length > 0) throw new Error(`${path} has decoders that would replace, not merge:\n${left.join("\n")}`);
  return changed;
}

/** Of each decoder and of the type that describes it: `into` is the message of the occurrences before. */
const signature = /(\bdecode\(input: BinaryReader \| Uint8Array, length\?: number)\): (\w+)( \{|;)/g;
const fresh = /(const end = [^\n]*\n\s*const message = )(createBase\w+\(\))/g;

const plainField = /(message\.(\w+) = \w+\.decode\(reader, reader\.uint32\(\))\)(?=;)/g;
const timestampField = /(message\.(\w+) = fromTimestamp\(Timestamp\.decode\(reader, reader\.uint32\(\))\)(?=\);)/g;
const wrappedField = /(message\.(\w+) = (\w+)\.unwrap\(\3\.decode\(reader, reader\.uint32\(\))\)(?=\);)/g;
const oneofField =
  /(message\.(\w+) = \{\s*\$case: "(\w+)",\s*(\w+): \w+\.decode\(reader, reader\.uint32\(\))\)(?=[ ,])/g;

/** A decoder of a message that starts anew, other than those of list items and map entries. */
const replacing = /^(?!.*(?:\.push\(|const entry\d+ =)).*\w+\.decode\(reader, reader\.uint32\(\)\).*$/gm;
