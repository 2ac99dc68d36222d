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
export type ContentRenderer = (
  content: NamedContent,
  scopes: readonly TemplateScope[],
  signal?: AbortSignal,
) => Promise<RenderResult[]>;

export interface Renderer {
  /** For campaigns. */
  render: ContentRenderer;
  /** For people who look at a message. In other processes than campaigns, which therefore never wait for it. */
  show: ContentRenderer;
  /** Parses one text, for people. */
  read(tenantId: string, template: string, signal?: AbortSignal): Promise<TemplateFacts>;
  /** Looks for what may keep people from reading an email, for people. */
  inspect(tenantId: string, message: Message, options: InspectOptions): Promise<EmailWarning[]>;
  stop(): void;
}

export interface InspectOptions {
  isMarketing: boolean;
  signal?: AbortSignal;
}

type RenderFence = Fence<FencedJob, FencedAnswer>;

/** Many times as long as a slice takes on a busy machine. */
const LIMIT_MS = 3_000;
const HEAP_MB = 96;
const PROCESSES = 2;
/** Far more than people look at; what campaigns render is limited by their sessions. */
const MOST_WAITING = 100;

const REMEDY = "Simplify the template: fewer and shorter loops.";
/** Text without placeholders and tags need not be parsed. */
const HAS_LIQUID = /\{[{%]/;

export function createRenderer(events: Pick<Events, "renderingKilled">): Renderer {
  const options = {
    program: new URL("./main.ts", import.meta.url),
    processes: PROCESSES,
    heapMb: HEAP_MB,
    limitMs: LIMIT_MS,
    broken: (limit: FenceBrokenError["limit"]) => events.renderingKilled(limit),
  };
  const campaigns: RenderFence = new Fence(options);
  const people: RenderFence = new Fence({ ...options, mostWaitingOfOne: MOST_WAITING });

  return {
    render: rendererIn(campaigns),
    show: rendererIn(people),

    async read(tenantId, template, signal) {
      if (!HAS_LIQUID.test(template)) return { mistake: undefined, asked: new Map() };
      try {
        const answer = await people.run(tenantId, { kind: "read", template }, signal);
        if (answer.kind === "read") return answer.facts;
        throw new Error("the fence answered another question");
      } catch (error) {
        if (!(error instanceof FenceBrokenError)) throw error;
        const explanation = `it takes more ${error.limit} to read than it may; use fewer placeholders and tags`;
        return { mistake: { line: 1, column: 1, explanation }, asked: new Map() };
      }
    },

    async inspect(tenantId, message, { isMarketing, signal }) {
      try {
        const answer = await people.run(tenantId, { kind: "inspect", message, isMarketing }, signal);
        return answer.kind === "inspected" ? answer.warnings : [];
      } catch (error) {
        if (!(error instanceof FenceBrokenError)) throw error;
        return [];
      }
    },

    stop() {
      campaigns.stop();
      people.stop();
    },
  };
}

const rendererIn =
  (fence: RenderFence): ContentRenderer =>
  async (named, scopes, signal) => {
    const rendered: RenderResult[] = [];
    try {
      while (rendered.length < scopes.length)
        rendered.push(...(await renderSome(fence, named, scopes.slice(rendered.length), signal)));
    } catch (error) {
      if (!(error instanceof FenceBrokenError)) throw error;
      throw new UnusableContentError(`The template takes more ${error.limit} than a message may. ${REMEDY}`);
    }
    return rendered;
  };

async function renderSome(
  fence: RenderFence,
  { tenantId, contentKey, channel, content }: NamedContent,
  scopes: RenderJob["scopes"],
  signal?: AbortSignal,
): Promise<RenderResult[]> {
  const job: RenderJob = { kind: "render", key: `${tenantId} ${contentKey}`, content: undefined, channel, scopes };
  let answer = await fence.run(tenantId, job, signal);
  if (answer.kind === "unknown") answer = await fence.run(tenantId, { ...job, content }, signal);
  if (answer.kind === "rendered") return answer.rendered;
  throw new UnusableContentError(answer.kind === "unusable" ? `${answer.why} ${REMEDY}` : "The template is not known.");
}
