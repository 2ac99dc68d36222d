import { Alert, Stack } from "@mantine/core";
import type { PlaceholderProblem } from "../api/contract.ts";

/** Says what in a content would stay empty for people of the lists, while it is written. */
export function ContentWarnings({ problems }: { problems: readonly PlaceholderProblem[] }) {
  return (
    <Stack gap="xs" aria-live="polite">
      {problems.map(({ field, name, explanation }) => (
        <Alert key={`${field} ${name}`} color="orange" title={`{{ ${name} }}`}>
          {explanation}
        </Alert>
      ))}
    </Stack>
  );
}
