// Makes everything in gen/ from proto/: `npm run gen`. Nothing is written when the contract has a fault.
import { join } from "node:path";
import { generate, ours } from "./contract/generate.ts";
import { must, root } from "./run.ts";
import { syncTree } from "./tree.ts";

const started = performance.now();
try {
  await must("buf", "format", "-w", ...ours);
  const [tree] = await Promise.all([generate(), must("buf", "lint", ...ours)]);
  const { written, removed } = syncTree(tree, join(root, "gen"));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`gen/ has ${tree.size} files: ${written} written, ${removed} removed, in ${seconds} s.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
