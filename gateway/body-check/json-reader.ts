/**
 * Reads a JSON text from its beginning to its end, and tells what it meets. Nothing is built: a body is read once for its names and
 * thrown away. Unlike `JSON.parse` it sees a name that is given twice, and says where a text goes wrong.
 */

/** What is told while a text is read. `Place` is whatever the listener knows about a value. */
export interface Listener<Place> {
  /** A name of an object; gives the place of its value. */
  name(place: Place, name: string, position: number): Place;
  /** The next item of an array; gives its place. */
  item(place: Place, index: number): Place;
  objectBegins(place: Place): void;
  /** A text, number, true, false or null, as it is written. */
  scalar(place: Place, written: string): void;
}

/** The text is no JSON. */
export class JsonFault extends Error {}

/** Objects and arrays in each other; the contract's own messages are less than ten deep. */
const DEEPEST = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;
const BLANK = /[ \t\r\n]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const OTHER_SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Reads the text; throws a `JsonFault` where it is none. */
export function readJson<Place>(text: string, place: Place, listener: Listener<Place>): void {
  const reader = new Reader(text, listener);
  reader.value(place, 0);
  reader.end();
}

class Reader<Place> {
  readonly #text: string;
  readonly #listener: Listener<Place>;
  #at = 0;

  constructor(text: string, listener: Listener<Place>) {
    this.#text = text;
    this.#listener = listener;
  }

  value(place: Place, depth: number): void {
    this.#skipBlank();
    const first = this.#text[this.#at];
    if (first === "{") this.#object(place, depth + 1);
    else if (first === "[") this.#array(place, depth + 1);
    else this.#listener.scalar(place, this.#scalar());
  }

  end(): void {
    this.#skipBlank();
    if (this.#at < this.#text.length) throw this.#fault("the end, since the value before it is whole");
  }

  #object(place: Place, depth: number): void {
    this.#open(depth);
    this.#listener.objectBegins(place);
    if (!this.#take("}")) {
      do {
        this.#skipBlank();
        const position = this.#at;
        const name = JSON.parse(this.#string("a name in double quotes")) as string;
        if (!this.#take(":")) throw this.#fault("a colon");
        this.value(this.#listener.name(place, name, position), depth);
      } while (this.#take(","));
      if (!this.#take("}")) throw this.#fault("a comma or }");
    }
  }

  #array(place: Place, depth: number): void {
    this.#open(depth);
    if (this.#take("]")) return;
    let index = 0;
    do this.value(this.#listener.item(place, index++), depth);
    while (this.#take(","));
    if (!this.#take("]")) throw this.#fault("a comma or ]");
  }

  #open(depth: number): void {
    if (depth > DEEPEST) throw new JsonFault(`Objects and arrays are more than ${DEEPEST} deep at ${this.#here()}.`);
    this.#at++;
  }

  #scalar(): string {
    return this.#text[this.#at] === '"' ? this.#string("a text") : this.#match(OTHER_SCALAR, "a value");
  }

  /** By hand, since a pattern would remember each letter of a text of megabytes. */
  #string(expected: string): string {
    const begin = this.#at;
    if (this.#text[begin] !== '"') throw this.#fault(expected);
    this.#at++;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === QUOTE) return this.#text.slice(begin, ++this.#at);
      if (code === BACKSLASH) this.#match(ESCAPE, "an escape that JSON knows");
      else if (code >= FIRST_PRINTABLE) this.#at++;
      else throw this.#fault("a letter or a double quote (a line end is written \\n)");
    }
  }

  #match(pattern: RegExp, expected: string): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) throw this.#fault(expected);
    this.#at += found.length;
    return found;
  }

  #take(sign: string): boolean {
    this.#skipBlank();
    if (this.#text[this.#at] !== sign) return false;
    this.#at++;
    return true;
  }

  #skipBlank(): void {
    BLANK.lastIndex = this.#at;
    BLANK.test(this.#text);
    this.#at = BLANK.lastIndex;
  }

  #fault(expected: string): JsonFault {
    const found = this.#at < this.#text.length ? "something else stands" : "the body ends";
    return new JsonFault(`The body is no JSON: ${expected} is expected at ${this.#here()}, where ${found}.`);
  }

  #here(): string {
    return positionOf(this.#text, this.#at);
  }
}

/** "line 2, column 7", both from 1. */
export function positionOf(text: string, at: number): string {
  const before = text.slice(0, at).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
