import { existsSync } from "node:fs";
import { runToEnd } from "../deploy/local/command.ts";

/** A Chromium to test with, or why there is none. */
export type Chromium = { path: string } | { missing: string };

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Finds Chromium: CHROMIUM_BIN, or one on the PATH, or (as root on Debian) the package. */
export async function ensureChromium(report: (words: string) => void): Promise<Chromium> {
  const given = process.env.CHROMIUM_BIN;
  if (given)
    return existsSync(given) ? { path: given } : { missing: `CHROMIUM_BIN is ${given}, and there is no such file` };
  const there = await onPath();
  if (there) return { path: there };
  if (process.getuid?.() !== 0)
    return {
      missing: "there is no chromium on the PATH; install it (Debian: apt-get install chromium) or set CHROMIUM_BIN",
    };
  report("installing Debian's chromium");
  await runToEnd("apt-get", ["update"]);
  const { code, output } = await runToEnd("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], {
    env: { DEBIAN_FRONTEND: "noninteractive" },
  });
  const installed = code === 0 ? await onPath() : null;
  const lastWords = output.split("\n").at(-1) ?? "";
  return installed
    ? { path: installed }
    : { missing: `Debian's chromium could not be installed (${lastWords}); set CHROMIUM_BIN` };
}

async function onPath(): Promise<string | null> {
  for (const name of names) {
    const { code, output } = await runToEnd("sh", ["-c", `command -v ${name}`]);
    if (code === 0 && output) return output;
  }
  return null;
}
