/** Renders inside the separate process. Contents are parsed once, and a job ends with its slice of time, so that others get their turn. */
import { LRUCache } from "lru-cache";
import type { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { compileContent, InvalidContentError, type TemplateScope } from "./content.ts";
import type { FencedAnswer, RenderedContent, RenderJob, RenderResult } from "./job.ts";
import { compileTemplate, ValueMissingError } from "./template-content.ts";

/** The size of the cache of parsed contents, in characters of their templates. */
const CACHE_CHARACTERS = 2_000_000;
const SLICE_MS = 200;
/** When so many records in a row exceed a limit, the content is at fault and not the records. */
const UNUSABLE_AFTER = 3;

/** Makes the message of one record; throws InvalidContentError. */
type RenderOne = (scope: TemplateScope) => RenderResult;

interface CachedContent {
  render: RenderOne;
  /** Records in a row that exceeded a limit. */
  exceeded: number;
}

export function createSlices(nowMs: () => number): (job: RenderJob) => FencedAnswer {
  const known = new LRUCache<string, CachedContent>({ maxSize: CACHE_CHARACTERS });

  function find({ key, content, channel }: RenderJob): CachedContent | undefined {
    const found = known.get(key);
    if (found || !content) return found;
    const fresh = { render: compile(content, channel), exceeded: 0 };
    known.set(key, fresh, { size: Math.max(1, sizeOf(content)) });
    return fresh;
  }

  return (job) => {
    let one: CachedContent | undefined;
    try {
      one = find(job);
    } catch (error) {
      if (!(error instanceof InvalidContentError)) throw error;
      return { kind: "unusable", why: error.message };
    }
    if (!one) return { kind: "unknown" };
    const until = nowMs() + SLICE_MS;
    const rendered: RenderResult[] = [];
    for (const scope of job.scopes) {
      try {
        rendered.push(renderPatiently(one.render, scope));
        one.exceeded = 0;
      } catch (error) {
        if (!(error instanceof InvalidContentError)) throw error;
        one.exceeded = error.limit ? one.exceeded + 1 : 0;
        if (one.exceeded >= UNUSABLE_AFTER) return { kind: "unusable", why: error.message };
        rendered.push(invalid(error));
      }
      if (nowMs() > until) break;
    }
    return { kind: "rendered", rendered };
  };
}

/** Time is that of the clock: on a busy machine the process may have waited for its turn meanwhile. So what exceeded a limit is tried once more. */
export function renderPatiently(render: RenderOne, scope: TemplateScope): RenderResult {
  try {
    return render(scope);
  } catch (error) {
    if (error instanceof InvalidContentError && error.limit) return render(scope);
    throw error;
  }
}

function compile(content: RenderedContent, channel: Channel): RenderOne {
  if ("template" in content) return compileTemplate(content.template, channel);
  const render = compileContent(content.inline, channel);
  return (scope) => ({ message: render(scope) });
}

const sizeOf = (content: RenderedContent): number =>
  ("template" in content ? content.template.variants : [content.inline]).reduce(
    (sum, { subject, text, html }) => sum + subject.length + text.length + html.length,
    0,
  );

const invalid = (error: InvalidContentError): RenderResult =>
  error instanceof ValueMissingError
    ? { invalid: error.message, language: error.language, missing: error.missing }
    : { invalid: error.message };
