/** The Liquid that message templates are written in: one set-up for the service that checks templates and the one that renders them. */
import { Liquid } from "liquidjs";

/** Limits of one template: characters to parse, milliseconds to render, and memory in the engine's own units. */
const LIMITS = { parseLimit: 1_000_000, renderLimit: 100, memoryLimit: 5_000_000 };
/** Templates stand alone: nothing that reads other files. */
export const TAGS_THAT_READ_FILES: readonly string[] = ["include", "render", "layout", "block"];

/** Makes an engine. With `escapeHtml`, values are written so that HTML shows them as they are. */
export function templateEngine({ escapeHtml = false } = {}): Liquid {
  const engine = new Liquid({ ...LIMITS, strictFilters: true, ...(escapeHtml && { outputEscape: "escape" }) });
  for (const tag of TAGS_THAT_READ_FILES) delete engine.tags[tag];
  return engine;
}
