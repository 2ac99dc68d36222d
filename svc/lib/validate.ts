/** Checks a request field by field and refuses it with every violation at once. */
import { type FieldViolation, invalidFields } from "./errors.ts";
import { isId } from "./ids.ts";

/** Collects what is wrong with a request: `const check = new Checks(); check.text("name", req.name, { most: 120 }); check.done();` */
export class Checks {
  readonly violations: FieldViolation[] = [];

  /** Notes a violation of `field` unless `holds`. The description says what would be right. */
  that(holds: boolean, field: string, description: string): void {
    if (!holds) this.violations.push({ field, description });
  }

  /** A text of `least` (1) to `most` characters, without control characters; given back trimmed. */
  text(
    field: string,
    value: string | undefined,
    { least = 1, most = 120 }: { least?: number; most?: number } = {},
  ): string {
    const text = value?.trim() ?? "";
    const length = [...text].length;
    this.that(
      length >= least,
      field,
      least === 1 ? "Required." : `Must have at least ${least} characters; it has ${length}.`,
    );
    this.that(length <= most, field, `Must have at most ${most} characters; it has ${length}.`);
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    this.that(!/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text), field, "Must not hold control characters.");
    return text;
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

  /** Throws INVALID_ARGUMENT with all violations, if there are any. */
  done(): void {
    if (this.violations.length > 0) throw invalidFields(this.violations);
  }
}
