/** Asks for a password or key, which is never an argument: others would see it in the list of processes. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { Failure } from "./failure.ts";

/** Reads a secret without showing it: from the variable, or else from standard input. */
export async function askSecret(question: string, variable: string): Promise<string> {
  const given = process.env[variable];
  if (given) return given;
  if (process.stdin.isTTY) process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY });
  try {
    for await (const line of lines) return line;
    throw new Failure("No password was given.", `Set ${variable}, or pipe it in.`);
  } finally {
    lines.close();
    if (process.stdin.isTTY) process.stderr.write("\n");
  }
}
