import { Button, Group, Text } from "@mantine/core";
import type { Record as ContactRecord } from "../api/contract.ts";
import type { CampaignFormState } from "./campaign-values.ts";

const known = ["first_name", "last_name", "company", "client_id", "postal_code", "state", "country"];
const mostOwnFields = 20;

interface Props {
  form: CampaignFormState;
  /** The field into which placeholders are inserted. */
  path: string;
  /** A record of the list, for the names of custom fields. */
  record: ContactRecord | undefined;
}

/** Inserts a placeholder at the cursor. */
export function Placeholders({ form, path, record }: Props) {
  const own = Object.keys(record?.fields ?? {}).slice(0, mostOwnFields);
  const insert = (name: string) => {
    const field = form.getInputNode(path) as HTMLTextAreaElement | null;
    if (!field) return;
    const { selectionStart: start, selectionEnd: end, value } = field;
    const placeholder = `{{ ${name} }}`;
    form.setFieldValue(path, value.slice(0, start) + placeholder + value.slice(end));
    field.focus();
    // The cursor follows once the new text is in the field.
    requestAnimationFrame(() => field.setSelectionRange(start + placeholder.length, start + placeholder.length));
  };
  return (
    <Group gap={6} component="section" aria-label="Placeholders">
      <Text size="xs" c="dimmed">
        Insert:
      </Text>
      {[...known, ...own].map((name) => (
        <Button key={name} size="compact-xs" variant="default" ff="monospace" fw={400} onClick={() => insert(name)}>
          {name}
        </Button>
      ))}
    </Group>
  );
}
