import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { FormModal } from "../components/form-modal.tsx";
import { showFaults } from "../components/form-rules.ts";
import { createSuppressionList } from "./queries.ts";
import { SuppressionListFields, suppressionListRules, type SuppressionListValues } from "./suppression-list-fields.tsx";

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

/** Creates a suppression list and opens its page. */
export function CreateSuppressionListModal({ isOpen, onClose }: Props) {
  const [requestId] = useState(() => crypto.randomUUID());
  const navigate = useNavigate();
  const form = useForm<SuppressionListValues>({
    initialValues: { name: "", description: "", kind: "SUPPRESSION_KIND_DEVICE", channels: [], required: true },
    validate: suppressionListRules,
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
      <SuppressionListFields form={form} isNew />
    </FormModal>
  );
}
