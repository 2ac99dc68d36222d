import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const mostBytes = 16_384;

/** The last lines of a log, for an error message; empty when there is none. */
export const logTail = (file: string, lines = 8): string => readEnd(file).slice(-lines).join("\n");

/** The last message of a program: the line above a stack trace, or the message and error of a JSON line. */
export function lastWords(file: string): string {
  const words = readEnd(file).findLast((line) => !/^\s+at |^Node\.js v\d|^\s*[{}[\]]*,?$/.test(line)) ?? "";
  return readable(words).trim().slice(0, 300);
}

function readable(line: string): string {
  if (!line.startsWith("{")) return line;
  try {
    const { msg = "", err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
    return [msg, err?.message].filter(Boolean).join(": ");
  } catch {
    return line; // cut off, or not JSON after all
  }
}

function readEnd(file: string): string[] {
  try {
    const fd = openSync(file, "r");
    const { size } = fstatSync(fd);
    const bytes = Buffer.alloc(Math.min(size, mostBytes));
    readSync(fd, bytes, 0, bytes.length, size - bytes.length);
    closeSync(fd);
    return bytes.toString("utf8").trimEnd().split("\n");
  } catch {
    return [];
  }
}
