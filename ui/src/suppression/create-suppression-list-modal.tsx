import { Checkbox, Group, Radio, Switch, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Channel, SuppressionKind } from "../api/contract.ts";
import { channels } from "../components/channels.ts";
import { FormModal } from "../components/form-modal.tsx";
import { required, showFaults } from "../components/form-rules.ts";
import { createSuppressionList } from "./queries.ts";

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

interface Values {
  name: string;
  description: string;
  kind: SuppressionKind;
  channels: Channel[];
  required: boolean;
}

/** Makes a suppression list, and goes on to it. */
export function CreateSuppressionListModal({ isOpen, onClose }: Props) {
  const [requestId] = useState(() => crypto.randomUUID());
  const navigate = useNavigate();
  const form = useForm<Values>({
    initialValues: { name: "", description: "", kind: "SUPPRESSION_KIND_DEVICE", channels: [], required: true },
    validate: { name: required("A name") },
  });
  const create = useMutation({
    ...createSuppressionList(useQueryClient(), requestId),
    onError: (error) => showFaults(form, error),
  });
  return (
    <FormModal
      title="New suppression list"
      submitLabel="Make the list"
      isOpen={isOpen}
      onClose={onClose}
      isPending={create.isPending}
      error={create.error}
      shownFields={Object.keys(form.values)}
      onSubmit={form.onSubmit((values) =>
        create.mutate(values, { onSuccess: (list) => void navigate(`/suppression/${list.id}`) }),
      )}
    >
      <TextInput label="Name" required maxLength={120} data-autofocus {...form.getInputProps("name")} />
      <Textarea label="Description" autosize minRows={2} maxLength={500} {...form.getInputProps("description")} />
      <Radio.Group label="Entries are" {...form.getInputProps("kind")}>
        <Group mt="xs">
          <Radio value="SUPPRESSION_KIND_DEVICE" label="Numbers and addresses" />
          <Radio value="SUPPRESSION_KIND_CLIENT_ID" label="Clients, with all their devices" />
        </Group>
      </Radio.Group>
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
    </FormModal>
  );
}
