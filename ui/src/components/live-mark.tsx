import { Badge, Tooltip } from "@mantine/core";
import type { WatchState } from "../api/use-watch.ts";

/** Shows whether the page follows the server right now. */
export function LiveMark({ watch }: { watch: WatchState }) {
  const { label, color, about } = marks[watch.status];
  return (
    <Tooltip label={watch.status === "failed" ? watch.failure.message : about}>
      <Badge variant="dot" color={color} tt="none" fw={500} miw="max-content" aria-live="polite">
        {label}
      </Badge>
    </Tooltip>
  );
}

const marks: Readonly<Record<WatchState["status"], { label: string; color: string; about: string }>> = {
  connecting: { label: "Connecting", color: "gray.5", about: "The live view begins." },
  live: { label: "Updating live", color: "teal.6", about: "Figures come as they change." },
  waiting: { label: "Reconnecting", color: "yellow.6", about: "The connection broke; it is being made again." },
  ended: { label: "Ended", color: "gray.5", about: "Nothing more will change." },
  failed: { label: "Not live", color: "red.6", about: "The live view could not go on; reload the page to try again." },
};
