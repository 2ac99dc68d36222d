/** Parses message templates (Liquid), so that mistakes are found before anything is sent. Pure. */
import { ParseError, type Template } from "liquidjs";
import { templateEngine } from "./template-engine.ts";

/** The engine that parses templates. */
export const templates = templateEngine();

/** What is wrong with a template, for people; undefined when it parses. */
export function templateFault(template: string): string | undefined {
  try {
    templates.parse(template);
    return undefined;
  } catch (error) {
    // The message of liquidjs has the place: "unclosed output, line:2, col:7".
    const [first = "it does not parse"] = (error instanceof ParseError ? error.message : String(error)).split("\n");
    return first.replace(/^(ParseError|TokenizationError|RenderError|AssertionError): /, "");
  }
}

/** The parts of a template; empty if it does not parse. */
export function parseTemplate(template: string): readonly Template[] {
  return templateFault(template) === undefined ? templates.parse(template) : [];
}
