import { useDocumentVisibility } from "@mantine/hooks";
import { useEffect, useEffectEvent, useState } from "react";
import { type ApiFailure, asFailure } from "./failure.ts";
import { followLines } from "./json-lines.ts";
import { backOffMs } from "./query-client.ts";

/** The state of a stream: `waiting` is between two attempts to open it, `ended` means that the last message came. */
export type WatchState =
  { status: "connecting" | "live" | "waiting" | "ended" } | { status: "failed"; failure: ApiFailure };

interface Watch<Message> {
  /** Address of the server stream; if undefined, no stream is opened. */
  path: string | undefined;
  onMessage: (message: Message) => void;
  /** True for the last message. */
  isLast?: (message: Message) => boolean;
}

const mostTries = 30;

/** Follows a server stream while the page is visible, and opens it again when it breaks. */
export function useWatch<Message>({ path, onMessage, isLast }: Watch<Message>): WatchState {
  const [state, setState] = useState<WatchState>({ status: "connecting" });
  // With HTTP/1.1 a browser has only six connections to a host, so tabs in the background close theirs.
  const isVisible = useDocumentVisibility() === "visible";
  const take = useEffectEvent((message: Message) => {
    setState({ status: "live" });
    onMessage(message);
    return isLast?.(message) ?? false;
  });

  useEffect(() => {
    if (path === undefined || !isVisible) return undefined;
    const stop = new AbortController();
    void keepFollowing({ path, signal: stop.signal, take: (message: Message) => take(message), setState });
    return () => stop.abort();
  }, [path, isVisible]);

  return state;
}

interface StreamReading<Message> {
  path: string;
  signal: AbortSignal;
  /** Handles one message, and says whether it was the last. */
  take: (message: Message) => boolean;
  setState: (state: WatchState) => void;
}

async function keepFollowing<Message>({ path, signal, take, setState }: StreamReading<Message>): Promise<void> {
  for (let tries = 0; tries < mostTries && !signal.aborted; tries++) {
    try {
      for await (const message of followLines<Message>(path, signal)) {
        tries = 0;
        if (take(message)) return setState({ status: "ended" });
      }
    } catch (error) {
      if (signal.aborted) return;
      const failure = asFailure(error);
      if (!failure.isPassing || tries === mostTries - 1) return setState({ status: "failed", failure });
    }
    if (signal.aborted) return;
    setState({ status: "waiting" });
    await pause(backOffMs(tries), signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
