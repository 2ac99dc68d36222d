import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { FormModal } from "../components/form-modal.tsx";
import { showFaults } from "../components/form-rules.ts";
import { ListFields, listRules, type ListValues } from "./list-fields.tsx";
import { createList } from "./queries.ts";

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

/** Creates a list and opens its page. */
export function CreateListModal({ isOpen, onClose }: Props) {
  // The id belongs to this opened form, so that sending it twice creates only one list.
  const [requestId] = useState(() => crypto.randomUUID());
  const navigate = useNavigate();
  const form = useForm<ListValues>({
    initialValues: { name: "", description: "", defaultRegion: "" },
    validate: listRules,
  });
  const create = useMutation({
    ...createList(useQueryClient(), requestId),
    onError: (error) => showFaults(form, error),
  });
  return (
    <FormModal
      title="New contact list"
      submitLabel="Make the list"
      isOpen={isOpen}
      onClose={onClose}
      isPending={create.isPending}
      error={create.error}
      shownFields={Object.keys(form.values)}
      onSubmit={form.onSubmit((values) =>
        create.mutate(values, { onSuccess: (list) => void navigate(`/lists/${list.id}`) }),
      )}
    >
      <ListFields form={form} />
    </FormModal>
  );
}
