import { sentence } from "../components/words.ts";

/** The reasons why rows are rejected, or numbers and addresses left out, in words for people. */
export const reasonLabel = (reason: string): string => reasons[reason] ?? sentence(reason);

const reasons: Readonly<Record<string, string>> = {
  duplicate_in_file: "Stands in the file twice",
  no_device: "Has no number and no address",
  column_count: "Has too many or too few columns",
  quote_misplaced: "A quote opens a cell and does not close it",
  country_unknown: "A number without a country code, in a country that is not understood",
  device_invalid: "A number or address cannot be read",
  value_rounded: "A number that a spreadsheet rounded",
  value_too_long: "A value is too long",
  value_invalid: "A number, address or client id cannot be read",
  time_invalid: "A time cannot be read",
  zone_unknown: "The time zone is not known",
  encoding: "Holds characters of another encoding",
  fax: "A fax, by its label",
};
