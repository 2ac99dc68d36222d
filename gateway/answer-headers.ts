/** Headers of every answer, whether it comes from a service, a file or Envoy itself. An answer that has such a header already keeps its own. */
import type { GatewayOptions } from "./options.ts";
import { typed } from "./typed.ts";

/** Routes give this filter its settings by its name. */
export const ANSWER_HEADERS = "answer-headers";

const YEAR_SECONDS = 31_536_000;

const unlessThere = (key: string, value: string) => ({
  append: { header: { key, value }, append_action: "ADD_IF_ABSENT" },
});

/** Envoy's default would repeat the requested host and path, which a caller may have invented. */
const fixedRealm = {
  append: {
    header: { key: "www-authenticate", value: 'Bearer realm="herald"' },
    append_action: "OVERWRITE_IF_EXISTS",
  },
};

/** Browsers must not guess types and, once they used TLS, must not come back without it. */
export const answerHeaders = ({ tls }: GatewayOptions) =>
  typed("envoy.extensions.filters.http.header_mutation.v3.HeaderMutation", {
    mutations: {
      response_mutations: [
        unlessThere("x-content-type-options", "nosniff"),
        fixedRealm,
        ...(tls ? [unlessThere("strict-transport-security", `max-age=${YEAR_SECONDS}; includeSubDomains`)] : []),
      ],
    },
  });

const cached = (value: string) => ({
  [ANSWER_HEADERS]: typed("envoy.extensions.filters.http.header_mutation.v3.HeaderMutationPerRoute", {
    mutations: { response_mutations: [unlessThere("cache-control", value)] },
  }),
});

/** Answers are only for the caller and only now: they contain tokens and personal data. */
export const neverCached = cached("no-store");

/** The names of built files change with their content. */
export const cachedForGood = cached(`public, max-age=${YEAR_SECONDS}, immutable`);

/** For errors that Envoy makes before it has looked at a request. */
export const errorHeaders = [
  ["cache-control", "no-store"],
  ["x-content-type-options", "nosniff"],
].map(([key, value]) => ({ header: { key, value }, append_action: "OVERWRITE_IF_EXISTS_OR_ADD" }));
