/** RPCs whose answers are pages for people outside (`/u/…`): HTML with a status of its own, which gRPC cannot say. */
import type { HttpRule } from "../gen/methods.ts";
import { typed } from "./typed.ts";

/** Routes give this filter its settings by its name. */
export const PAGE_STATUS = "page-status";

/** How the paths of such pages begin. */
export const PAGES = "/u/";

export const isPage = (rule: Pick<HttpRule, "path"> | null): boolean => rule?.path.startsWith(PAGES) ?? false;

/**
 * The service says in a header which status its page has. Only what was turned into HTML is changed: an answer to a gRPC caller keeps the
 * header and its own status.
 */
const STATUS_FROM_HEADER = `
function envoy_on_response(handle)
  local headers = handle:headers()
  local status = headers:get("x-herald-status")
  local kind = headers:get("content-type")
  if status and kind and string.find(kind, "text/html", 1, true) == 1 then
    headers:replace(":status", status)
    headers:remove("x-herald-status")
  end
end
`;

/** Does nothing by itself. */
export const pageStatus = typed("envoy.extensions.filters.http.lua.v3.Lua");

/** For the routes of pages. */
export const withPageStatus = {
  [PAGE_STATUS]: typed("envoy.extensions.filters.http.lua.v3.LuaPerRoute", {
    source_code: { inline_string: STATUS_FROM_HEADER },
  }),
};

/** Programs that follow links ask for the headers alone. The answer is the same for every link, so that it tells nothing. */
export const headOf = (match: object) => ({
  match: { ...match, headers: [{ name: ":method", string_match: { exact: "HEAD" } }] },
  direct_response: { status: 200 },
});
