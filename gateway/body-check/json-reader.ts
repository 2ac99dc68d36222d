/**
 * Reads a JSON text from beginning to end and reports each element to a listener. It builds nothing, since a body is only read for its
 * names. Unlike `JSON.parse` it notices a name that is given twice, and says where a text is wrong.
 */

/** Gets the elements of a text while it is read. `Place` is what the listener knows about a value. */
export interface JsonListener<Place> {
  /** A name in an object, and its position. Gives the place of its value. */
  name(place: Place, name: string, position: Position): Place;
  /** The next item of an array; gives its place. */
  item(place: Place, index: number): Place;
  objectBegins(place: Place): void;
  /** A text, number, true, false or null, as it is written. */
  scalar(place: Place, written: string): void;
}

/** Both begin with 1. */
export interface Position {
  line: number;
  column: number;
}

/** The text is not JSON, or exceeds a limit. */
export class JsonFault extends Error {}

/** Deepest nesting of objects and arrays. The contract's own messages are less than ten deep. */
const DEEPEST = 64;

/** Most values in one text. This limits the work, since a large text may consist of nothing but brackets and commas. */
const MOST_VALUES = 50_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;
const LINE_END = 0x0a;
const SHORT_ESCAPES = '"\\/bfnrt';
const HEX_ESCAPE = /u[0-9a-fA-F]{4}/y;
const OTHER_SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Reads the text; throws a `JsonFault` when it is not JSON. */
export function readJson<Place>(text: string, place: Place, listener: JsonListener<Place>): void {
  const reader = new JsonReader(text, listener);
  reader.value(place, 0);
  reader.end();
}

class JsonReader<Place> {
  readonly #text: string;
  readonly #listener: JsonListener<Place>;
  #at = 0;
  #values = 0;
  #line = 1;
  #lineBegin = 0;
  /** Whether the string that was read last has escapes. */
  #isEscaped = false;

  constructor(text: string, listener: JsonListener<Place>) {
    this.#text = text;
    this.#listener = listener;
  }

  value(place: Place, depth: number): void {
    this.#skipBlank();
    if (++this.#values > MOST_VALUES)
      throw new JsonFault(`The body has more than ${MOST_VALUES.toLocaleString("en")} values; send it in parts.`);
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
        const position = this.#position();
        const name = this.#name();
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

  #name(): string {
    const written = this.#string("a name in double quotes");
    return this.#isEscaped ? (JSON.parse(written) as string) : written.slice(1, -1);
  }

  #scalar(): string {
    if (this.#text[this.#at] === '"') return this.#string("a text");
    OTHER_SCALAR.lastIndex = this.#at;
    const found = OTHER_SCALAR.exec(this.#text)?.[0];
    if (found === undefined) throw this.#fault("a value");
    this.#at += found.length;
    return found;
  }

  /** Without a regular expression, which would remember each letter of a long text. */
  #string(expected: string): string {
    const begin = this.#at;
    if (this.#text[begin] !== '"') throw this.#fault(expected);
    this.#at++;
    this.#isEscaped = false;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === QUOTE) return this.#text.slice(begin, ++this.#at);
      if (code === BACKSLASH) this.#escape();
      else if (code >= FIRST_PRINTABLE) this.#at++;
      else throw this.#fault("a letter or a double quote (a line end is written \\n)");
    }
  }

  #escape(): void {
    this.#isEscaped = true;
    HEX_ESCAPE.lastIndex = this.#at + 1;
    const kind = this.#text.charAt(this.#at + 1);
    if (kind !== "" && SHORT_ESCAPES.includes(kind)) this.#at += 2;
    else if (HEX_ESCAPE.test(this.#text)) this.#at += 6;
    else throw this.#fault("an escape that JSON knows");
  }

  #take(sign: string): boolean {
    this.#skipBlank();
    if (this.#text[this.#at] !== sign) return false;
    this.#at++;
    return true;
  }

  /** Counts lines between elements. Within a string, a line end is an escape. */
  #skipBlank(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x09 && code !== 0x0d && code !== LINE_END) return;
      this.#at++;
      if (code !== LINE_END) continue;
      this.#line++;
      this.#lineBegin = this.#at;
    }
  }

  #position(): Position {
    return { line: this.#line, column: this.#at - this.#lineBegin + 1 };
  }

  #fault(expected: string): JsonFault {
    const found = this.#at < this.#text.length ? "something else stands" : "the body ends";
    return new JsonFault(`The body is no JSON: ${expected} is expected at ${this.#here()}, where ${found}.`);
  }

  #here(): string {
    return inWords(this.#position());
  }
}

/** "line 2, column 7". */
export const inWords = ({ line, column }: Position): string => `line ${line}, column ${column}`;
