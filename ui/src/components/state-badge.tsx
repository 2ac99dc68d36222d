import { Badge } from "@mantine/core";
import { enumLabel } from "./words.ts";

interface Props {
  /** An enum value of the contract: `JOB_STATE_RUNNING`. */
  value: string;
  /** Its enum's name: `JOB_STATE_`. */
  prefix: string;
}

// A meaning has the same colour everywhere. Values that are not listed are neutral.
const colours: Readonly<Record<string, string>> = {
  RUNNING: "blue.6",
  IMPORTING: "blue.6",
  LOADING: "blue.6",
  IN_FLIGHT: "blue.6",
  INTENDED: "blue.6",
  READY: "teal.6",
  ACTIVE: "teal.6",
  SUCCEEDED: "teal.6",
  ENDED: "teal.6",
  ALLOWED: "teal.6",
  UPDATED: "teal.6",
  CHAIN_UPDATED: "teal.6",
  UP: "teal.6",
  PAUSED: "yellow.6",
  STALE: "orange.6",
  FAILED: "red.6",
  DOWN: "red.6",
  REFUSED: "red.6",
};

/** A state as a word with a coloured dot. */
export function StateBadge({ value, prefix }: Props) {
  return (
    <Badge variant="dot" color={colours[value.replace(prefix, "")] ?? "gray.5"} tt="none" fw={500} miw="max-content">
      {enumLabel(value, prefix)}
    </Badge>
  );
}
