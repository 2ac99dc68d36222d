/** Examples for the names that every record has, for previews without a record. */
export const EXAMPLE_VALUES: Readonly<Record<string, string>> = {
  client_id: "C-1001",
  first_name: "Ann",
  last_name: "Example",
  company: "Example Ltd",
  postal_code: "10001",
  state: "NY",
  country: "US",
};
