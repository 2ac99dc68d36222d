import { Select, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Provider } from "../api/contract.ts";
import { FormModal } from "../components/form-modal.tsx";
import { required, showFaults } from "../components/form-rules.ts";
import { notifyDone } from "../components/notify.ts";
import { SmppFields, SmtpFields, VoiceAdapterFields } from "./account-fields.tsx";
import { editOf, kinds, type ProviderValues, shownFields, valuesOf } from "./provider-values.ts";
import { saveProvider } from "./queries.ts";

interface Props {
  /** The provider to change; undefined for a new one. */
  provider: Provider | undefined;
  onClose: () => void;
}

const accountFields = { smtp: SmtpFields, smpp: SmppFields, voiceAdapter: VoiceAdapterFields };

const senderHints = {
  smtp: "News <news@example.com>, for campaigns that name none.",
  smpp: "A number, short code or name, for campaigns that name none.",
  voiceAdapter: "Number shown to those who are called, for campaigns that name none.",
};

/** Creates a provider, or changes one. */
export function ProviderModal({ provider, onClose }: Props) {
  const form = useForm<ProviderValues>({
    initialValues: valuesOf(provider),
    validate: { name: required("A name") },
  });
  const save = useMutation({
    ...saveProvider(useQueryClient(), provider),
    onError: (error) => showFaults(form, error),
  });
  const Fields = accountFields[form.values.kind];
  const done = ({ name }: Provider) => {
    notifyDone(provider ? `“${name}” is changed.` : `“${name}” is set up. Test it before a campaign uses it.`);
    onClose();
  };
  return (
    <FormModal
      title={provider ? `Change “${provider.name}”` : "Add a provider"}
      submitLabel={provider ? "Save" : "Add"}
      isOpen
      onClose={onClose}
      isPending={save.isPending}
      error={save.error}
      shownFields={shownFields(form.values)}
      onSubmit={form.onSubmit((values) => save.mutate(editOf(values, provider), { onSuccess: done }))}
    >
      {!provider && <Select label="Kind" data={[...kinds]} allowDeselect={false} {...form.getInputProps("kind")} />}
      <TextInput label="Name" required maxLength={120} data-autofocus {...form.getInputProps("name")} />
      <Fields form={form} hasSecret={(provider?.secrets.length ?? 0) > 0} />
      <TextInput
        label="Default sender"
        description={senderHints[form.values.kind]}
        maxLength={320}
        {...form.getInputProps("defaultSender")}
      />
      <Switch
        label="Default: used by campaigns that name no provider"
        {...form.getInputProps("isDefault", { type: "checkbox" })}
      />
      <Switch label="Disabled: nothing is sent through it" {...form.getInputProps("disabled", { type: "checkbox" })} />
      <TextInput label="What it is for" maxLength={500} {...form.getInputProps("description")} />
    </FormModal>
  );
}
