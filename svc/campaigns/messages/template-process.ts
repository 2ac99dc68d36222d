/** The process in which templates are read: what tenants wrote can keep the parser busy for minutes. */
import { serveFenced } from "../../lib/async/fenced.ts";
import { askedNames, type NameUse } from "./placeholders.ts";
import { templateFault } from "./templates.ts";

/** What a template is, as far as campaigns ask. Plain data. */
export interface TemplateFacts {
  /** What is wrong with it, for people. */
  fault: string | undefined;
  /** The names that it asks for without saying what stands there for those who have none. */
  asked: ReadonlyMap<string, NameUse>;
}

serveFenced((template: string): TemplateFacts => {
  const fault = templateFault(template);
  return { fault, asked: fault === undefined ? askedNames(template) : new Map() };
});
