import { Text } from "@mantine/core";
import { createContext, type PropsWithChildren, type ReactNode, use, useEffect, useState } from "react";
import { readersZoneLabel } from "./zone.ts";

/** Counts the times that a page shows. */
const ShownTimes = createContext<(change: 1 | -1) => void>(() => {});

/** Called by every component that shows a time, so that the page around it names the zone. */
export function useZoneNamed(): void {
  const count = use(ShownTimes);
  useEffect(() => {
    count(1);
    return () => count(-1);
  }, [count]);
}

interface Props {
  /** Lays out what is above the children. It gets the zone's name, or nothing. */
  head?: (zone: ReactNode) => ReactNode;
}

/** A page or dialog that names the zone of its times above them, as long as it shows any. */
export function WithZoneName({ head = (zone) => zone, children }: PropsWithChildren<Props>) {
  const [shown, setShown] = useState(0);
  const [count] = useState(() => (change: 1 | -1) => setShown((before) => before + change));
  return (
    <ShownTimes value={count}>
      {head(shown > 0 && <ZoneName />)}
      {children}
    </ShownTimes>
  );
}

function ZoneName() {
  return (
    <Text c="dimmed" size="sm" className="zone-name">
      Times in {readersZoneLabel()}
    </Text>
  );
}
