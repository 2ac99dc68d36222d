import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import type { CampaignGroupState, GetCampaignGroupResponse, Run } from "../api/contract.ts";
import { historyQuery } from "./queries.ts";

/** The counts of a campaign at one moment, for the chart. */
export interface Sample {
  /** Milliseconds since 1970. */
  at: number;
  attempted: number;
  refused: number;
  waiting: number;
}

/** A run from its beginning, and all runs that can be chosen. */
export interface History {
  samples: readonly Sample[];
  run: Run | undefined;
  runs: readonly Run[];
  choose: (run: number) => void;
}

/** With one point per second this is half an hour. When there are more, every other point is dropped; the server has them all. */
const mostLive = 1_800;
const none: readonly Sample[] = [];

/** How the counts of a run changed: the server's history, continued by the live stream. */
export function useHistory(
  campaignGroupId: string,
  state: CampaignGroupState | undefined,
): { history: History; take: (answer: GetCampaignGroupResponse) => void } {
  const [chosen, choose] = useState(0);
  // A change of state may begin or end a run.
  const { data } = useQuery({ ...historyQuery(campaignGroupId, chosen, state), placeholderData: keepPreviousData });
  const [live, setLive] = useState<{ campaignGroupId: string; samples: readonly Sample[] }>({
    campaignGroupId,
    samples: none,
  });
  const take = useCallback(
    ({ progress }: GetCampaignGroupResponse) => {
      if (!progress) return;
      const sample = { at: Date.now(), ...countsOf(progress) };
      setLive((before) => ({
        campaignGroupId,
        samples: before.campaignGroupId === campaignGroupId ? [...thinned(before.samples), sample] : [sample],
      }));
    },
    [campaignGroupId],
  );
  const samples = useMemo(() => {
    const kept = (data?.points ?? []).map((point) => ({ at: Date.parse(point.time ?? ""), ...countsOf(point) }));
    const last = kept.at(-1)?.at ?? Infinity;
    const goesOn = data?.run !== undefined && !data.run.endTime && live.campaignGroupId === campaignGroupId;
    return goesOn ? [...kept, ...live.samples.filter(({ at }) => at > last)] : kept;
  }, [data, live, campaignGroupId]);
  return { history: { samples, run: data?.run, runs: data?.runs ?? [], choose }, take };
}

const countsOf = (counts: { attempted: string; refused: string; waiting: string }) => ({
  attempted: Number(counts.attempted),
  refused: Number(counts.refused),
  waiting: Number(counts.waiting),
});

const thinned = (samples: readonly Sample[]): readonly Sample[] =>
  samples.length < mostLive ? samples : samples.filter((_, index) => index % 2 === 0);
