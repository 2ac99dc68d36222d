/** Finds what messages are made of: a content of its own, or a published version of a message template. */
import { LRUCache } from "lru-cache";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { Database } from "../../lib/postgres/db.ts";
import type { RenderedContent } from "../rendering/job.ts";
import { type NamedContent, UnusableContentError } from "../rendering/renderer.ts";
import type { MessageSource } from "../sessions/session-settings.ts";
import { findPublished } from "./template-store.ts";

/** What is looked up; its key changes when the newest version of a template is to be looked up again. */
export interface ContentQuestion {
  tenantId: string;
  contentKey: string;
  channel: Channel;
  source: MessageSource;
}

export interface Contents {
  /** Throws UnusableContentError when the template, or its version, is gone or does not fit. */
  find(question: ContentQuestion): Promise<NamedContent>;
}

/** The size of the cache, in characters of templates. */
const CACHE_CHARACTERS = 10_000_000;
const GONE = "The message template of the campaign, or its version, does not exist. Choose another one.";
const OTHER_CHANNEL = "The message template of the campaign is for another channel. Choose another one.";

export function createContents(db: Database): Contents {
  const known = new LRUCache<string, NamedContent>({ maxSize: CACHE_CHARACTERS });

  async function lookUp({ tenantId, channel, source }: ContentQuestion): Promise<NamedContent> {
    if (!("templateId" in source)) throw new Error("only templates are looked up");
    const { templateId, templateVersion } = source;
    const found = await findPublished(db.tenant(tenantId), templateId, templateVersion);
    if (!found) throw new UnusableContentError(GONE);
    if (found.channel !== channel) throw new UnusableContentError(OTHER_CHANNEL);
    // Groups that send the same version share what is parsed of it.
    const contentKey = `template ${templateId} ${found.version}`;
    return { tenantId, contentKey, channel, content: { template: found.content } };
  }

  return {
    async find(question) {
      const { tenantId, contentKey, channel, source } = question;
      if (!("templateId" in source)) return { tenantId, contentKey, channel, content: source };
      const key = `${tenantId} ${contentKey}`;
      const before = known.get(key);
      if (before) return before;
      const named = await lookUp(question);
      known.set(key, named, { size: sizeOf(named.content) });
      return named;
    },
  };
}

const sizeOf = (content: RenderedContent): number =>
  "template" in content
    ? content.template.variants.reduce(
        (sum, { subject, text, html }) => sum + subject.length + text.length + html.length,
        1,
      )
    : 1;
