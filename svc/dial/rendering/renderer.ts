/** Renders messages for many records in a separate process, so that no template can end this process or take another group's turn. */
import type { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { Fence, FenceBrokenError } from "../../lib/async/fence.ts";
import { NO_CONTENT, type TemplateScope } from "./content.ts";
import type { Events } from "../events.ts";
import type { RenderAnswer, RenderJob, RenderResult } from "./job.ts";

/** The content cannot be sent to anybody. */
export class UnusableContentError extends Error {
  /** For people. */
  readonly explanation: string;

  constructor(explanation: string) {
    super(explanation);
    this.name = "UnusableContentError";
    this.explanation = explanation;
  }
}

/** A content with its key: the same key of a tenant means the same content. */
export interface NamedContent {
  tenantId: string;
  contentKey: string;
  channel: Channel;
  content: MessageContent | undefined;
}

/** Makes one message for each scope, in their order; throws UnusableContentError. */
export type ContentRenderer = (content: NamedContent, scopes: readonly TemplateScope[]) => Promise<RenderResult[]>;

export interface Renderer {
  render: ContentRenderer;
  stop(): void;
}

/** Many times as long as a slice takes on a busy machine. */
const LIMIT_MS = 3_000;
const HEAP_MB = 96;
const PROCESSES = 2;

const REMEDY = "Simplify the template: fewer and shorter loops.";

export function createRenderer(events: Pick<Events, "renderingKilled">): Renderer {
  const fence = new Fence<RenderJob, RenderAnswer>({
    program: new URL("./main.ts", import.meta.url),
    processes: PROCESSES,
    heapMb: HEAP_MB,
    limitMs: LIMIT_MS,
    broken: (limit) => events.renderingKilled(limit),
  });

  async function renderSome(named: NamedContent, scopes: RenderJob["scopes"]): Promise<RenderResult[]> {
    const { tenantId, contentKey, channel } = named;
    const job = { key: `${tenantId} ${contentKey}`, content: undefined, channel, scopes };
    let answer = await fence.run(tenantId, job);
    if (answer.kind === "unknown") answer = await fence.run(tenantId, { ...job, content: named.content ?? NO_CONTENT });
    if (answer.kind === "rendered") return answer.rendered;
    throw new UnusableContentError(
      answer.kind === "unusable" ? `${answer.why} ${REMEDY}` : "The template is not known.",
    );
  }

  return {
    async render(named, scopes) {
      const rendered: RenderResult[] = [];
      try {
        while (rendered.length < scopes.length)
          rendered.push(...(await renderSome(named, scopes.slice(rendered.length))));
      } catch (error) {
        if (!(error instanceof FenceBrokenError)) throw error;
        throw new UnusableContentError(`The template takes more ${error.limit} than a message may. ${REMEDY}`);
      }
      return rendered;
    },
    stop: () => fence.stop(),
  };
}
