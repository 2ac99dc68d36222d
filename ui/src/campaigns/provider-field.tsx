import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { providersOfChannel } from "../providers/queries.ts";
import { useMay } from "../session/use-session.ts";
import type { CampaignFormState } from "./campaign-values.ts";

/** Through which provider the campaign reaches people. Not shown while there is nothing to choose from. */
export function ProviderField({ form }: { form: CampaignFormState }) {
  const mayRead = useMay("providers.read");
  const { data = [] } = useQuery({ ...providersOfChannel(form.values.channel), enabled: mayRead });
  if (data.length === 0 && form.values.providerId === "") return null;
  const own = data.map(({ id, name, disabled }) => ({ value: id, label: disabled ? `${name} (disabled)` : name }));
  return (
    <NativeSelect
      label="Provider"
      data={[{ value: "", label: "The usual one" }, ...own]}
      {...form.getInputProps("providerId")}
    />
  );
}
