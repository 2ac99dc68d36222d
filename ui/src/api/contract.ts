/** The types of the REST contract, under one short name. */
export type * from "../../../gen/rest.ts";
