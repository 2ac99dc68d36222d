/** Checks that a JSON body has only fields of the contract: a misspelt name is refused instead of ignored. */
import { inWords, JsonFault, type JsonListener, type Position, readJson } from "./json-reader.ts";
import { nearest } from "./nearest.ts";
import type { BodyRule, FieldShape, MessageShape, Shape } from "./shapes.ts";

export interface Violation {
  /** The place, such as `suppressionList.isRequired` or `treatments[2].intervall`; empty for the whole body. */
  field: string;
  description: string;
}

/** So many violations are reported at once, and reading stops after them. The caller sees the rest next time. */
const MOST_VIOLATIONS = 20;

/** So many letters of a wrong name are repeated in the answer. */
const LONGEST_NAME = 64;

const ANYTHING: Shape = { kind: "any" };

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The violations in a body; usually none. `pathValues` are the values of fields that are part of the path. */
export function checkBody(body: Uint8Array, rule: BodyRule, pathValues: readonly string[]): Violation[] {
  const whole = (description: string): Violation[] => [{ field: "", description }];
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    return whole("The body is no UTF-8 text; send JSON in UTF-8.");
  }
  if (!/^\s*\{/.test(text)) return whole("The body is not a JSON object: it begins with { and names its fields.");
  const fromPath = new Map(rule.inPath.map((field, i) => [field, pathValues[i] ?? ""]));
  const names = new NameCheck(fromPath);
  try {
    readJson<ValuePlace>(text, { step: "", depth: 0, shape: rule.shape, isItem: false }, names);
  } catch (error) {
    if (error instanceof JsonFault) return whole(error.message);
    if (!(error instanceof ViolationLimitError)) throw error;
  }
  return names.violations;
}

/** Ends the reading of a body when enough violations were found. */
class ViolationLimitError extends Error {}

/** A value of the body and what may be there. There is one for each value, so it must be cheap: its path is only written for a violation. */
interface ValuePlace {
  /** The step from the enclosing value: a name, or the number of an item. */
  step: string | number;
  within?: ValuePlace;
  depth: number;
  shape: Shape;
  isItem: boolean;
  /** The field whose value it is. */
  field?: FieldShape;
  /** Names that its object has had. */
  given?: Set<string>;
}

class NameCheck implements JsonListener<ValuePlace> {
  readonly violations: Violation[] = [];
  readonly #fromPath: ReadonlyMap<string, string>;
  /** Fields of the path are no deeper than this. */
  readonly #deepest: number;

  constructor(fromPath: ReadonlyMap<string, string>) {
    this.#fromPath = fromPath;
    this.#deepest = Math.max(0, ...[...fromPath.keys()].map((field) => field.split(".").length));
  }

  objectBegins(place: ValuePlace): void {
    this.#counts(place);
    if (place.field?.isList) this.#tell(place, "Is a list: put it between [ and ].");
    else if (place.shape.kind === "scalar") this.#tell(place, "Is one value, and no object.");
  }

  name(place: ValuePlace, name: string, position: Position): ValuePlace {
    const { shape } = place;
    const field = shape.kind === "message" ? shape.fields.get(name) : undefined;
    const below = { within: place, depth: place.depth + 1, isItem: false };
    const asWritten: ValuePlace = {
      step: name,
      shape: shape.kind === "map" ? shape.values : ANYTHING,
      ...below,
    };
    if (shape.kind === "message" && !field) this.#unknown(asWritten, name, shape);
    const meant = field?.jsonName ?? name;
    place.given ??= new Set();
    if (place.given.has(meant))
      this.#tell(asWritten, `Given twice, the second time at ${inWords(position)}; give it once.`);
    place.given.add(meant);
    return field ? { step: meant, shape: field.shape, field, ...below } : asWritten;
  }

  item(place: ValuePlace, index: number): ValuePlace {
    if (index === 0) {
      this.#counts(place);
      if (place.shape.kind !== "any" && !place.field?.isList) {
        this.#tell(place, "Is no list, nor a list of lists.");
        place.shape = ANYTHING; // violations inside it are not reported as well
      }
    }
    return { step: index, within: place, depth: place.depth + 1, shape: place.shape, isItem: true };
  }

  scalar(place: ValuePlace, written: string): void {
    if (written !== "null") this.#counts(place);
    else if (place.isItem && place.shape.kind !== "any") this.#tell(place, "A list has no null in it; leave it out.");
    if (place.depth <= this.#deepest && written !== "null" && written !== '""') this.#comparedWithPath(place, written);
  }

  #comparedWithPath(place: ValuePlace, written: string): void {
    const said = this.#fromPath.get(pathOf(place));
    if (said !== undefined && JSON.parse(written) !== said)
      this.#tell(place, `The path says "${said}"; leave it out of the body, or give the same.`);
  }

  /** Takes a value other than null. Of several alternatives only one may have a value. */
  #counts(place: ValuePlace): void {
    const { field, within } = place;
    if (!field?.oneof || !within?.given) return;
    const others = field.oneof.filter((name) => name !== field.jsonName && within.given?.has(`= ${name}`));
    if (others.length > 0)
      this.#tell(place, `Only one of ${field.oneof.join(", ")} may be given, and ${others.join(", ")} is, too.`);
    within.given.add(`= ${field.jsonName}`);
  }

  #unknown(place: ValuePlace, name: string, { fields }: MessageShape): void {
    const known = [...new Set([...fields.values()].map(({ jsonName }) => jsonName))];
    const meant = nearest(name, known);
    const remedy = meant
      ? `Did you mean ${meant}?`
      : known.length === 0
        ? "Nothing can be given here."
        : `Known here: ${known.join(", ")}.`;
    this.#tell(place, `There is no such field. ${remedy}`);
  }

  #tell(place: ValuePlace, description: string): void {
    this.violations.push({ field: pathOf(place), description });
    if (this.violations.length >= MOST_VIOLATIONS) throw new ViolationLimitError();
  }
}

/** `treatments[2].intervall`; empty for the body as a whole. */
function pathOf({ step, within }: ValuePlace): string {
  if (!within) return "";
  const path = pathOf(within);
  if (typeof step === "number") return `${path}[${step}]`;
  const name = step.length > LONGEST_NAME ? `${step.slice(0, LONGEST_NAME)}…` : step;
  return path === "" ? name : `${path}.${name}`;
}
