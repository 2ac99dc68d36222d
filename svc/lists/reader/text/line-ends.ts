/** Replaces every kind of line end by a line feed, in pieces of any size. */

/** Line ends of mainframe files and of texts copied from pages. They count only in files that have no usual ones. */
const RARE = /[\u0085\u2028\u2029]/g;

export class LineEnds {
  #isHeld = false;
  #areRare = false;

  /** Finds out from the beginning of the file whether rare signs end its lines. */
  decide(beginning: string): void {
    this.#areRare = !/[\r\n]/.test(beginning) && beginning.search(RARE) >= 0;
  }

  /** A lone carriage return ends a line too. One at the end of a piece waits, since a line feed may follow. */
  unified(text: string): string {
    const all = this.#isHeld ? `\r${text}` : text;
    this.#isHeld = all.endsWith("\r");
    const whole = this.#isHeld ? all.slice(0, -1) : all;
    const usual = /\r(?!\n)/.test(whole) ? whole.replaceAll(/\r(?!\n)/g, "\n") : whole;
    return this.#areRare ? usual.replaceAll(RARE, "\n") : usual;
  }

  /** Gives what is left when the file has ended. */
  end(): string {
    return this.#isHeld ? "\n" : "";
  }
}
