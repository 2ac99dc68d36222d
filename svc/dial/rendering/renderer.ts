/** Makes the messages of many records behind a fence: whatever a template does, it ends neither this process nor another group's turn. */
import type { Record as ContactRecord } from "../../../gen/herald/lists/v1/record.ts";
import { Fence, FenceBroken } from "../../lib/async/fence.ts";
import { NO_CONTENT, scopeOf } from "./content.ts";
import type { Events } from "../events.ts";
import type { SessionSettings } from "../sessions/session-settings.ts";
import type { RenderAnswer, RenderJob, Rendered } from "./job.ts";

export type { Rendered } from "./job.ts";

/** Nothing can be sent with this content, whoever it is for. */
export class ContentUnusable extends Error {
  /** For people. */
  readonly explanation: string;

  constructor(explanation: string) {
    super(explanation);
    this.name = "ContentUnusable";
    this.explanation = explanation;
  }
}

/** Makes one message for each record, in their order; throws ContentUnusable. */
export type RenderAll = (settings: SessionSettings, records: readonly ContactRecord[]) => Promise<Rendered[]>;

export interface Renderer {
  render: RenderAll;
  stop(): void;
}

/** Many times what a slice takes on a busy machine. */
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

  async function renderSome(settings: SessionSettings, scopes: RenderJob["scopes"]): Promise<Rendered[]> {
    const { tenantId, groupId, version, channel } = settings;
    const job = { key: `${tenantId} ${groupId} ${version}`, content: undefined, channel, scopes };
    let answer = await fence.run(tenantId, job);
    if (answer.kind === "unknown")
      answer = await fence.run(tenantId, { ...job, content: settings.content ?? NO_CONTENT });
    if (answer.kind === "rendered") return answer.rendered;
    throw new ContentUnusable(answer.kind === "unusable" ? `${answer.why} ${REMEDY}` : "The template is not known.");
  }

  return {
    async render(settings, records) {
      const scopes = records.map(scopeOf);
      const rendered: Rendered[] = [];
      try {
        while (rendered.length < scopes.length)
          rendered.push(...(await renderSome(settings, scopes.slice(rendered.length))));
      } catch (error) {
        if (!(error instanceof FenceBroken)) throw error;
        throw new ContentUnusable(`The template takes more ${error.limit} than a message may. ${REMEDY}`);
      }
      return rendered;
    },
    stop: () => fence.stop(),
  };
}
