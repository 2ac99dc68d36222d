import { ActionIcon, Fieldset, Group, MultiSelect, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { callResults, deliveryStates, isReached } from "../attempts/outcome.ts";
import { DurationField } from "../components/duration-field.tsx";
import { DownIcon, TrashIcon, UpIcon } from "../components/icons.tsx";
import { enumLabel } from "../components/words.ts";
import type { CampaignFormState } from "./campaign-values.ts";
import { actionLabels } from "./treatment-words.ts";

interface Props {
  form: CampaignFormState;
  /** Its position among the treatments, from 0. */
  place: number;
  count: number;
}

/** One treatment: which results it follows, what it does, how often and when. */
export function TreatmentFields({ form, place, count }: Props) {
  const path = `treatments.${place}`;
  const isFinish = form.values.treatments[place]?.action === "TREATMENT_ACTION_FINISH";
  return (
    <Fieldset legend={`Retry rule ${place + 1}`}>
      <Group align="start" gap="md">
        <ResultsField form={form} path={path} />
        <NativeSelect
          label="Then"
          data={Object.entries(actionLabels).map(([value, label]) => ({ value, label }))}
          value={form.values.treatments[place]?.action}
          onChange={({ currentTarget }) => form.setFieldValue(`${path}.action`, currentTarget.value)}
        />
        {!isFinish && <TimesFields form={form} path={path} place={place} />}
        <TextInput label="Name" maxLength={120} {...form.getInputProps(`${path}.name`)} />
        <RowActions form={form} place={place} count={count} />
      </Group>
    </Fieldset>
  );
}

function ResultsField({ form, path }: { form: CampaignFormState; path: string }) {
  const isVoice = form.values.channel === "CHANNEL_VOICE";
  const [field, values, prefix] = isVoice
    ? (["callResults", callResults, "CALL_RESULT_"] as const)
    : (["deliveryStates", deliveryStates, "DELIVERY_STATE_"] as const);
  return (
    <MultiSelect
      label="After"
      required
      searchable
      miw={240}
      data={values.filter((value) => !isReached(value)).map((value) => ({ value, label: enumLabel(value, prefix) }))}
      {...form.getInputProps(`${path}.${field}`)}
    />
  );
}

function TimesFields({ form, path, place }: { form: CampaignFormState; path: string; place: number }) {
  const treatment = form.values.treatments[place];
  if (!treatment) return null;
  return (
    <>
      <DurationField
        label="Wait"
        value={treatment.intervalSeconds}
        onChange={(seconds) => form.setFieldValue(`${path}.intervalSeconds`, seconds)}
        error={form.errors[`${path}.intervalSeconds`]}
      />
      <DurationField
        label="Longer each time by"
        value={treatment.incrementSeconds}
        onChange={(seconds) => form.setFieldValue(`${path}.incrementSeconds`, seconds)}
        error={form.errors[`${path}.incrementSeconds`]}
      />
      <NumberInput
        label="At most (times)"
        w={130}
        min={1}
        max={100}
        allowDecimal={false}
        {...form.getInputProps(`${path}.maxCount`)}
      />
    </>
  );
}

function RowActions({ form, place, count }: Props) {
  const move = (to: number) => form.reorderListItem("treatments", { from: place, to });
  return (
    <Group gap={4} mt={25}>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={`Move retry rule ${place + 1} up`}
        disabled={place === 0}
        onClick={() => move(place - 1)}
      >
        <UpIcon />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={`Move retry rule ${place + 1} down`}
        disabled={place === count - 1}
        onClick={() => move(place + 1)}
      >
        <DownIcon />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={`Remove retry rule ${place + 1}`}
        onClick={() => form.removeListItem("treatments", place)}
      >
        <TrashIcon />
      </ActionIcon>
    </Group>
  );
}
