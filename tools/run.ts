import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";

/** The project's root folder. */
export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** What a finished command left behind. `output` holds stdout and stderr as they came. */
export interface CommandResult {
  code: number;
  stdout: string;
  output: string;
}

/** Runs a command in the project's root and waits for its end; a program that cannot be started is an error. */
export function run(command: string, args: string[], env: Record<string, string> = {}): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, PATH: `${root}/node_modules/.bin:${process.env.PATH ?? ""}`, ...env },
    });
    let stdout = "";
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.on("error", (cause) => reject(new Error(`${command} could not be started: ${cause.message}`, { cause })));
    child.on("close", (code, signal) =>
      resolve({
        code: code ?? 1,
        stdout,
        output: signal ? `${output}\nended by ${signal}` : stripVTControlCharacters(output),
      }),
    );
  });
}

/** Like `run`, and a failure is an error that carries what the command printed. */
export async function must(command: string, ...args: string[]): Promise<string> {
  const { code, stdout, output } = await run(command, args);
  if (code !== 0) throw new CommandError(command, args, output.trim());
  return stdout;
}

/** A command that ended with a failure; its own words are the message. */
export class CommandError extends Error {
  constructor(command: string, args: string[], output: string) {
    super(`${command} ${args.slice(0, 2).join(" ")} failed:\n${output}`);
    this.name = "CommandError";
  }
}
