/** Parses the texts of a message template, behind the fence. */
import type { MessageTemplateContent, TemplateFault } from "../../../gen/herald/dial/v1/message_template.ts";
import type { Renderer } from "../rendering/renderer.ts";
import { TEXT_FIELDS } from "./template-checks.ts";

/** What is known of the texts of a content. */
export interface ReadTemplate {
  faults: TemplateFault[];
  /** The names that any of its texts uses without a default. */
  names: ReadonlySet<string>;
}

export async function readTemplate(
  { read }: Pick<Renderer, "read">,
  tenantId: string,
  { variants }: MessageTemplateContent,
): Promise<ReadTemplate> {
  const texts = variants.flatMap((variant) =>
    TEXT_FIELDS.map((field) => ({ language: variant.language, field, text: variant[field] })),
  );
  const facts = await Promise.all(texts.map(async (one) => ({ ...one, ...(await read(tenantId, one.text)) })));
  return {
    faults: facts.flatMap(({ language, field, mistake }) => (mistake ? [{ language, field, ...mistake }] : [])),
    names: new Set(facts.flatMap(({ asked }) => [...asked.keys()])),
  };
}
