/** States and provinces in the words of libphonenumber's place names. */

/** Where they differ from everybody's. One area code of several provinces tells none of them. */
export const STATES_OF_OTHER_NAMES: Readonly<Record<string, string>> = {
  "British Colombia": "BC",
  "Nova Scotia/Prince Edward Island": "",
  "Northwest Territories/Nunavut/Yukon": "",
};

/** Area codes of which the source knows only the exchanges, or that are newer than it. */
// prettier-ignore
export const STATES_OF_NEW_AREA_CODES: Readonly<Record<string, string>> = {
  203: "CT", 273: "QC", 310: "CA", 713: "TX", 718: "NY", 905: "ON",
};
