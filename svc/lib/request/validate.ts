/** Checks a request field by field and refuses it with every violation at once. */
import { type FieldViolation, invalidFields } from "../errors/errors.ts";
import { isId } from "./ids.ts";
import { unseenIn } from "../devices/text.ts";

/** Control characters (C0, C1) and those that change the direction of writing: a name must not look like another one. */
const STEERING = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
/** The same for texts of several lines, where line ends and tabs do no harm. */
const STEERING_LINES = /(?![\t\n\r])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
/** A visible character: anything but spaces, marks without a letter, format characters and blank letters. */
const VISIBLE = /[^\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{M}\u115f\u1160\u2800\u3164\uffa0]/u;

const codeOf = (sign: string) => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** Violations reported of one request. A caller with a hundred thousand wrong values learns enough from the first ones. */
const MOST_TOLD = 100;

/** Collects what is wrong with a request: `const check = new Checks(); check.text("name", req.name, { most: 120 }); check.done();` */
export class Checks {
  readonly violations: FieldViolation[] = [];
  #untold = 0;

  /** Notes a violation of `field` unless `holds`. The description says what would be right. */
  that(holds: boolean, field: string, description: string): void {
    if (holds) return;
    if (this.violations.length < MOST_TOLD) this.violations.push({ field, description });
    else this.#untold += 1;
  }

  /**
   * A text of `least` (1) to `most` characters with a visible character and without control characters; with `lines`, it may have several
   * lines. Given back trimmed.
   */
  text(
    field: string,
    value: string | undefined,
    { least = 1, most = 120, lines = false }: { least?: number; most?: number; lines?: boolean } = {},
  ): string {
    const text = value?.trim() ?? "";
    const length = [...text].length;
    this.that(
      length >= least,
      field,
      least === 1 ? "Required." : `Must have at least ${least} characters; it has ${length}.`,
    );
    this.that(length <= most, field, `Must have at most ${most} characters; it has ${length}.`);
    this.shown(field, text, { lines });
    return text;
  }

  /** Like `text`, for names: invisible characters are refused too, so that no two names look alike. */
  name(field: string, value: string | undefined, limits: { least?: number; most?: number } = {}): string {
    const name = this.text(field, value, limits);
    this.allSeen(field, name);
    return name;
  }

  /** One line in which each character is visible or needed by its script, such as joiners within words and emoji. */
  allSeen(field: string, text: string): void {
    const sign = STEERING.test(text) ? undefined : unseenIn(text);
    const hasMore = sign !== undefined && VISIBLE.test(text);
    this.that(
      !hasMore,
      field,
      `Must not hold signs that nobody sees; it holds ${sign === undefined ? "" : codeOf(sign)}.`,
    );
  }

  /** A text that people will see: without control characters and marks of direction, and with at least one visible character. */
  shown(field: string, text: string, { lines = false } = {}): void {
    const [steering] = (lines ? STEERING_LINES : STEERING).exec(text) ?? [];
    const code = steering && codeOf(steering);
    this.that(
      code === undefined,
      field,
      `Must not hold control characters or marks of direction; it holds ${code}.${lines ? "" : " It is one line."}`,
    );
    this.that(
      text.trim() === "" || code !== undefined || VISIBLE.test(text),
      field,
      "Must have a character that can be seen.",
    );
  }

  /** A whole number from `least` to `most`. */
  int(field: string, value: number, { least, most }: { least: number; most: number }): number {
    this.that(
      Number.isInteger(value) && value >= least && value <= most,
      field,
      `Must be a whole number from ${least} to ${most}; it is ${value}.`,
    );
    return value;
  }

  /** An id; `optional` lets it be empty. */
  id(field: string, value: string | undefined, { optional = false } = {}): string {
    const id = value?.toLowerCase() ?? "";
    this.that(isId(id) || (optional && id === ""), field, id ? "Not an id; ids are UUIDs." : "An id is required.");
    return id;
  }

  /** A list of `least` to `most` entries. */
  count(field: string, values: readonly unknown[], { least = 0, most }: { least?: number; most: number }): void {
    const right = least > 0 ? `from ${least} to ${most}` : `at most ${most}`;
    this.that(
      values.length >= least && values.length <= most,
      field,
      `Must have ${right} entries; it has ${values.length}.`,
    );
  }

  /** An enum value other than the unspecified 0 and the unrecognised -1. */
  chosen(field: string, value: number): void {
    this.that(value > 0, field, "Must be one of the values of its enum, other than UNSPECIFIED.");
  }

  /** Throws INVALID_ARGUMENT with the violations, if there are any: the first hundred, and how many others. */
  done(): void {
    if (this.violations.length > 0) throw invalidFields(this.violations, this.#untold);
  }
}
