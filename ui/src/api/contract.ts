/** The REST contract's types, under one short name for the whole application. */
export type * from "../../../gen/rest.ts";
