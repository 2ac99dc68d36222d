import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMay } from "../session/use-session.ts";
import type { CampaignFormState } from "./campaign-values.ts";
import { publishedTemplatesQuery } from "./queries.ts";

/** Chooses a published message template in place of texts. Shown where there is one. */
export function TemplateChoice({ form }: { form: CampaignFormState }) {
  const { channel, content } = form.values;
  const mayRead = useMay("templates.read");
  const { data: templates = [] } = useQuery({ ...publishedTemplatesQuery(channel), enabled: mayRead });
  const chosen = content.messageTemplateId ?? "";
  const isListed = templates.some(({ id }) => id === chosen);
  const options = [
    ...templates.map(({ id, name }) => ({ value: id, label: name })),
    ...(chosen === "" || isListed ? [] : [{ value: chosen, label: "A template that is not listed" }]),
  ];
  if (options.length === 0) return null;
  return (
    <Select
      label="Message template"
      description="Its newest version is sent, also what is published while the campaign runs."
      placeholder="None: the message is written here"
      clearable
      searchable
      data={options}
      value={chosen === "" ? null : chosen}
      onChange={(id) => form.setFieldValue("content", { ...content, ...choiceOf(id) })}
      error={form.errors["content.messageTemplateId"]}
    />
  );
}

/** Another template is sent in its newest version. */
const choiceOf = (id: string | null) => ({ messageTemplateId: id ?? "", messageTemplateVersion: 0 });
