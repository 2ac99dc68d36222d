import { Group, NumberInput, Radio, TextInput } from "@mantine/core";
import { Card } from "../components/card.tsx";
import type { CampaignFormState } from "./campaign-values.ts";

/** How calls are made. */
export function VoiceFields({ form }: { form: CampaignFormState }) {
  const isPower = form.values.voice.mode === "DIALING_MODE_POWER";
  return (
    <Card title="Calls">
      <Radio.Group label="Pace" {...form.getInputProps("voice.mode")}>
        <Group mt="xs">
          <Radio value="DIALING_MODE_PROGRESSIVE" label="Progressive: dials for agents that are ready now" />
          <Radio value="DIALING_MODE_POWER" label="Power: a fixed rate, for announcements" />
        </Group>
      </Radio.Group>
      <Group align="start">{isPower ? <PowerFields form={form} /> : <ProgressiveFields form={form} />}</Group>
      <Group align="start">
        <NumberInput
          label="Calls in flight at the most"
          min={0}
          max={10_000}
          allowDecimal={false}
          {...form.getInputProps("voice.maxPorts")}
        />
        <NumberInput
          label="Let it ring"
          suffix=" s"
          min={15}
          max={120}
          allowDecimal={false}
          {...form.getInputProps("voice.ringTimeoutSeconds")}
        />
        <TextInput
          label="Number shown"
          description="Empty means the provider's own."
          placeholder="+12025550100"
          inputMode="tel"
          {...form.getInputProps("voice.callerId")}
        />
      </Group>
    </Card>
  );
}

function PowerFields({ form }: { form: CampaignFormState }) {
  return (
    <NumberInput
      label="Calls a minute"
      min={1}
      max={60_000}
      allowDecimal={false}
      {...form.getInputProps("voice.callsPerMinute")}
    />
  );
}

function ProgressiveFields({ form }: { form: CampaignFormState }) {
  return (
    <>
      <NumberInput
        label="Simulated agents"
        description="Until people sign in at desks."
        min={1}
        max={1_000}
        allowDecimal={false}
        {...form.getInputProps("voice.simulatedAgents")}
      />
      <NumberInput
        label="Lines for each ready agent"
        min={0.1}
        max={10}
        step={0.1}
        decimalScale={1}
        {...form.getInputProps("voice.linesPerAgent")}
      />
      <NumberInput
        label="Mean handling time"
        description="Of a simulated agent."
        suffix=" s"
        min={1}
        max={86_400}
        allowDecimal={false}
        {...form.getInputProps("voice.simulatedHandlingSeconds")}
      />
    </>
  );
}
