// Whether node_modules holds what package-lock.json names, and `npm ci` when it does not. Plain JavaScript: see launch.mjs.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Compares the lock file with npm's own record of what it installed. */
export function packagesAreInstalled(root) {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const wanted = readPackages(join(root, "package-lock.json"));
  const found = readPackages(record);
  return Object.entries(wanted).every(
    ([path, entry]) => path === "" || mayBeAbsent(entry) || found[path]?.version === entry.version,
  );
}

const readPackages = (file) => JSON.parse(readFileSync(file, "utf8")).packages;

/** Of the optional packages, only those made for this kind of machine must be there. */
const mayBeAbsent = (entry) =>
  entry.optional &&
  (!(entry.os ?? entry.cpu) ||
    excludes(entry.os, process.platform) ||
    excludes(entry.cpu, process.arch) ||
    excludes(entry.libc, libc()));

const excludes = (allowed, mine) => allowed !== undefined && !allowed.includes(mine);

const libc = () => (process.report?.getReport?.().header.glibcVersionRuntime ? "glibc" : "musl");

/** Runs `npm ci`, with a line now and then so that nobody thinks it hangs. */
export async function installPackages(root) {
  const started = Date.now();
  const say = (words) => console.error(`  packages  ${words}`);
  say("installing what package-lock.json names (once; a minute or so)");
  const timer = setInterval(() => say(`still installing, ${Math.round((Date.now() - started) / 1000)} s`), 15_000);
  const { code, output } = await npmCi(root);
  clearInterval(timer);
  if (code !== 0) {
    console.error(output);
    console.error("`npm ci` failed, see above. It needs access to the npm registry and about 900 MB of disk.");
    process.exit(1);
  }
  say(`installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

function npmCi(root) {
  return new Promise((resolve) => {
    const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
    const npm = process.env.npm_execpath; // set when an npm script started us
    const [command, all] = npm?.endsWith(".js") ? [process.execPath, [npm, ...args]] : ["npm", args];
    const child = spawn(command, all, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (output += data));
    child.on("error", (error) => resolve({ code: 1, output: error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
