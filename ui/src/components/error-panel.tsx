import { Alert, Button, Code, CopyButton, Group, List, Stack, Text } from "@mantine/core";
import { asFailure, type FieldFault } from "../api/failure.ts";
import { WarningIcon } from "./icons.tsx";
import { fieldLabel } from "./form-rules.ts";
import { sentence } from "./words.ts";

interface Props {
  /** What failed: `The lists could not be loaded`. */
  title: string;
  error: unknown;
  /** True for a field that shows its own fault, so that it is not repeated here. */
  isShownElsewhere?: (field: string) => boolean;
  /** Absent if a retry cannot help. */
  onRetry?: () => void;
}

/** Shows a failed call: its message, the wrong fields, and what support needs to find it. */
export function ErrorPanel({ title, error, isShownElsewhere, onRetry }: Props) {
  const failure = asFailure(error);
  const isSaid = ({ field, description }: FieldFault) =>
    isShownElsewhere?.(field) === true || failure.message.includes(description);
  const fields = failure.fields.filter((fault) => !isSaid(fault));
  return (
    <Alert role="alert" color="red" variant="light" title={title} icon={<WarningIcon />} className="error-panel">
      <Stack gap="xs">
        <Text size="sm">{inLabels(failure.message, failure.fields)}</Text>
        {fields.length > 0 && <FieldFaults fields={fields} />}
        <Group gap="md">
          {onRetry && !failure.isLasting && (
            <Button size="compact-sm" variant="default" onClick={onRetry}>
              Try again
            </Button>
          )}
          {failure.reason && !plain.has(failure.reason) && (
            <Text size="xs" c="dimmed">
              {sentence(failure.reason.replace("ERROR_REASON_", ""))}
            </Text>
          )}
          {failure.requestId && <RequestId id={failure.requestId} />}
        </Group>
      </Stack>
    </Alert>
  );
}

/** Reasons that add nothing to the title and the message. */
const plain: ReadonlySet<string> = new Set(["ERROR_REASON_CREDENTIALS_INVALID"]);

function FieldFaults({ fields }: { fields: readonly FieldFault[] }) {
  return (
    <List size="sm">
      {fields.map(({ field, description }) => (
        <List.Item key={field + description}>
          <b>{fieldLabel(field)}</b>: {description}
        </List.Item>
      ))}
    </List>
  );
}

/** The server's message, with the names that fields have on the page. */
const inLabels = (message: string, fields: readonly FieldFault[]): string =>
  fields.reduce((words, { field }) => (field === "" ? words : words.replaceAll(field, fieldLabel(field))), message);

function RequestId({ id }: { id: string }) {
  return (
    <Group gap={6}>
      <Text size="xs" c="dimmed">
        Request <Code fz="xs">{id}</Code>
      </Text>
      <CopyButton value={id}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="subtle" onClick={copy}>
            {copied ? "Copied" : "Copy"}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
