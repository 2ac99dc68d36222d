/** Finds the value of the longest known prefix of a number, walking its digits once. */
export class PrefixTable<Value extends object> {
  /** Ten entries for each node: the next node for each digit, or 0 for none. */
  readonly #next: Uint16Array;
  readonly #values: (Value | undefined)[] = [undefined];

  constructor(entries: readonly (readonly [prefix: string, value: Value])[]) {
    const digits = entries.reduce((sum, [prefix]) => sum + prefix.length, 1);
    const next = new Uint16Array(digits * 10);
    for (const [prefix, value] of entries) {
      let node = 0;
      for (const digit of prefix) {
        const at = node * 10 + Number(digit);
        if (next[at] === 0) next[at] = this.#values.push(undefined) - 1;
        node = next[at] ?? 0;
      }
      this.#values[node] = value;
    }
    this.#next = next.slice(0, this.#values.length * 10);
  }

  find(digits: string): Value | undefined {
    let node = 0;
    let value = this.#values[0];
    for (let i = 0; i < digits.length; i += 1) {
      node = this.#next[node * 10 + digits.charCodeAt(i) - 48] ?? 0;
      if (node === 0) break;
      value = this.#values[node] ?? value;
    }
    return value;
  }
}
