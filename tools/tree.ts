import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Files by their path below a folder. */
export type Tree = Map<string, Buffer>;

/** Reads every file below a folder; an absent folder is an empty tree. */
export function readTree(folder: string): Tree {
  const tree: Tree = new Map();
  if (!existsSync(folder)) return tree;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, name);
    if (statSync(path).isFile()) tree.set(relative(folder, path), readFileSync(path));
  }
  return tree;
}

/** Makes a folder hold exactly the tree. What is equal stays untouched, so that file times say what changed. */
export function syncTree(tree: Tree, folder: string): { written: number; removed: number } {
  const changes = differences(tree, readTree(folder));
  for (const path of changes.missing) rmSync(join(folder, path));
  for (const path of changes.changed) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), tree.get(path) ?? "");
  }
  return { written: changes.changed.length, removed: changes.missing.length };
}

/** Which paths of `wanted` are absent or other in `found`, and which of `found` are not wanted. */
export function differences(wanted: Tree, found: Tree): { changed: string[]; missing: string[] } {
  return {
    changed: [...wanted].filter(([path, content]) => !found.get(path)?.equals(content)).map(([path]) => path),
    missing: [...found.keys()].filter((path) => !wanted.has(path)),
  };
}
