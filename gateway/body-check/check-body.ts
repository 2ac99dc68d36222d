/** Whether a JSON body says only what the contract knows: a misspelt name is refused, not dropped. */
import { JsonFault, type Listener, positionOf, readJson } from "./json-reader.ts";
import { nearest } from "./nearest.ts";
import type { BodyRule, FieldShape, MessageShape, Shape } from "./shapes.ts";

export interface Violation {
  /** Where, as `suppressionList.isRequired` or `treatments[2].intervall`; empty for the body as a whole. */
  field: string;
  description: string;
}

/** What is told at once; who misspells more sees the rest next time. */
const MOST_VIOLATIONS = 20;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** What is wrong with a body; nothing, mostly. `pathValues` are the values of the fields that stand in the path. */
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
  const names = new NameCheck(text, fromPath);
  try {
    readJson<Place>(text, { at: "", shape: rule.shape, isItem: false }, names);
  } catch (error) {
    if (error instanceof JsonFault) return whole(error.message);
    throw error;
  }
  return names.violations;
}

/** A value of the body: its path, and what may stand there. */
interface Place {
  at: string;
  shape: Shape;
  isItem: boolean;
  /** The field whose value it is, and the object that this field belongs to. */
  field?: FieldShape;
  owner?: Place;
  /** Names that its object has had. */
  given?: Set<string>;
}

class NameCheck implements Listener<Place> {
  readonly violations: Violation[] = [];
  readonly #text: string;
  readonly #fromPath: ReadonlyMap<string, string>;

  constructor(text: string, fromPath: ReadonlyMap<string, string>) {
    this.#text = text;
    this.#fromPath = fromPath;
  }

  objectBegins(place: Place): void {
    place.given = new Set();
    this.#counts(place);
    if (place.field?.isList) this.#tell(place.at, "Is a list: put it between [ and ].");
    else if (place.shape.kind === "scalar") this.#tell(place.at, "Is one value, and no object.");
  }

  name(place: Place, name: string, position: number): Place {
    const at = place.at === "" ? name : `${place.at}.${name}`;
    const { shape } = place;
    const field = shape.kind === "message" ? shape.fields.get(name) : undefined;
    if (shape.kind === "message" && !field) this.#unknown(at, name, shape);
    const meant = field?.jsonName ?? name;
    if (place.given?.has(meant))
      this.#tell(at, `Given twice, the second time at ${positionOf(this.#text, position)}; give it once.`);
    place.given?.add(meant);
    if (field)
      return {
        at: place.at === "" ? field.jsonName : `${place.at}.${field.jsonName}`,
        shape: field.shape,
        isItem: false,
        field,
        owner: place,
      };
    return { at, shape: shape.kind === "map" ? shape.values : { kind: "any" }, isItem: false };
  }

  item(place: Place, index: number): Place {
    if (index === 0) {
      this.#counts(place);
      if (place.shape.kind !== "any" && !place.field?.isList) this.#tell(place.at, "Is no list, nor a list of lists.");
    }
    return { at: `${place.at}[${index}]`, shape: place.shape, isItem: true };
  }

  scalar(place: Place, written: string): void {
    if (written !== "null") this.#counts(place);
    else if (place.isItem && place.shape.kind !== "any")
      this.#tell(place.at, "A list has no null in it; leave it out.");
    const said = this.#fromPath.get(place.at);
    if (said !== undefined && !["null", '""'].includes(written) && JSON.parse(written) !== said)
      this.#tell(place.at, `The path says "${said}"; leave it out of the body, or give the same.`);
  }

  /** A value that is more than null: of alternatives only one may have it. */
  #counts({ field, owner, at }: Place): void {
    if (!field?.oneof || !owner) return;
    const others = field.oneof.filter((name) => name !== field.jsonName && owner.given?.has(`= ${name}`));
    if (others.length > 0)
      this.#tell(at, `Only one of ${field.oneof.join(", ")} may be given, and ${others.join(", ")} is, too.`);
    owner.given?.add(`= ${field.jsonName}`);
  }

  #unknown(at: string, name: string, { fields }: MessageShape): void {
    const known = [...new Set([...fields.values()].map(({ jsonName }) => jsonName))];
    const meant = nearest(name, known);
    const remedy = meant
      ? `Did you mean ${meant}?`
      : known.length === 0
        ? "Nothing can be given here."
        : `Known here: ${known.join(", ")}.`;
    this.#tell(at, `There is no such field. ${remedy}`);
  }

  #tell(field: string, description: string): void {
    if (this.violations.length < MOST_VIOLATIONS) this.violations.push({ field, description });
  }
}
