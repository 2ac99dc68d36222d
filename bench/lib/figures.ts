/** Prints the figures of a bench: one line of JSON for each. */

/** Prints a figure and its limit, in the same unit. `maxRssMb` is the most memory that the measured process has used. */
export function printFigure(name: string, value: number, unit: string, limit: number, maxRssMb: number): void {
  const figure = {
    name,
    value: round(value),
    unit,
    limit: round(limit),
    ratio: round(value / limit),
    maxRssMb: Math.round(maxRssMb),
  };
  process.stdout.write(`${JSON.stringify(figure)}\n`);
}

/** Prints the parts of a figure by their names, the largest first, and their sum as `total`. */
export function printParts(name: string, unit: string, parts: Readonly<Record<string, number>>): void {
  const total = Object.values(parts).reduce((sum, part) => sum + part, 0);
  const inOrder = Object.entries(parts).toSorted(([, a], [, b]) => b - a);
  process.stdout.write(`${JSON.stringify({ name, unit, total: round(total), ...Object.fromEntries(inOrder) })}\n`);
}

/** The median of several measurements; the higher of two middle ones. */
export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** Rounds to hundredths, or to thousandths below one. */
const round = (value: number): number =>
  Math.abs(value) < 1 ? Math.round(value * 1_000) / 1_000 : Math.round(value * 100) / 100;
