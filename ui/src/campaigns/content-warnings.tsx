import { Alert, Stack } from "@mantine/core";
import type { PlaceholderProblem } from "../api/contract.ts";

/** While a content is written, shows which placeholders would be empty for people of the lists. */
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
