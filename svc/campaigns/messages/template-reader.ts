/** Parses the templates of a content in separate processes, so that no template can hold up the service's other calls. */
import { Fence, FenceBrokenError } from "../../lib/async/fence.ts";
import type { CallScope } from "../../lib/client/client.ts";
import type { Events } from "../events.ts";
import type { TemplateFacts } from "./template-process.ts";

/** Parses texts of a tenant, one after another; the facts are looked up by the text. Throws the signal's reason. */
export type ReadTexts = (
  scope: Pick<CallScope, "tenantId" | "signal">,
  texts: readonly string[],
) => Promise<(text: string) => TemplateFacts>;

export interface TemplateReader {
  read: ReadTexts;
  stop(): void;
}

/** Half a megabyte with hundreds of placeholders takes a tenth of this. */
const LIMIT_MS = 3_000;
const HEAP_MB = 96;
const PROCESSES = 2;
/** Far more than people write at once. */
const MOST_WAITING = 100;
/** Longer templates are not parsed, because they are refused for their length. */
const LONGEST = 500_000;
const NOTHING: TemplateFacts = { fault: undefined, asked: new Map() };

export function createTemplateReader(events: Pick<Events, "readingKilled">): TemplateReader {
  const fence = new Fence<string, TemplateFacts>({
    program: new URL("./template-process.ts", import.meta.url),
    processes: PROCESSES,
    heapMb: HEAP_MB,
    limitMs: LIMIT_MS,
    mostWaitingOfOne: MOST_WAITING,
    broken: (limit) => events.readingKilled(limit),
  });

  /** Text without placeholders and tags need not be parsed. */
  async function factsOf({ tenantId, signal }: Parameters<ReadTexts>[0], template: string): Promise<TemplateFacts> {
    if (!/\{[{%]/.test(template) || template.length > LONGEST) return NOTHING;
    try {
      return await fence.run(tenantId, template, signal);
    } catch (error) {
      if (!(error instanceof FenceBrokenError)) throw error;
      const fault = `it takes more ${error.limit} to read than it may; use fewer placeholders and tags`;
      return { fault, asked: new Map() };
    }
  }

  return {
    async read(scope, texts) {
      const known = new Map<string, TemplateFacts>();
      for (const text of new Set(texts)) known.set(text, await factsOf(scope, text));
      return (text) => known.get(text) ?? NOTHING;
    },
    stop: () => fence.stop(),
  };
}
