import { asFailure } from "../api/failure.ts";

/** A rule for a form field that must not be empty; says what belongs there. */
export const required =
  (what: string) =>
  (value: string): string | null =>
    value.trim() === "" ? `${what} is needed.` : null;

/** The form's name of a field that the server names: `contact_list.default_region` → `defaultRegion`. */
export function formField(field: string): string {
  const [first = "", ...rest] = field.replaceAll(/\[(\d+)\]/g, ".$1").split(".");
  const path = rest.length > 0 && resources.includes(camelCase(first)) ? rest : [first, ...rest];
  return path.map(camelCase).join(".");
}

/** Shows the wrong fields that a failed call named beside the fields of the form. */
export function showFaults(form: { setErrors: (errors: Record<string, string>) => void }, error: unknown): void {
  const faults = asFailure(error).fields.map(({ field, description }) => [formField(field), description]);
  form.setErrors(Object.fromEntries(faults) as Record<string, string>);
}

// A request wraps the resource it writes, and the server names fields from the request on.
const resources = ["contactList", "suppressionList", "campaignGroup"];

const camelCase = (name: string): string =>
  name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
