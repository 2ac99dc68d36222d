/** Reads a message of the contract from a JSON file that somebody wrote, and refuses what the contract does not know. */
import { readFile } from "node:fs/promises";
import { createFileRegistry, fromBinary, fromJson, type JsonValue } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

const CONTRACT = new URL("../gen/herald.binpb", import.meta.url);

/**
 * Throws an Error that names the first field that is unknown or has a wrong value. The generated `fromJSON` would silently ignore such a
 * field, which may have been meant to protect people.
 */
export async function checkDefinition(type: string, json: JsonValue): Promise<void> {
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, await readFile(CONTRACT)));
  const message = registry.getMessage(type);
  if (!message) throw new Error(`The contract has no ${type}.`);
  fromJson(message, json, { registry });
}
