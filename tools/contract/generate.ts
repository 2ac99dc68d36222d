import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { must } from "../run.ts";
import { readTree, type Tree } from "../tree.ts";
import { readComments } from "./comments.ts";
import { linkDescriptorSet, readDescriptorSet, writeDescriptorSet } from "./descriptors.ts";
import { writeFields } from "./fields.ts";
import { writeMapEntriesWhole } from "./map-entries.ts";
import { mergeRepeatedMessages } from "./merging-decoders.ts";
import { readMethods, writeMethods } from "./methods.ts";
import { makeOpenApi } from "./openapi.ts";
import { writeRestTypes } from "./rest-types.ts";
import { contractFaults } from "./rules.ts";

/** Limits buf to our own contract: we do not format or lint imported modules. */
export const ours = ["--path", "proto/herald"];

/** Makes the content of gen/ from the present proto/, without writing it. */
export async function generate(): Promise<Tree> {
  const scratch = mkdtempSync(join(tmpdir(), "herald-gen-"));
  try {
    const image = join(scratch, "contract.binpb");
    await Promise.all([
      must("buf", "build", "--as-file-descriptor-set", "-o", image, ...ours),
      must("buf", "generate", "-o", scratch, ...ours),
    ]);
    const tree = readTree(join(scratch, "gen"));
    writeMapEntriesWhole(tree);
    mergeRepeatedMessages(tree);
    const set = readDescriptorSet(readFileSync(image));
    const registry = linkDescriptorSet(set);
    const methods = readMethods(registry);
    const commentOf = readComments(set);
    const faults = contractFaults(methods, registry, commentOf);
    if (faults.length > 0) throw new Error(`The contract has faults:\n${faults.join("\n")}`);
    const openApi = makeOpenApi(methods, registry, commentOf);
    tree.set("herald.binpb", Buffer.from(writeDescriptorSet(set)));
    tree.set("fields.ts", Buffer.from(writeFields(methods, commentOf)));
    tree.set("methods.ts", Buffer.from(writeMethods(methods)));
    tree.set("openapi.json", Buffer.from(`${JSON.stringify(openApi, null, 2)}\n`));
    tree.set("rest.ts", Buffer.from(writeRestTypes(openApi)));
    return tree;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
