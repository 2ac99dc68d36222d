import { TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FormModal } from "../components/form-modal.tsx";
import { required, showFaults } from "../components/form-rules.ts";
import { notifyDone } from "../components/notify.ts";
import { addEmailDomain } from "./queries.ts";

/** Adds a domain, for which keys are made. */
export function AddDomainModal({ onClose }: { onClose: () => void }) {
  const form = useForm({ initialValues: { domain: "" }, validate: { domain: required("A domain") } });
  const add = useMutation({ ...addEmailDomain(useQueryClient()), onError: (error) => showFaults(form, error) });
  const done = ({ domain }: { domain: string }) => {
    notifyDone(`${domain} is added. Publish its records, then check them.`);
    onClose();
  };
  return (
    <FormModal
      title="Add a domain"
      submitLabel="Add"
      isOpen
      onClose={onClose}
      isPending={add.isPending}
      error={add.error}
      shownFields={Object.keys(form.values)}
      onSubmit={form.onSubmit(({ domain }) => add.mutate(domain, { onSuccess: done }))}
    >
      <TextInput
        label="Domain"
        description="What follows the @ in the sender of your emails. Domains below it are signed with its keys, too."
        placeholder="news.example.com"
        required
        maxLength={253}
        data-autofocus
        {...form.getInputProps("domain")}
      />
    </FormModal>
  );
}
