/** Renders inside the separate process. Contents are parsed once, and a job ends with its slice of time, so that others get their turn. */
import { LRUCache } from "lru-cache";
import { compileContent, InvalidContentError, type CompiledContent } from "./content.ts";
import type { RenderAnswer, RenderJob, RenderResult } from "./job.ts";

/** The size of the cache of parsed contents, in characters of their templates. */
const CACHE_CHARACTERS = 2_000_000;
const SLICE_MS = 200;
/** When so many records in a row exceed a limit, the content is at fault and not the records. */
const UNUSABLE_AFTER = 3;

interface CachedContent {
  render: CompiledContent;
  /** Records in a row that exceeded a limit. */
  exceeded: number;
}

export function createSlices(nowMs: () => number): (job: RenderJob) => RenderAnswer {
  const known = new LRUCache<string, CachedContent>({ maxSize: CACHE_CHARACTERS });

  function find({ key, content, channel }: RenderJob): CachedContent | undefined {
    const found = known.get(key);
    if (found || !content) return found;
    const fresh = { render: compileContent(content, channel), exceeded: 0 };
    known.set(key, fresh, { size: Math.max(1, content.subject.length + content.text.length + content.html.length) });
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
        rendered.push({ message: one.render(scope) });
        one.exceeded = 0;
      } catch (error) {
        if (!(error instanceof InvalidContentError)) throw error;
        one.exceeded = error.limit ? one.exceeded + 1 : 0;
        if (one.exceeded >= UNUSABLE_AFTER) return { kind: "unusable", why: error.message };
        rendered.push({ invalid: error.message });
      }
      if (nowMs() > until) break;
    }
    return { kind: "rendered", rendered };
  };
}
