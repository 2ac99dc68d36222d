import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** The last lines of a log, for an error message; empty when there is none. */
export function logTail(file: string, lines = 8): string {
  try {
    const fd = openSync(file, "r");
    const { size } = fstatSync(fd);
    const bytes = Buffer.alloc(Math.min(size, 16_384));
    readSync(fd, bytes, 0, bytes.length, size - bytes.length);
    closeSync(fd);
    return bytes.toString("utf8").trimEnd().split("\n").slice(-lines).join("\n");
  } catch {
    return "";
  }
}
