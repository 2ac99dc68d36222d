/** The ids of one import's records: UUIDv7 with one time and a counter, so that they grow with the rows and cost next to nothing. */
export class RowIds {
  readonly #begin: string;
  readonly #end: string;
  #count = 0;

  /** `random` is 44 bits in hexadecimal, different for every import. */
  constructor(now: Date, random: string) {
    const time = now.getTime().toString(16).padStart(12, "0");
    this.#begin = `${time.slice(0, 8)}-${time.slice(8)}-7`;
    this.#end = random.slice(0, 11);
  }

  /** The next id. The counter's 30 bits follow the time: 12 before the variant, 18 after it. */
  next(): string {
    const count = this.#count;
    this.#count += 1;
    const high = hex(count >>> 18, 3);
    const middle = (0x8000 | ((count >>> 4) & 0x3fff)).toString(16);
    return `${this.#begin}${high}-${middle}-${(count & 15).toString(16)}${this.#end}`;
  }
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
