/** Renders messages for many records in a separate process, so that no template can end this process or take another group's turn. */
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type { EmailWarning } from "../../../gen/herald/dial/v1/message_template.ts";
import { Fence, FenceBrokenError } from "../../lib/async/fence.ts";
import type { Message, TemplateScope } from "./content.ts";
import type { Events } from "../events.ts";
import type { FencedAnswer, FencedJob, RenderedContent, RenderJob, RenderResult, TemplateFacts } from "./job.ts";

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
  content: RenderedContent;
}

/** Makes one message for each scope, in their order; throws UnusableContentError. */
export type ContentRenderer = (content: NamedContent, scopes: readonly TemplateScope[]) => Promise<RenderResult[]>;

export interface Renderer {
  render: ContentRenderer;
  /** Parses one text. */
  read(tenantId: string, template: string): Promise<TemplateFacts>;
  /** Looks for what may keep people from reading an email. */
  inspect(tenantId: string, message: Message, options: { isMarketing: boolean }): Promise<EmailWarning[]>;
  stop(): void;
}

/** Many times as long as a slice takes on a busy machine. */
const LIMIT_MS = 3_000;
const HEAP_MB = 96;
const PROCESSES = 2;

const REMEDY = "Simplify the template: fewer and shorter loops.";
/** Text without placeholders and tags need not be parsed. */
const HAS_LIQUID = /\{[{%]/;

export function createRenderer(events: Pick<Events, "renderingKilled">): Renderer {
  const fence = new Fence<FencedJob, FencedAnswer>({
    program: new URL("./main.ts", import.meta.url),
    processes: PROCESSES,
    heapMb: HEAP_MB,
    limitMs: LIMIT_MS,
    broken: (limit) => events.renderingKilled(limit),
  });

  async function renderSome(named: NamedContent, scopes: RenderJob["scopes"]): Promise<RenderResult[]> {
    const { tenantId, contentKey, channel, content } = named;
    const job: RenderJob = { kind: "render", key: `${tenantId} ${contentKey}`, content: undefined, channel, scopes };
    let answer = await fence.run(tenantId, job);
    if (answer.kind === "unknown") answer = await fence.run(tenantId, { ...job, content });
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

    async read(tenantId, template) {
      if (!HAS_LIQUID.test(template)) return { mistake: undefined, asked: new Map() };
      try {
        const answer = await fence.run(tenantId, { kind: "read", template });
        if (answer.kind === "read") return answer.facts;
        throw new Error("the fence answered another question");
      } catch (error) {
        if (!(error instanceof FenceBrokenError)) throw error;
        const explanation = `it takes more ${error.limit} to read than it may; use fewer placeholders and tags`;
        return { mistake: { line: 1, column: 1, explanation }, asked: new Map() };
      }
    },

    async inspect(tenantId, message, { isMarketing }) {
      try {
        const answer = await fence.run(tenantId, { kind: "inspect", message, isMarketing });
        return answer.kind === "inspected" ? answer.warnings : [];
      } catch (error) {
        if (!(error instanceof FenceBrokenError)) throw error;
        return [];
      }
    },

    stop: () => fence.stop(),
  };
}
