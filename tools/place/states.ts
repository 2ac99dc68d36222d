/** States and provinces by the words that libphonenumber's place names use. */

// prettier-ignore
export const CODES_OF_STATE_NAMES: Readonly<Record<string, string>> = {
  Alabama: "AL", Alaska: "AK", Arizona: "AZ", Arkansas: "AR", California: "CA", Colorado: "CO", Connecticut: "CT", Delaware: "DE",
  Florida: "FL", Georgia: "GA", Hawaii: "HI", Idaho: "ID", Illinois: "IL", Indiana: "IN", Iowa: "IA", Kansas: "KS", Kentucky: "KY",
  Louisiana: "LA", Maine: "ME", Maryland: "MD", Massachusetts: "MA", Michigan: "MI", Minnesota: "MN", Mississippi: "MS",
  Missouri: "MO", Montana: "MT", Nebraska: "NE", Nevada: "NV", "New Hampshire": "NH", "New Jersey": "NJ", "New Mexico": "NM",
  "New York": "NY", "North Carolina": "NC", "North Dakota": "ND", Ohio: "OH", Oklahoma: "OK", Oregon: "OR", Pennsylvania: "PA",
  "Rhode Island": "RI", "South Carolina": "SC", "South Dakota": "SD", Tennessee: "TN", Texas: "TX", Utah: "UT", Vermont: "VT",
  Virginia: "VA", "Washington State": "WA", "Washington D.C.": "DC", "West Virginia": "WV", Wisconsin: "WI", Wyoming: "WY",
  Alberta: "AB", "British Columbia": "BC", "British Colombia": "BC", Manitoba: "MB", "New Brunswick": "NB",
  "Newfoundland and Labrador": "NL", Ontario: "ON", Quebec: "QC", Saskatchewan: "SK",
  // One area code of several provinces tells none of them.
  "Nova Scotia/Prince Edward Island": "", "Northwest Territories/Nunavut/Yukon": "",
};

/** Area codes of which the source knows only the exchanges, or that are newer than it. */
// prettier-ignore
export const STATES_OF_NEW_AREA_CODES: Readonly<Record<string, string>> = {
  203: "CT", 273: "QC", 310: "CA", 713: "TX", 718: "NY", 905: "ON",
};
