/** The numbering plans of all regions, compiled from libphonenumber's metadata into one regular expression each. */
import metadata from "libphonenumber-js/metadata.max";

/** One country's numbers. */
export interface NumberingPlan {
  /** ISO 3166-1 alpha-2. */
  region: string;
  /** Calling code without plus: `44`. */
  callingCode: string;
  /** Dialed before a country code to leave the country. A number that begins with it is international. */
  leaveCountry: RegExp;
  /** Dialed before a national number, without being part of it: plain digits; empty when there is none or its rule is not that simple. */
  trunkPrefix: string;
  /** What libphonenumber strips or rewrites at the start of a national number; undefined when there is nothing. */
  nationalPrefix: RegExp | undefined;
  /** Digits that its national numbers may have. */
  lengths: readonly number[];
  /** Numbers of the right shape. */
  possible: RegExp;
  /** Numbers in use: of the right shape and of a known kind (fixed line, mobile, …). */
  inUse: RegExp;
  /** Where regions share a calling code: how the numbers of this one begin. Undefined for the main region. */
  leadingDigits: RegExp | undefined;
}

/** Positions in libphonenumber-js's packed metadata (its METADATA.md). */
const AT = {
  callingCode: 0,
  leaveCountry: 1,
  pattern: 2,
  lengths: 3,
  nationalPrefix: 5,
  nationalPrefixForParsing: 7,
  transformRule: 8,
  leadingDigits: 10,
  types: 11,
} as const;
type PackedCountry = readonly unknown[];
type PackedType = readonly [pattern: string, lengths?: readonly number[]] | 0;

// The package has no types for what is in each country's array; the positions above say it.
const countries = metadata.countries as unknown as Record<string, PackedCountry>;

/** By region. */
export const plans: ReadonlyMap<string, NumberingPlan> = new Map(
  Object.entries(countries).map(([region, packed]) => [region, compile(region, packed)]),
);

/** By calling code; the main region first. Codes that belong to no country (800, 870, …) are absent. */
export const plansByCallingCode: ReadonlyMap<string, readonly NumberingPlan[]> = new Map(
  Object.entries(metadata.country_calling_codes as Record<string, readonly string[]>).map(([code, regions]) => [
    code,
    regions.flatMap((region) => plans.get(region) ?? []),
  ]),
);

/** The region that a number in use belongs to. */
export function planOf(candidates: readonly NumberingPlan[], nationalNumber: string): NumberingPlan | undefined {
  if (candidates.length === 1) return candidates[0]?.inUse.test(nationalNumber) ? candidates[0] : undefined;
  const plan = candidates.find(({ leadingDigits, inUse }) => (leadingDigits ?? inUse).test(nationalNumber));
  return plan?.inUse.test(nationalNumber) ? plan : undefined;
}

/** The calling code that digits after a plus sign begin with. No code is the beginning of another. */
export function callingCodeOf(digits: string): string | undefined {
  for (let length = 1; length <= 3; length += 1) {
    const code = digits.slice(0, length);
    if (plansByCallingCode.has(code)) return code;
  }
  return undefined;
}

function compile(region: string, packed: PackedCountry): NumberingPlan {
  const text = (at: number) => (typeof packed[at] === "string" ? packed[at] : "");
  const prefix = text(AT.nationalPrefixForParsing) || text(AT.nationalPrefix);
  const leadingDigits = text(AT.leadingDigits);
  return {
    region,
    callingCode: text(AT.callingCode),
    leaveCountry: new RegExp(`^(?:${text(AT.leaveCountry)})`),
    trunkPrefix: /^\d+$/.test(prefix) && !packed[AT.transformRule] ? prefix : "",
    nationalPrefix: prefix ? new RegExp(`^(?:${prefix})`) : undefined,
    lengths: packed[AT.lengths] as readonly number[],
    possible: new RegExp(`^(?:${text(AT.pattern)})$`),
    inUse: inUse(packed),
    leadingDigits: leadingDigits ? new RegExp(`^(?:${leadingDigits})`) : undefined,
  };
}

/** The general pattern and one of the kinds, each with its lengths. */
function inUse(packed: PackedCountry): RegExp {
  const general = String(packed[AT.pattern]);
  const lengths = packed[AT.lengths] as readonly number[];
  const types = packed[AT.types] as readonly PackedType[] | undefined;
  if (!types?.length) return new RegExp(`^(?:${general})$`);
  const kinds = types
    .filter((type) => type !== 0 && type[0])
    .map((type) => oneKind(type as readonly [string], lengths));
  return new RegExp(`^(?=(?:${general})$)(?:${kinds.join("|")})$`);
}

function oneKind([pattern, own]: readonly [string, (readonly number[])?], lengths: readonly number[]): string {
  return `(?=(?:${(own ?? lengths).map((length) => `\\d{${length}}`).join("|")})$)(?:${pattern})`;
}
