/** What is known of where a contact is, and whether a rule's places mean it. */

/** All places that were found. If there are several countries or states, each of them counts. */
export interface Evidence {
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  /** `US-TX`. */
  readonly states: readonly string[];
  /** `+1617`; empty when the device has none. */
  readonly areaCode: string;
  /** IANA names. */
  readonly zones: readonly string[];
}

const STATE = /^([A-Z]{2})-[A-Z0-9]{1,3}$/;

/** What a rule's place must look like: everywhere, a country, a state, an area code. */
export const PLACE = /^(?:\*|[A-Z]{2}|[A-Z]{2}-[A-Z0-9]{1,3}|\+1[2-9]\d{2})$/;

/** Whether a rule for these places holds for a contact. Where a contact's state is not known, the rules of all states of its country hold. */
export function mayBeIn(places: readonly string[], evidence: Evidence): boolean {
  return (
    places.length === 0 ||
    places.some((place) => place === "*" || isIn(place, evidence) || mayBeInState(place, evidence))
  );
}

/** The first of the places that a contact is known to be in. Unknown places are ignored here; otherwise a rule for one state would forbid its whole country. */
export function knownPlace(places: readonly string[], evidence: Evidence): string | undefined {
  return places.find((place) => place === "*" || isIn(place, evidence));
}

const isIn = (place: string, { countries, states, areaCode }: Evidence): boolean =>
  countries.includes(place) || states.includes(place) || (areaCode !== "" && place === areaCode);

function mayBeInState(place: string, { countries, states }: Evidence): boolean {
  const country = STATE.exec(place)?.[1];
  return (
    country !== undefined && countries.includes(country) && !states.some((state) => state.startsWith(`${country}-`))
  );
}
