import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** The password from a file that only its owner can read. It is made on first use and then stays the same. */
export function keptPassword(file: string): string {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, randomBytes(18).toString("base64url"), { mode: 0o600 });
  }
  return readFileSync(file, "utf8");
}
