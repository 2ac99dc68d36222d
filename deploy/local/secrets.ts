import { randomBytes, randomInt } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { byService, type ServiceName } from "../../svc/lib/service/service-names.ts";

/** The secrets of this platform. They are made on the first start and kept, since some of them encrypt data. */
export interface Secrets {
  /** Signs the tokens that services send each other. */
  meshKey: string;
  /** Signs the tokens that the voice adapter verifies: the only secret that an adapter needs. */
  voiceKey: string;
  /** Encrypts the keys that sign people's tokens. */
  identityKeySecret: string;
  /** Encrypts the passwords and keys of the tenants' providers. */
  dialSecretsKey: string;
  /** Makes the links in emails, which work for years: keep the old one beside a new one. */
  linkKey: string;
  /** Of each service's login role in PostgreSQL. */
  databasePasswords: Record<ServiceName, string>;
  platformAdmin: { email: string; password: string };
  demoPassword: string;
}

/** Reads the secrets of a data folder, and makes the missing ones. */
export function keepSecrets(dataDir: string): Secrets {
  const file = join(dataDir, "secrets.json");
  const kept = existsSync(file) ? readSecrets(file) : {};
  const secrets: Secrets = {
    meshKey: kept.meshKey ?? longSecret(),
    voiceKey: kept.voiceKey ?? longSecret(),
    identityKeySecret: kept.identityKeySecret ?? longSecret(),
    dialSecretsKey: kept.dialSecretsKey ?? longSecret(),
    linkKey: kept.linkKey ?? longSecret(),
    databasePasswords: passwordsFor(kept.databasePasswords ?? {}),
    platformAdmin: kept.platformAdmin ?? { email: "admin@example.com", password: sayable() },
    demoPassword: kept.demoPassword ?? sayable(),
  };
  if (JSON.stringify(secrets) !== JSON.stringify(kept)) {
    writeSecretFile(dataDir, "secrets.json", `${JSON.stringify(secrets, null, 2)}\n`);
    writeSecretFile(dataDir, "demo-password", secrets.demoPassword); // for `$(cat .herald/demo-password)` in a shell
  }
  return secrets;
}

function readSecrets(file: string): Partial<Secrets> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Partial<Secrets>;
  } catch (cause) {
    throw new Error(
      `${file} is not readable as JSON. Restore it from a backup: the signing keys and the providers' passwords in the database are sealed with it. To begin anew, delete the data folder.`,
      { cause },
    );
  }
}

/** Writes a temporary file and renames it, so that an interrupted start leaves the old file or the new one, never half of it. */
function writeSecretFile(dataDir: string, name: string, text: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const making = join(dataDir, `.${name}.${process.pid}`);
  writeFileSync(making, text, { mode: 0o600 });
  renameSync(making, join(dataDir, name));
}

const longSecret = (): string => randomBytes(32).toString("base64url");

const passwordsFor = (kept: Partial<Record<ServiceName, string>>): Record<ServiceName, string> =>
  byService((name) => kept[name] ?? longSecret());

const consonants = "bdfghjkmnprstvz";
const vowels = "aeiou";

/** A password that can be read aloud and typed: five groups of two syllables, 62 bits. */
function sayable(): string {
  const syllable = (): string => `${pick(consonants)}${pick(vowels)}`;
  return Array.from({ length: 5 }, () => syllable() + syllable()).join("-");
}

const pick = (letters: string): string => letters.charAt(randomInt(letters.length));
