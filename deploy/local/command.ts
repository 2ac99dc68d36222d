import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

/** Runs a short command to its end, or to ours; a program that does not exist ends with code 127. */
export function runToEnd(
  command: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const endWithUs = (): void => void child.kill();
    process.once("exit", endWithUs);
    let output = "";
    const take = (text: string): void => void (output = (output + text).slice(-64_000));
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    child.once("error", (error) => resolve({ code: 127, output: error.message }));
    child.once("close", (code) => {
      process.off("exit", endWithUs);
      resolve({ code: code ?? 1, output: stripVTControlCharacters(output).trim() });
    });
  });
}
