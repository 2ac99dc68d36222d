import { existsSync, globSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runToEnd } from "./command.ts";
import { toolsDir } from "./paths.ts";

/** A program with the environment that lets it find its libraries. */
export interface UnpackedProgram {
  path: string;
  env: Record<string, string>;
}

const home = join(toolsDir, "debian-redis");

/** Redis from Debian's packages, unpacked earlier; null when there is none. */
export function debianRedis(dir = home): UnpackedProgram | null {
  const path = join(dir, "usr", "bin", "redis-server");
  if (!existsSync(path)) return null;
  const libraries = globSync(join(dir, "usr", "lib", "*-linux-gnu"));
  return { path, env: { LD_LIBRARY_PATH: libraries.join(":") } };
}

/** Unpacks Debian's packages of Redis beside the project; needs no root. */
export async function fetchDebianRedis(): Promise<UnpackedProgram> {
  const making = `${home}.${process.pid}`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  try {
    await must("apt-get", ["download", ...(await withDependencies())], making);
    for (const file of globSync(join(making, "*.deb"))) await must("dpkg", ["-x", file, making], making);
    if (!debianRedis(making)) throw new Error("Debian's packages hold no redis-server");
    if (!existsSync(home)) renameSync(making, home);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return debianRedis() as UnpackedProgram;
}

/** Redis with the libraries it links, as the machine's package lists name them. */
async function withDependencies(): Promise<string[]> {
  const listing = await must("apt-cache", ["depends", "redis-server", "redis-tools"]);
  const libraries = [...listing.matchAll(/^[ \t]*Depends: ([a-z0-9][a-z0-9.+-]*)$/gm)].map(
    ([, name]) => name as string,
  );
  const everywhere = /^(libc6|libsystemd0|libssl.*|adduser|lsb-base|init-system-helpers|redis-.*)$/;
  return [...new Set(["redis-server", "redis-tools", ...libraries.filter((name) => !everywhere.test(name))])];
}

async function must(command: string, args: string[], cwd?: string): Promise<string> {
  const { code, output } = await runToEnd(command, args, { cwd });
  if (code !== 0) throw new Error(`${command} ${args[0]}: ${output.split("\n").slice(-2).join(" ")}`);
  return output;
}
