/** Settings from the environment: typed, read once, every problem reported together before the service listens. */

type Source = Readonly<Record<string, string | undefined>>;

/** All the settings that were wrong or missing, one line each. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`These settings need attention:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/** Reads one setting after another and remembers what is wrong with them. `about` describes the setting: its unit and its reason. */
export class Env {
  readonly #source: Source;
  readonly #problems: string[] = [];

  constructor(source: Source) {
    this.#source = source;
  }

  /** A whole number within `least` and `most`. */
  int(name: string, usual: number, about: string, { least = 0, most = Number.MAX_SAFE_INTEGER } = {}): number {
    return this.#read(name, usual, about, (text) => {
      const value = Number(text);
      if (!/^-?\d+$/.test(text) || value < least || value > most)
        return wrong(`a whole number from ${least} to ${most}`);
      return value;
    });
  }

  /** A number, possibly with a fraction. */
  number(name: string, usual: number, about: string, { least = 0, most = Number.MAX_VALUE } = {}): number {
    return this.#read(name, usual, about, (text) => {
      const value = Number(text);
      return Number.isFinite(value) && value >= least && value <= most
        ? value
        : wrong(`a number from ${least} to ${most}`);
    });
  }

  /** A duration such as `250ms`, `30s`, `5m`, `2h` or plain milliseconds; given back in milliseconds. */
  durationMs(name: string, usualMs: number, about: string): number {
    return this.#read(name, usualMs, about, (text) => {
      const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text);
      if (!match) return wrong("a duration such as 250ms, 30s, 5m or 2h");
      return (
        Number(match[1]) * { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }[(match[2] ?? "ms") as "ms" | "s" | "m" | "h"]
      );
    });
  }

  bool(name: string, usual: boolean, about: string): boolean {
    return this.#read(name, usual, about, (text) =>
      /^(true|1|yes|on)$/i.test(text) ? true : /^(false|0|no|off)$/i.test(text) ? false : wrong("true or false"),
    );
  }

  string(name: string, usual: string, about: string): string {
    return this.#read(name, usual, about, (text) => text);
  }

  /** One of the given words. */
  oneOf<const T extends string>(name: string, words: readonly T[], usual: T, about: string): T {
    return this.#read(
      name,
      usual,
      about,
      (text) => words.find((word) => word === text) ?? wrong(`one of ${words.join(", ")}`),
    );
  }

  /** Words separated by commas. */
  list(name: string, usual: readonly string[], about: string): readonly string[] {
    return this.#read(name, usual, about, (text) =>
      text
        .split(",")
        .map((part) => part.trim())
        .filter(Boolean),
    );
  }

  /** A URL of one of the given schemes. Without a default it is required. */
  url(name: string, usual: string | undefined, about: string, schemes: readonly string[]): string {
    return this.#read(name, usual, about, (text) => {
      const scheme = URL.canParse(text) ? new URL(text).protocol.slice(0, -1) : "";
      return schemes.includes(scheme)
        ? text
        : wrong(`a URL that begins with ${schemes.map((word) => `${word}://`).join(" or ")}`);
    });
  }

  /** A secret: required, of at least `leastBytes`; its value is never part of a message. */
  secret(name: string, about: string, { leastBytes = 1 } = {}): string {
    return this.#read(name, undefined, about, (text) => readSecret(text, leastBytes));
  }

  /** A secret that may be absent: given back as undefined then. */
  optionalSecret(name: string, about: string, { leastBytes = 1 } = {}): string | undefined {
    return this.#source[name]?.trim() ? this.secret(name, about, { leastBytes }) : undefined;
  }

  /** A text that may be absent: given back as undefined then. */
  optional(name: string, _about: string): string | undefined {
    return this.#source[name] || undefined;
  }

  /** Notes a problem that concerns several settings together. */
  problem(text: string): void {
    this.#problems.push(text);
  }

  /** Throws what was wrong, if anything was. */
  done(): void {
    if (this.#problems.length > 0) throw new ConfigError(this.#problems);
  }

  #read<T>(name: string, usual: T | undefined, about: string, parse: (text: string) => T | WrongValue): T {
    const text = this.#source[name]?.trim();
    if (text === undefined || text === "") {
      if (usual === undefined) this.#problems.push(`${name} is missing: ${about}.`);
      return usual as T;
    }
    const value = parse(text);
    if (!(value instanceof WrongValue)) return value;
    const shown = value.secret ? "" : `, not ${JSON.stringify(text)}`;
    this.#problems.push(`${name} must be ${value.right}${shown} (${about}).`);
    return usual as T;
  }
}

/** Reads all settings of a service: `readSettings((env) => ({ batchRows: env.int("LISTS_BATCH_ROWS", 1_000, "rows a COPY") }))`. */
export function readSettings<T>(define: (env: Env) => T, source: Source = process.env): T {
  const env = new Env(source);
  const settings = define(env);
  env.done();
  return settings;
}

class WrongValue {
  readonly right: string;
  readonly secret: boolean;

  constructor(right: string, secret: boolean) {
    this.right = right;
    this.secret = secret;
  }
}

const readSecret = (text: string, leastBytes: number) =>
  Buffer.byteLength(text) >= leastBytes ? text : wrong(`at least ${leastBytes} bytes long`, "secret");

const wrong = (right: string, secret?: "secret") => new WrongValue(right, secret === "secret");
