/** Tables in which a statement looks up how long a closed place has to wait. Pure. */

/** Places at which nobody may be tried at once, column by column: the key of each, from when (null: never), and why. */
export interface ClosedPlaces {
  keys: readonly string[];
  dues: readonly (Date | null)[];
  reasons: readonly string[];
}

/**
 * Many places share few waits, so each place has the number of its wait. The keys are sorted bounds, so that PostgreSQL can use binary search
 * (`width_bucket`): bucket N of `bounds` has the wait `numbers[N]`. The number 0 means that the keys in the bucket are not closed.
 */
export interface WaitTable {
  bounds: readonly string[];
  numbers: readonly number[];
  /** Wait 1 comes first; null: never. */
  dues: readonly (Date | null)[];
  reasons: readonly string[];
}

const LAST_KEY = 2n ** 63n - 1n;

export function waitTable({ keys, dues, reasons }: ClosedPlaces): WaitTable {
  const waits = new Map<string, { number: number; due: Date | null; reason: string }>();
  const places = keys.map((key, i) => {
    const [due, reason] = [dues[i] ?? null, reasons[i] ?? ""];
    const name = `${due?.getTime()} ${reason}`;
    const wait = waits.get(name) ?? { number: waits.size + 1, due, reason };
    waits.set(name, wait);
    return { key: BigInt(key), number: wait.number };
  });
  const bounds: string[] = [];
  const numbers: number[] = [];
  places.sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const [i, { key, number }] of places.entries()) {
    bounds.push(String(key));
    numbers.push(number);
    if (key === LAST_KEY || places[i + 1]?.key === key + 1n) continue;
    bounds.push(String(key + 1n));
    numbers.push(0);
  }
  const found = [...waits.values()];
  return { bounds, numbers, dues: found.map(({ due }) => due), reasons: found.map(({ reason }) => reason) };
}
