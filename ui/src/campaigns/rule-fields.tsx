import { MultiSelect, Text } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { answerOf } from "../api/failure.ts";
import { Card } from "../components/card.tsx";
import { counted } from "../components/words.ts";
import type { CampaignFormState } from "./campaign-values.ts";

const pageSize = 500;

/** Chooses compliance rules and suppression lists for a campaign. Those that apply to every campaign need not be chosen. */
const ruleChoicesQuery = queryOptions({
  queryKey: ["compliance-rules", "choices"],
  queryFn: async ({ signal }) => {
    const params = { query: { pageSize, includeBuiltIn: true } };
    return choicesOf((await answerOf(api.GET("/v1/compliance-rules", { params, signal }))).rules);
  },
});

const suppressionChoicesQuery = queryOptions({
  queryKey: ["suppression-lists", "choices"],
  queryFn: async ({ signal }) =>
    choicesOf(
      (await answerOf(api.GET("/v1/suppression-lists", { params: { query: { pageSize } }, signal }))).suppressionLists,
    ),
});

/** The fields for suppression lists and rules, in addition to those that apply to every campaign. */
export function RuleFields({ form }: { form: CampaignFormState }) {
  const rules = useQuery(ruleChoicesQuery);
  const suppression = useQuery(suppressionChoicesQuery);
  return (
    <Card title="Rules">
      <Choices
        form={form}
        path="suppressionListIds"
        label="Suppression lists"
        query={suppression}
        noneLabel="Every suppression list holds anyway."
      />
      <Choices
        form={form}
        path="ruleIds"
        label="Compliance rules"
        query={rules}
        noneLabel="Every compliance rule holds anyway."
      />
    </Card>
  );
}

interface Choice {
  value: string;
  label: string;
}

interface ChoicesProps {
  form: CampaignFormState;
  path: "suppressionListIds" | "ruleIds";
  label: string;
  query: { data: { optional: Choice[]; required: string } | undefined; error: Error | null };
  /** Shown if there is nothing to choose. */
  noneLabel: string;
}

function Choices({ form, path, label, query: { data, error }, noneLabel }: ChoicesProps) {
  return (
    <div>
      <MultiSelect
        label={label}
        placeholder={data?.optional.length === 0 ? noneLabel : undefined}
        searchable
        clearable
        data={data?.optional ?? []}
        nothingFoundMessage="Nothing of that name"
        {...form.getInputProps(path)}
        error={form.errors[path] ?? error?.message}
      />
      {data?.required && (
        <Text size="sm" c="dimmed" mt={4}>
          Hold for every campaign: {data.required}.
        </Text>
      )}
    </div>
  );
}

const choicesOf = (items: readonly NamedChoice[]) => ({
  optional: items.filter(({ required }) => !required).map(({ id, name }) => ({ value: id, label: name })),
  required: heldAnyway(items.filter(({ required }) => required)),
});

interface NamedChoice {
  id: string;
  name: string;
  required: boolean;
}

/** Names the tenant's own required rules. Built-in ones are only counted, because they are too many. */
function heldAnyway(required: readonly NamedChoice[]): string {
  const own = required.filter(({ id }) => !id.startsWith("builtin:"));
  const builtIn = required.length - own.length;
  const names = own.map(({ name }) => `“${name}”`);
  return [...names, ...(builtIn > 0 ? [counted(builtIn, "built-in contact window")] : [])].join(", ");
}
