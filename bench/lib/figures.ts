/** What a bench prints: one line of JSON for each figure. */

/** A figure against its limit. `limit` has the unit of `value`; `maxRssMb` is the most memory that the measured process has held. */
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

/** The parts of a figure: `total`, and the parts by their names, the largest first. */
export function printParts(name: string, unit: string, parts: Readonly<Record<string, number>>): void {
  const total = Object.values(parts).reduce((sum, part) => sum + part, 0);
  const inOrder = Object.entries(parts).toSorted(([, a], [, b]) => b - a);
  process.stdout.write(`${JSON.stringify({ name, unit, total: round(total), ...Object.fromEntries(inOrder) })}\n`);
}

/** The middle one of several measurements; the higher of two middle ones. */
export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** To hundredths; below one, to thousandths. */
const round = (value: number): number =>
  Math.abs(value) < 1 ? Math.round(value * 1_000) / 1_000 : Math.round(value * 100) / 100;
