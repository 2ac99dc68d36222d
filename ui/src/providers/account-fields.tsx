import { Group, NumberInput, PasswordInput, Select, Switch, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { ProviderValues } from "./provider-values.ts";

interface Props {
  form: UseFormReturnType<ProviderValues>;
  /** A password or key is set already. */
  hasSecret: boolean;
}

const kept = (hasSecret: boolean, otherwise: string) =>
  hasSecret ? "One is set. Empty keeps it, unless host, port or encryption change." : otherwise;

const encryptions = [
  { value: "SMTP_TLS_REQUIRED", label: "STARTTLS, always" },
  { value: "SMTP_TLS_IMPLICIT", label: "TLS from the first byte" },
  { value: "SMTP_TLS_OFFERED", label: "STARTTLS where offered" },
  { value: "SMTP_TLS_OFF", label: "None: everything in the clear" },
];

/** An account on a mail server. */
export function SmtpFields({ form, hasSecret }: Props) {
  return (
    <>
      <HostAndPort form={form} kind="smtp" usualPort={form.values.smtp.tls === "SMTP_TLS_IMPLICIT" ? "465" : "587"} />
      <Select label="Encryption" data={encryptions} allowDeselect={false} {...form.getInputProps("smtp.tls")} />
      <TextInput
        label="User"
        description="Empty if the server wants none."
        maxLength={255}
        autoComplete="off"
        {...form.getInputProps("smtp.user")}
      />
      <PasswordInput
        label="Password"
        description={kept(hasSecret, "It is stored encrypted and never shown again.")}
        autoComplete="new-password"
        {...form.getInputProps("smtp.password")}
      />
      <NumberInput
        label="Connections at once"
        placeholder="10"
        min={1}
        max={100}
        allowDecimal={false}
        {...form.getInputProps("smtp.connections")}
      />
      <TextInput
        label="Return address"
        description="Where the server sends what cannot be delivered. Empty means the sender."
        {...form.getInputProps("smtp.envelopeSender")}
      />
    </>
  );
}

const receiptIds = [
  { value: "RECEIPT_IDS_AUTO", label: "Found out for each receipt" },
  { value: "RECEIPT_IDS_SAME", label: "The same as in the answer" },
  { value: "RECEIPT_IDS_DECIMAL", label: "Decimal in receipts" },
  { value: "RECEIPT_IDS_HEXADECIMAL", label: "Hexadecimal in receipts" },
];

/** An account at a message centre. */
export function SmppFields({ form, hasSecret }: Props) {
  return (
    <>
      <HostAndPort form={form} kind="smpp" usualPort={form.values.smpp.tls ? "3550" : "2775"} />
      <Switch label="TLS" {...form.getInputProps("smpp.tls", { type: "checkbox" })} />
      <TextInput label="System id" required maxLength={15} {...form.getInputProps("smpp.systemId")} />
      <PasswordInput
        label="Password"
        description={kept(hasSecret, "It is stored encrypted and never shown again.")}
        autoComplete="new-password"
        {...form.getInputProps("smpp.password")}
      />
      <TextInput
        label="System type"
        description="Most centres want none."
        maxLength={12}
        {...form.getInputProps("smpp.systemType")}
      />
      <Switch
        label="Transmitter and receiver apart"
        {...form.getInputProps("smpp.separateBinds", { type: "checkbox" })}
      />
      <Group grow align="start">
        <NumberInput label="Binds" placeholder="1" min={1} max={20} {...form.getInputProps("smpp.binds")} />
        <NumberInput label="Window" placeholder="100" min={1} max={1_000} {...form.getInputProps("smpp.window")} />
      </Group>
      <Select
        label="Message ids in receipts"
        data={receiptIds}
        allowDeselect={false}
        {...form.getInputProps("smpp.receiptIds")}
      />
      <TextInput
        label="Country of numbers without a country code"
        placeholder="US"
        maxLength={2}
        {...form.getInputProps("smpp.region")}
      />
    </>
  );
}

/** Access to a voice adapter. */
export function VoiceAdapterFields({ form, hasSecret }: Props) {
  return (
    <>
      <TextInput
        label="Address"
        description="Host and port of the adapter."
        placeholder="voice.example.com:9090"
        required
        {...form.getInputProps("voiceAdapter.address")}
      />
      <PasswordInput
        label="Key"
        description={kept(hasSecret, "The adapter's HERALD_VOICE_KEY.")}
        autoComplete="new-password"
        {...form.getInputProps("voiceAdapter.key")}
      />
      <Switch label="TLS" {...form.getInputProps("voiceAdapter.tls", { type: "checkbox" })} />
    </>
  );
}

function HostAndPort({ form, kind, usualPort }: Pick<Props, "form"> & { kind: "smtp" | "smpp"; usualPort: string }) {
  return (
    <Group grow align="start" preventGrowOverflow={false}>
      <TextInput label="Host" required maxLength={253} {...form.getInputProps(`${kind}.host`)} />
      <NumberInput
        label="Port"
        placeholder={usualPort}
        min={1}
        max={65_535}
        allowDecimal={false}
        maw={120}
        {...form.getInputProps(`${kind}.port`)}
      />
    </Group>
  );
}
