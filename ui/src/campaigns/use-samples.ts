import { useCallback, useState } from "react";
import type { GetCampaignGroupResponse } from "../api/contract.ts";

/** The counts of a campaign at one moment, for the chart. */
export interface Sample {
  /** Milliseconds since 1970. */
  at: number;
  attempted: number;
  refused: number;
  waiting: number;
}

/** At one a second this is half an hour; after that every other one is dropped, so that the chart keeps its beginning. */
const mostSamples = 1_800;

/** Collects what the live stream brings while the page is open. */
export function useSamples(campaignGroupId: string): {
  samples: readonly Sample[];
  take: (answer: GetCampaignGroupResponse) => void;
} {
  const [kept, setKept] = useState<{ campaignGroupId: string; samples: readonly Sample[] }>({
    campaignGroupId,
    samples: [],
  });
  const take = useCallback(
    ({ progress }: GetCampaignGroupResponse) => {
      if (!progress) return;
      const sample = {
        at: Date.now(),
        attempted: Number(progress.attempted),
        refused: Number(progress.refused),
        waiting: Number(progress.waiting),
      };
      setKept((before) => ({
        campaignGroupId,
        samples: before.campaignGroupId === campaignGroupId ? [...thinned(before.samples), sample] : [sample],
      }));
    },
    [campaignGroupId],
  );
  return { samples: kept.campaignGroupId === campaignGroupId ? kept.samples : [], take };
}

const thinned = (samples: readonly Sample[]): readonly Sample[] =>
  samples.length < mostSamples ? samples : samples.filter((_, index) => index % 2 === 0);
