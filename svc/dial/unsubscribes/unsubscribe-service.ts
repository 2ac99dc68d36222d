/** The RPCs of UnsubscribeService: pages for people. */
import type { HttpBody } from "../../../gen/google/api/httpbody.ts";
import type { UnsubscribeServiceImplementation } from "../../../gen/herald/dial/v1/unsubscribe_service.ts";
import type { TenantDefaults, TenantDefaultsLookup } from "../../lib/client/tenant-defaults.ts";
import { isServiceAway } from "../../lib/errors/error-details.ts";
import type { Ctx, Handlers } from "../../lib/rpc/context.ts";
import { findProgram } from "../programs/program-store.ts";
import type { Events } from "../events.ts";
import { readChoice } from "./form.ts";
import { chooseLanguage } from "./languages.ts";
import type { LinkFacts, LinkTokens } from "./link-token.ts";
import { type PageFacts, type PageState, writePage } from "./page.ts";
import { mayUndo, unsubscribe, type UnsubscribeDeps } from "./unsubscribe.ts";
import { findLink, STOPPED, type Stopped, type UsedLink } from "./unsubscribe-store.ts";

export interface UnsubscribeServiceDeps extends UnsubscribeDeps {
  tokens: LinkTokens;
  defaultsOf: TenantDefaultsLookup;
  events: Pick<Events, "unsubscribed">;
}

export function unsubscribeService(deps: UnsubscribeServiceDeps): Handlers<UnsubscribeServiceImplementation> {
  const { db, tokens, events } = deps;
  return {
    async showUnsubscribePage({ token, lang }, ctx) {
      const link = tokens.read(token);
      if (!link) return unknownLink(ctx, lang);
      const used = await findLink(db.tenant(link.tenantId), link.attemptId);
      return answer(ctx, await factsOf(deps, { link, used, lang, ctx, nothing: "asks" }));
    },

    async unsubscribe({ token, form, lang }, ctx) {
      const link = tokens.read(token);
      if (!link) return unknownLink(ctx, lang);
      const choice = readChoice(form);
      const used = await unsubscribe(deps, link, choice);
      events.unsubscribed(choice);
      return answer(ctx, await factsOf(deps, { link, used, lang, ctx, nothing: "undone" }));
    },
  };
}

const STATES: Readonly<Record<Exclude<Stopped, typeof STOPPED.nothing>, PageState>> = {
  [STOPPED.program]: "program-stopped",
  [STOPPED.emails]: "emails-stopped",
  [STOPPED.everything]: "everything-stopped",
};

interface Shown {
  link: LinkFacts;
  used: UsedLink;
  lang: string;
  ctx: Ctx;
  /** What the page says while nothing is stopped. */
  nothing: PageState;
}

async function factsOf(deps: UnsubscribeServiceDeps, { link, used, lang, ctx, nothing }: Shown): Promise<PageFacts> {
  const { tenantId, programId } = link;
  const [tenant, program] = await Promise.all([
    tenantOf(deps, tenantId),
    // The usual program has a name for the tenant alone.
    programId === "" ? undefined : findProgram(deps.db.tenant(tenantId), programId, deps.now()),
  ]);
  return {
    state: used.stopped === STOPPED.nothing ? nothing : STATES[used.stopped],
    language: chooseLanguage(lang, ctx.acceptLanguage, tenant?.locale ?? ""),
    name: tenant?.displayName ?? "",
    program: program?.name ?? "",
    color: tenant?.accentColor ?? "",
    mayUndo: mayUndo(used),
  };
}

/** While `identity` is away the page does without the tenant's name and colour: people can unsubscribe all the same. */
async function tenantOf({ defaultsOf }: UnsubscribeServiceDeps, tenantId: string): Promise<TenantDefaults | undefined> {
  try {
    return await defaultsOf({ tenantId });
  } catch (error) {
    if (isServiceAway(error)) return undefined;
    throw error;
  }
}

const NO_TENANT = { name: "", program: "", color: "", mayUndo: false };

/** The same for every wrong token, whatever is wrong with it. */
function unknownLink(ctx: Ctx, lang: string): HttpBody {
  const language = chooseLanguage(lang, ctx.acceptLanguage, "");
  return answer(ctx, { ...NO_TENANT, state: "unknown", language }, 404);
}

function answer(ctx: Ctx, facts: PageFacts, status = 200): HttpBody {
  const { html, headers } = writePage(facts);
  // Read by the edge (gateway/pages.ts).
  ctx.sendHeaders({ ...headers, "x-herald-status": String(status) });
  return { contentType: "text/html; charset=utf-8", data: Buffer.from(html), extensions: [] };
}
