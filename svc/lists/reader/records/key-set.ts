/**
 * Remembers for millions of keys which line had each first, in 12 bytes a key and some spare room. It compares 64-bit hashes with a new
 * seed for every file; the chance that any two of ten million keys collide is 1 in 400,000.
 */
export class KeySet {
  readonly #seed: number;
  #low = new Uint32Array(1_024);
  #high = new Uint32Array(1_024);
  #lines = new Uint32Array(1_024);
  #size = 0;

  constructor(seed: number) {
    this.#seed = seed >>> 0;
  }

  /** The line that had this key before; 0 when this one is the first. */
  lineOf(key: string, line: number): number {
    let low = this.#seed ^ 0x9e3779b9;
    let high = this.#seed ^ 0x85ebca6b;
    for (let i = 0; i < key.length; i += 1) {
      const code = key.charCodeAt(i);
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high ^ code, 0x5bd1e995) ^ (high >>> 15);
    }
    low = mixed(low ^ key.length) >>> 0;
    high = mixed(high + low) >>> 0;
    return this.#put(low, high, line);
  }

  #put(low: number, high: number, line: number): number {
    const mask = this.#lines.length - 1;
    let at = low & mask;
    while (this.#lines[at] !== 0) {
      if (this.#low[at] === low && this.#high[at] === high) return this.#lines[at] ?? 0;
      at = (at + 1) & mask;
    }
    this.#low[at] = low;
    this.#high[at] = high;
    this.#lines[at] = line;
    this.#size += 1;
    if (this.#size > this.#lines.length * 0.8) this.#grow();
    return 0;
  }

  #grow(): void {
    const [low, high, lines] = [this.#low, this.#high, this.#lines];
    this.#low = new Uint32Array(lines.length * 2);
    this.#high = new Uint32Array(lines.length * 2);
    this.#lines = new Uint32Array(lines.length * 2);
    this.#size = 0;
    for (let i = 0; i < lines.length; i += 1) {
      const line = lines[i] ?? 0;
      if (line !== 0) this.#put(low[i] ?? 0, high[i] ?? 0, line);
    }
  }
}

/** Lets every bit influence all others (the final step of MurmurHash3). */
function mixed(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
