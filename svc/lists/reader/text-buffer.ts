/** Collects many small pieces of text as bytes in its own memory, which can move to another thread. */
export class TextBuffer {
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #filled = 0;
  /** A few pieces are written together: each write has a cost, and long-lived text costs the garbage collector even more. */
  #pending = "";

  add(text: string): void {
    this.#pending += text;
    if (this.#pending.length >= WRITTEN_TOGETHER) this.#write();
  }

  /** Gives the bytes and starts again. */
  take(): Uint8Array {
    this.#write();
    const taken = this.#bytes.subarray(0, this.#filled);
    this.#bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
    this.#filled = 0;
    return taken;
  }

  #write(): void {
    const most = this.#filled + this.#pending.length * MOST_BYTES_A_CHARACTER;
    if (most > this.#bytes.length) {
      const wider = Buffer.allocUnsafeSlow(Math.max(most, this.#bytes.length * 2));
      this.#bytes.copy(wider, 0, 0, this.#filled);
      this.#bytes = wider;
    }
    this.#filled += this.#bytes.write(this.#pending, this.#filled);
    this.#pending = "";
  }
}

const FIRST_BYTES = 192 * 1024;
const WRITTEN_TOGETHER = 4_096;
const MOST_BYTES_A_CHARACTER = 3;
