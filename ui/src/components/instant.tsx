import { Text, Tooltip, VisuallyHidden } from "@mantine/core";
import { localTimes, readersZone } from "./zone.ts";
import { useZoneNamed } from "./zone-name.tsx";

interface Props {
  /** RFC 3339, as the contract sends it. Without a value, a dash is shown. */
  at: string | undefined;
  /** Leaves the day out, if it is shown nearby. */
  timeOnly?: boolean;
}

const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const time = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** An instant in the zone of the person who reads it, which the page names; the exact one is shown on hover. */
export function Instant({ at, timeOnly = false }: Props) {
  if (!at) return <NoValue />;
  return <ShownInstant at={at} timeOnly={timeOnly} />;
}

function ShownInstant({ at, timeOnly }: { at: string; timeOnly: boolean }) {
  useZoneNamed();
  const instant = new Date(at);
  return (
    <Tooltip
      label={`${instant.toISOString()} · shown in ${readersZone}`}
      events={{ hover: true, focus: true, touch: true }}
    >
      <time dateTime={at}>{(timeOnly ? time : dayAndTime).format(instant)}</time>
    </Tooltip>
  );
}

interface LocalProps {
  at: string | undefined;
  /** Where the person may be. */
  zones: readonly string[];
  /** Shows both times in one line of text, instead of one below the other. */
  isInline?: boolean;
}

/** An instant in the reader's zone, and next to it the time where the person may be, if it differs. */
export function LocalInstant({ at, zones, isInline = false }: LocalProps) {
  const there = at ? localTimes(new Date(at), zones, readersZone) : [];
  const told = there.map(({ time: clock, zone }) => `${clock} in ${zone}`).join(" or ");
  return (
    <>
      <Instant at={at} />
      {told !== "" && (
        <Text span={isInline} size="xs" c="dimmed">
          {isInline ? ` (their time: ${told})` : `Their time: ${told}`}
        </Text>
      )}
    </>
  );
}

/** A dash for a missing value, with words for screen readers. */
export function NoValue({ label = "none" }: { label?: string }) {
  return (
    <Text span c="dimmed" inherit>
      <span aria-hidden="true">–</span>
      <VisuallyHidden>{label}</VisuallyHidden>
    </Text>
  );
}
