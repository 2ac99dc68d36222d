import { Text, Tooltip, VisuallyHidden } from "@mantine/core";

interface Props {
  /** RFC 3339, as the contract sends it; absent shows a dash. */
  at: string | undefined;
  /** Leave the day out where it is plain from what is around. */
  timeOnly?: boolean;
}

const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const time = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** An instant in the zone of the person who reads it; the exact one is shown on hover. */
export function Instant({ at, timeOnly = false }: Props) {
  if (!at) return <NoValue />;
  const instant = new Date(at);
  return (
    <Tooltip label={`${instant.toISOString()} · shown in ${zone}`} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={at}>{(timeOnly ? time : dayAndTime).format(instant)}</time>
    </Tooltip>
  );
}

/** An instant on the reader's clock, with the person's own time beside it where that is another one. */
export function LocalInstant({ at, zone: theirs }: { at: string | undefined; zone: string | undefined }) {
  const there = at && theirs ? timeIn(new Date(at), theirs) : "";
  const isAnother = at !== undefined && there !== "" && there !== timeIn(new Date(at), zone);
  return (
    <>
      <Instant at={at} />
      {isAnother && (
        <Text size="xs" c="dimmed">
          {`${there} for them, ${theirs}`}
        </Text>
      )}
    </>
  );
}

function timeIn(instant: Date, timeZone: string): string {
  try {
    return new Intl.DateTimeFormat(undefined, {
      weekday: "short",
      timeStyle: undefined,
      hour: "2-digit",
      minute: "2-digit",
      timeZone,
    }).format(instant);
  } catch {
    // A zone that this browser does not know.
    return "";
  }
}

/** Stands where there is no value, and says so to those who do not see the dash. */
export function NoValue({ label = "none" }: { label?: string }) {
  return (
    <Text span c="dimmed" inherit>
      <span aria-hidden="true">–</span>
      <VisuallyHidden>{label}</VisuallyHidden>
    </Text>
  );
}
