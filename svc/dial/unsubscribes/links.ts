/** Makes the unsubscribe links of emails: the tenant's own host or the platform's, and a token. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import type { DialingSettings } from "../../../gen/herald/dial/v1/dialing_settings.ts";
import type { TenantDefaultsLookup } from "../../lib/client/tenant-defaults.ts";
import { linksMissing } from "../errors.ts";
import type { TemplateScope } from "../rendering/content.ts";
import type { LinkTokens } from "./link-token.ts";

/** The name by which a template puts the link into its text. */
const LINK_VARIABLE = "unsubscribe_url";

/** The path of the page, without its token. */
const PATH = "/u/";

/** Makes the link of one email. */
export type LinkMaker = (attemptId: string, address: string) => string;

export interface UnsubscribeLinks {
  /** Throws LINKS_MISSING for a content that asks for the link while emails carry none, because nobody has said where the edge is reached. */
  require(settings: Pick<DialingSettings, "content">): void;
  /** For the emails of a program; undefined when they carry no links, and for other channels. Throws UNAVAILABLE while the tenant's host name is not known. */
  makerFor(settings: { tenantId: string; channel: Channel; programId: string }): Promise<LinkMaker | undefined>;
  /** What a link looks like, for a preview; it leads to a page that says that it does nothing. */
  example(tenantId: string): Promise<string>;
}

export interface LinksDeps {
  tokens: LinkTokens;
  publicUrl: string | undefined;
  defaultsOf: TenantDefaultsLookup;
}

export function unsubscribeLinks({ tokens, publicUrl, defaultsOf }: LinksDeps): UnsubscribeLinks {
  async function baseOf(tenantId: string): Promise<string | undefined> {
    if (publicUrl === undefined) return undefined;
    const { linkHost } = await defaultsOf({ tenantId });
    return `${linkHost === "" ? publicUrl : `https://${linkHost}`}${PATH}`;
  }

  return {
    require({ content }) {
      if (publicUrl === undefined && content && asksForLink(content)) throw linksMissing();
    },
    async makerFor({ tenantId, channel, programId }) {
      const base = channel === Channel.CHANNEL_EMAIL ? await baseOf(tenantId) : undefined;
      return base === undefined
        ? undefined
        : (attemptId, address) => base + tokens.make({ tenantId, attemptId, programId, address });
    },
    example: async (tenantId) => `${(await baseOf(tenantId)) ?? PATH}unsubscribe-example`,
  };
}

/** What a template may know, with the link; as it is where there is none. */
export const withLink = (scope: TemplateScope, url: string | undefined): TemplateScope =>
  url ? { ...scope, [LINK_VARIABLE]: url } : scope;

/** Whether a content asks for the link. */
export const asksForLink = ({ subject, text, html }: MessageContent): boolean =>
  [subject, text, html].some((template) => template.includes(LINK_VARIABLE));
