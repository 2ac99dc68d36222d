/** Parses the templates of a content in separate processes, so that no template can hold up the service's other calls. */
import type { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import { Fence, FenceBrokenError } from "../../lib/async/fence.ts";
import type { Events } from "../events.ts";
import type { NameUse } from "../../lib/templates/placeholders.ts";
import type { TemplateFacts } from "./template-process.ts";

/** Facts about the templates of a content. Each template is looked up by its text. */
export interface ReadContent {
  /** What is wrong with a template, for people; undefined if nothing is, or if it is not of this content. */
  faultOf(template: string): string | undefined;
  /** The names that a template uses without a default. */
  askedIn(template: string): ReadonlyMap<string, NameUse>;
}

export type ReadTemplates = (tenantId: string, content: MessageContent | undefined) => Promise<ReadContent>;

export interface TemplateReader {
  read: ReadTemplates;
  stop(): void;
}

/** Half a megabyte with hundreds of placeholders takes a tenth of this. */
const LIMIT_MS = 3_000;
const HEAP_MB = 96;
const PROCESSES = 2;
/** Longer templates are not parsed, because they are refused for their length. */
const LONGEST = 500_000;
const NOTHING: TemplateFacts = { fault: undefined, asked: new Map() };

export function createTemplateReader(events: Pick<Events, "readingKilled">): TemplateReader {
  const fence = new Fence<string, TemplateFacts>({
    program: new URL("./template-process.ts", import.meta.url),
    processes: PROCESSES,
    heapMb: HEAP_MB,
    limitMs: LIMIT_MS,
    broken: (limit) => events.readingKilled(limit),
  });

  /** Text without placeholders and tags need not be parsed. */
  async function factsOf(tenantId: string, template: string): Promise<TemplateFacts> {
    if (!/\{[{%]/.test(template) || template.length > LONGEST) return NOTHING;
    try {
      return await fence.run(tenantId, template);
    } catch (error) {
      if (!(error instanceof FenceBrokenError)) throw error;
      const fault = `it takes more ${error.limit} to read than it may; use fewer placeholders and tags`;
      return { fault, asked: new Map() };
    }
  }

  return {
    async read(tenantId, content) {
      const templates = content ? [content.subject, content.text, content.html] : [];
      const facts = await Promise.all(
        templates.map(async (template) => [template, await factsOf(tenantId, template)] as const),
      );
      const known = new Map(facts);
      return {
        faultOf: (template) => known.get(template)?.fault,
        askedIn: (template) => (known.get(template) ?? NOTHING).asked,
      };
    },
    stop: () => fence.stop(),
  };
}
