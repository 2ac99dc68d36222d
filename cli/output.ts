/** What the terminal shows: tables, facts, JSON, progress. Answers go to standard output, everything else to standard error. */
import { createInterface } from "node:readline/promises";
import { SingleBar } from "cli-progress";
import type { Command } from "commander";
import { declined } from "./failure.ts";
import { printable, printableValue, say, tell } from "./printable.ts";

/** Whether answers are to be JSON. */
export const wantsJson = (command: Command): boolean => Boolean(command.optsWithGlobals<{ json?: boolean }>().json);

/** Prints an answer: as JSON where asked for, otherwise as `show` lays it out. */
export function print<T>(
  command: Command,
  type: { toJSON(value: T): unknown },
  value: T,
  show: (value: T) => string,
): void {
  say(wantsJson(command) ? JSON.stringify(type.toJSON(value), null, 2) : show(value));
}

/** Reports success of a command without an answer: as JSON if wanted, otherwise in words. */
export function printDone(command: Command, facts: Readonly<Record<string, string>>, words: string): void {
  if (wantsJson(command)) say(JSON.stringify(facts, null, 2));
  else tell(words);
}

/** Lays rows out in columns as wide as they need; no rows say so. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[], none: string): string {
  if (rows.length === 0) return none;
  const cells = [head, ...rows.map((row) => row.map((cell) => printableValue(String(cell))))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Lays named values out, one a line; empty ones are left out. */
export function facts(pairs: readonly (readonly [string, string | number | undefined])[]): string {
  const told = pairs.filter(([, value]) => value !== undefined && value !== "");
  const width = Math.max(0, ...told.map(([name]) => name.length));
  return told.map(([name, value]) => `${name.padEnd(width)}  ${printableValue(String(value))}`).join("\n");
}

/** `CAMPAIGN_GROUP_STATE_RUNNING` → `running`. */
export const word = (enumName: string, prefix: string): string =>
  enumName
    .replace(new RegExp(`^${prefix}_`), "")
    .toLowerCase()
    .replaceAll("_", " ");

/** In the reader's own zone, which is named. */
export const instant = (time: Date | undefined): string =>
  time ? time.toLocaleString("sv", { dateStyle: "short", timeStyle: "long" }) : "";

/** `busy 12, no_answer 3`, the most first. */
export const counts = (byName: Readonly<Record<string, number>>): string =>
  Object.entries(byName)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");

/** A progress bar on the terminal; nothing without a terminal or with JSON. */
export function progressBar(command: Command, label: string, total: number): { at(done: number): void; end(): void } {
  if (!process.stderr.isTTY || wantsJson(command) || total === 0) return { at: () => {}, end: () => {} };
  const bar = new SingleBar({
    format: `${printableValue(label)} {bar} {percentage}% · {eta_formatted} left`,
    stream: process.stderr,
    hideCursor: true,
  });
  bar.start(total, 0);
  return { at: (done) => bar.update(Math.min(done, total)), end: () => bar.stop() };
}

/** Asks before something that cannot be undone; scripts pass `--yes`. Ends the command if the answer is no. */
export async function confirm(question: string, yes: boolean, kept: string): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY)
    throw declined(`${kept} Nobody is here to be asked: ${question}`, "Say --yes to go on without being asked.");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    if (!/^y(es)?$/i.test((await lines.question(`${printable(question)} [y/N] `)).trim())) throw declined(kept);
  } finally {
    lines.close();
  }
}
