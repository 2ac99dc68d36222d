/** Parses the texts of a message template, behind the fence. */
import type { MessageTemplateContent, TemplateFault } from "../../../gen/herald/dial/v1/message_template.ts";
import type { Ctx } from "../../lib/rpc/context.ts";
import type { Renderer } from "../rendering/renderer.ts";
import { TEXT_FIELDS } from "./template-checks.ts";

/** What is known of the texts of a content. */
export interface ReadTemplate {
  faults: TemplateFault[];
  /** The names that any of its texts uses without a default. */
  names: ReadonlySet<string>;
}

/** One text after another, so that what a call asks for waits in one place at a time. Throws the signal's reason. */
export async function readTemplate(
  { read }: Pick<Renderer, "read">,
  { tenantId, signal }: Pick<Ctx, "tenantId" | "signal">,
  { variants }: MessageTemplateContent,
): Promise<ReadTemplate> {
  const faults: TemplateFault[] = [];
  const names = new Set<string>();
  for (const variant of variants)
    for (const field of TEXT_FIELDS) {
      const { mistake, asked } = await read(tenantId, variant[field], signal);
      if (mistake) faults.push({ language: variant.language, field, ...mistake });
      for (const name of asked.keys()) names.add(name);
    }
  return { faults, names };
}
