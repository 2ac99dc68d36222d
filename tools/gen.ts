// Makes everything in gen/ from proto/: `npm run gen`. Nothing is written when the contract has a fault.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readComments } from "./contract/comments.ts";
import { linkDescriptorSet, readDescriptorSet, writeDescriptorSet } from "./contract/descriptors.ts";
import { readMethods, writeMethods } from "./contract/methods.ts";
import { makeOpenApi } from "./contract/openapi.ts";
import { writeRestTypes } from "./contract/rest-types.ts";
import { contractFaults } from "./contract/rules.ts";
import { readTree, syncTree, type Tree } from "./tree.ts";
import { CommandError, must, root } from "./run.ts";

const ours = ["--path", "proto/herald"];

/** Makes the content of gen/ from proto/ as it stands, without writing it. */
export async function generate(): Promise<Tree> {
  const scratch = mkdtempSync(join(tmpdir(), "herald-gen-"));
  try {
    const image = join(scratch, "contract.binpb");
    await Promise.all([
      must("buf", "build", "--as-file-descriptor-set", "-o", image, ...ours),
      must("buf", "generate", "-o", scratch, ...ours),
    ]);
    const tree = readTree(join(scratch, "gen"));
    const set = readDescriptorSet(readFileSync(image));
    const registry = linkDescriptorSet(set);
    const methods = readMethods(registry);
    const commentOf = readComments(set);
    const faults = contractFaults(methods, registry, commentOf);
    if (faults.length > 0) throw new Error(`The contract has faults:\n${faults.join("\n")}`);
    const openApi = makeOpenApi(methods, registry, commentOf);
    tree.set("herald.binpb", Buffer.from(writeDescriptorSet(set)));
    tree.set("methods.ts", Buffer.from(writeMethods(methods)));
    tree.set("openapi.json", Buffer.from(`${JSON.stringify(openApi, null, 2)}\n`));
    tree.set("rest.ts", Buffer.from(writeRestTypes(openApi)));
    return tree;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const started = performance.now();
  await must("buf", "format", "-w", ...ours);
  const [tree] = await Promise.all([generate(), must("buf", "lint", ...ours)]);
  const { written, removed } = syncTree(tree, join(root, "gen"));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`gen/ has ${tree.size} files: ${written} written, ${removed} removed, in ${seconds} s.`);
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof CommandError ? error.message : error);
    process.exitCode = 1;
  });
}
