/** The process in which templates are rendered and read. */
import { serveFenced } from "../../lib/async/fenced.ts";
import { askedNames } from "../../lib/templates/placeholders.ts";
import { templateMistake } from "../../lib/templates/template-faults.ts";
import { emailWarnings } from "./email-warnings.ts";
import type { FencedAnswer, FencedJob, TemplateFacts } from "./job.ts";
import { createSlices } from "./slice.ts";

const render = createSlices(() => performance.now());

serveFenced((job: FencedJob): FencedAnswer => {
  if (job.kind === "render") return render(job);
  if (job.kind === "inspect") return { kind: "inspected", warnings: emailWarnings(job.message, job) };
  return { kind: "read", facts: readTemplate(job.template) };
});

function readTemplate(template: string): TemplateFacts {
  const mistake = templateMistake(template);
  return { mistake, asked: mistake ? new Map() : askedNames(template) };
}
