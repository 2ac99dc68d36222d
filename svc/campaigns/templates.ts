/** Message templates: Liquid over one record. Parsed here, so that a mistake is found before anything is sent. Pure. */
import { Liquid, ParseError } from "liquidjs";

/** Templates stand alone: nothing that reads other files. */
const TAGS_THAT_READ_FILES = ["include", "render", "layout", "block"];

const engine = new Liquid({ strictFilters: true, parseLimit: 1_000_000 });
for (const tag of TAGS_THAT_READ_FILES) delete engine.tags[tag];

/** What is wrong with a template, for people; undefined when it parses. */
export function templateFault(template: string): string | undefined {
  try {
    engine.parse(template);
    return undefined;
  } catch (error) {
    // liquidjs says where: "unclosed output, line:2, col:7".
    const [first = "it does not parse"] = (error instanceof ParseError ? error.message : String(error)).split("\n");
    return first.replace(/^(ParseError|TokenizationError|RenderError|AssertionError): /, "");
  }
}
