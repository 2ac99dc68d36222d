/** The process that parses templates: a template of a tenant can keep the parser busy for minutes. */
import { serveFenced } from "../../lib/async/fenced.ts";
import { askedNames, type NameUse } from "../../lib/templates/placeholders.ts";
import { templateFault } from "../../lib/templates/template-faults.ts";

/** What campaigns needs to know about a template. Plain data, so that it can be sent between processes. */
export interface TemplateFacts {
  /** What is wrong with it, for people. */
  fault: string | undefined;
  /** The names that it uses without a default. */
  asked: ReadonlyMap<string, NameUse>;
}

serveFenced((template: string): TemplateFacts => {
  const fault = templateFault(template);
  return { fault, asked: fault === undefined ? askedNames(template) : new Map() };
});
