import {
  Button,
  Checkbox,
  Group,
  NativeSelect,
  SegmentedControl,
  Stack,
  Textarea,
  TextInput,
  Input,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useEffect, useRef } from "react";
import type { CampaignGroup } from "../api/contract.ts";
import { Card } from "../components/card.tsx";
import { channels } from "../components/channels.ts";
import { ErrorPanel } from "../components/error-panel.tsx";
import { showFaults } from "../components/form-rules.ts";
import { useLeaveQuestion } from "../components/use-leave-question.ts";
import { type CampaignFormState, campaignRules, type CampaignValues } from "./campaign-values.ts";
import { ContentFields } from "./content-fields.tsx";
import { ProviderField } from "./provider-field.tsx";
import { purposes } from "./purposes.ts";
import { ListsField } from "./lists-field.tsx";
import { RuleFields } from "./rule-fields.tsx";
import { TreatmentsEditor } from "./treatments-editor.tsx";
import { VoiceFields } from "./voice-fields.tsx";

interface Props {
  /** The campaign that is edited; absent for a new one. */
  campaign?: CampaignGroup;
  initialValues: CampaignValues;
  /** True if lists and channel can no longer be changed. */
  isLoaded: boolean;
  submitLabel: string;
  isPending: boolean;
  /** True after it was saved; then leaving the page needs no question. */
  isSaved: boolean;
  error: Error | null;
  onSubmit: (values: CampaignValues) => void;
  onCancel: () => void;
}

/** All settings of a campaign. Errors from the server are listed at the top and shown beside their fields. */
export function CampaignForm({
  campaign,
  initialValues,
  isLoaded,
  submitLabel,
  isPending,
  isSaved,
  error,
  onSubmit,
  onCancel,
}: Props) {
  const form = useForm<CampaignValues>({ initialValues, validate: campaignRules });
  useLeaveQuestion(form.isDirty() && !isPending && !isSaved, "What you changed here is not saved, and would be lost.");
  const faults = useRef<HTMLDivElement>(null);
  const { setErrors } = form;
  useEffect(() => {
    if (!error) return;
    showFaults({ setErrors }, error);
    faults.current?.focus();
  }, [error, setErrors]);
  const { channel } = form.values;
  return (
    <form
      onSubmit={form.onSubmit(onSubmit, (errors) => form.getInputNode(Object.keys(errors)[0] ?? "")?.focus())}
      noValidate
    >
      <Stack gap="lg">
        {error && (
          <div ref={faults} tabIndex={-1}>
            <ErrorPanel title="The campaign is not saved" error={error} />
          </div>
        )}
        <Card title="What and whom">
          <TextInput label="Name" required maxLength={120} {...form.getInputProps("name")} />
          <Textarea label="What it is for" autosize maxLength={500} {...form.getInputProps("description")} />
          <ListsField form={form} disabled={isLoaded} />
          <Checkbox
            label="Contact a number or address as often as the lists hold it"
            description={
              isLoaded ? "Fixed once it is loaded." : "Otherwise each is contacted once, by the first list that has it."
            }
            disabled={isLoaded}
            {...form.getInputProps("allowDuplicates", { type: "checkbox" })}
          />
          <ChannelField form={form} disabled={isLoaded} />
          <ProviderField form={form} />
          <PurposeField form={form} />
        </Card>
        {channel === "CHANNEL_VOICE" ? <VoiceFields form={form} /> : <ContentFields form={form} campaign={campaign} />}
        <RuleFields form={form} />
        <TreatmentsEditor form={form} />
        <Group>
          <Button type="submit" size="md" loading={isPending}>
            {submitLabel}
          </Button>
          <Button variant="default" size="md" onClick={onCancel}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function PurposeField({ form }: { form: CampaignFormState }) {
  const description =
    form.values.channel === "CHANNEL_EMAIL"
      ? "Emails for marketing carry a link to unsubscribe, and mail programs show a button for it."
      : undefined;
  return (
    <NativeSelect
      label="Why people are contacted"
      description={description}
      data={purposes.map(({ value, label }) => ({ value, label }))}
      {...form.getInputProps("purpose")}
    />
  );
}

function ChannelField({ form, disabled }: { form: CampaignFormState; disabled: boolean }) {
  const field = form.getInputProps("channel") as { onChange: (channel: string) => void };
  // A provider serves one channel.
  const change = (channel: string) => {
    form.setFieldValue("providerId", "");
    field.onChange(channel);
  };
  return (
    <Input.Wrapper label="Channel" labelElement="div" description={disabled ? "Fixed once it is loaded." : undefined}>
      <div>
        <SegmentedControl
          mt={4}
          aria-label="Channel"
          data={channels.map(({ value, label }) => ({ value, label }))}
          disabled={disabled}
          {...field}
          onChange={change}
        />
      </div>
    </Input.Wrapper>
  );
}
