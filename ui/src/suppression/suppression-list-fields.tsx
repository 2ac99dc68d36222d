import { Checkbox, Group, Radio, Switch, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { Channel, SuppressionKind } from "../api/contract.ts";
import { channels } from "../components/channels.ts";
import { required } from "../components/form-rules.ts";

export interface SuppressionListValues {
  name: string;
  description: string;
  kind: SuppressionKind;
  channels: Channel[];
  required: boolean;
}

/** Checks a suppression list's settings before they are sent. */
export const suppressionListRules = { name: required("A name") };

interface Props {
  form: UseFormReturnType<SuppressionListValues>;
  /** Whether the list is being created. Only then can the kind of its entries be chosen. */
  isNew?: boolean;
}

/** The settings of a suppression list, in a form. */
export function SuppressionListFields({ form, isNew = false }: Props) {
  return (
    <>
      <TextInput label="Name" required maxLength={120} data-autofocus {...form.getInputProps("name")} />
      <Textarea label="Description" autosize minRows={2} maxLength={500} {...form.getInputProps("description")} />
      {isNew && (
        <Radio.Group label="Entries are" {...form.getInputProps("kind")}>
          <Group mt="xs">
            <Radio value="SUPPRESSION_KIND_DEVICE" label="Numbers and addresses" />
            <Radio value="SUPPRESSION_KIND_CLIENT_ID" label="Clients, with all their devices" />
          </Group>
        </Radio.Group>
      )}
      <Checkbox.Group
        label="Channels it holds for"
        description="None chosen means all, those to come included."
        {...form.getInputProps("channels")}
      >
        <Group mt="xs">
          {channels.map(({ value, label }) => (
            <Checkbox key={value} value={value} label={label} />
          ))}
        </Group>
      </Checkbox.Group>
      <Switch
        label="Holds for every campaign"
        description="Otherwise only for campaigns that name it."
        {...form.getInputProps("required", { type: "checkbox" })}
      />
    </>
  );
}
