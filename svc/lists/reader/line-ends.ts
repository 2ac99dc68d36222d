/** Whatever ends the lines of a file → a line feed, in pieces of any size. */

/** Line ends of files that have no others: of mainframes, and of texts that were copied from pages. */
const RARE = /[\u0085\u2028\u2029]/g;

export class LineEnds {
  #isHeld = false;
  #areRare = false;

  /** Whether rare signs end the lines, as the beginning of the file tells. */
  decide(beginning: string): void {
    this.#areRare = !/[\r\n]/.test(beginning) && beginning.search(RARE) >= 0;
  }

  /** A carriage return alone ends a line too; one at the end of a piece waits for what follows it. */
  unified(text: string): string {
    const all = this.#isHeld ? `\r${text}` : text;
    this.#isHeld = all.endsWith("\r");
    const whole = this.#isHeld ? all.slice(0, -1) : all;
    const usual = /\r(?!\n)/.test(whole) ? whole.replaceAll(/\r(?!\n)/g, "\n") : whole;
    return this.#areRare ? usual.replaceAll(RARE, "\n") : usual;
  }

  /** What is left when the file has ended. */
  end(): string {
    return this.#isHeld ? "\n" : "";
  }
}
