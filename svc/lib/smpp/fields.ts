/** Reads and writes the fields of a PDU's body, one after the other. Pure. */

/** Longest PDU. No real message comes near it. */
export const MOST_OCTETS = 16_384;

/** Reads field by field. In a body that ends too early, the missing fields are 0 or empty: a bad PDU must not stop us. */
export class FieldReader {
  readonly #body: Buffer;
  #at = 0;

  constructor(body: Buffer) {
    this.#body = body;
  }

  get left(): number {
    return this.#body.length - this.#at;
  }

  octet(): number {
    return this.#body[this.#at++] ?? 0;
  }

  /** An unsigned number of two octets. */
  wide(): number {
    return this.octet() * 0x100 + this.octet();
  }

  /** Up to a NUL. */
  text(): string {
    const begin = this.#at;
    const nul = this.#body.indexOf(0, begin);
    this.#at = nul < 0 ? this.#body.length : nul + 1;
    return this.#body.toString("latin1", begin, nul < 0 ? this.#body.length : nul);
  }

  octets(count: number): Buffer {
    return this.#body.subarray(this.#at, (this.#at += count));
  }
}

/** Writes one PDU after the other into the same buffer, and gives copies. */
export class FieldWriter {
  readonly #place = Buffer.allocUnsafe(MOST_OCTETS);
  #at = 0;

  /** Begins a PDU, leaving room for a header of so many octets. */
  begin(header: number): void {
    this.#at = header;
  }

  octet(value: number): void {
    this.#place[this.#at++] = value;
  }

  wide(value: number): void {
    this.octet(value >>> 8);
    this.octet(value);
  }

  text(value: string): void {
    this.#at += this.#place.write(value.includes("\0") ? value.replaceAll("\0", "") : value, this.#at, "latin1");
    this.octet(0);
  }

  octets(value: Buffer): void {
    this.#place.set(value, this.#at);
    this.#at += value.length;
  }

  end(): Buffer {
    if (this.#at > MOST_OCTETS) throw new RangeError(`A unit of SMPP may have ${MOST_OCTETS} octets.`);
    return Buffer.from(this.#place.subarray(0, this.#at));
  }
}
