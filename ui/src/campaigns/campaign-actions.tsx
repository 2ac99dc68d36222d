import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import type { CampaignGroup, LoadMode } from "../api/contract.ts";
import { DeleteButton } from "../components/delete-button.tsx";
import { type Icon, PauseIcon, PencilIcon, PlayIcon, StopIcon } from "../components/icons.tsx";
import { notifyFailure } from "../components/notify.ts";
import { useMay } from "../session/use-session.ts";
import { type CampaignVerb, deleteCampaign, moveCampaign } from "./queries.ts";
import { SendTestButton } from "./send-test.tsx";
import { StartModal } from "./start-modal.tsx";
import { StopModal } from "./stop-modal.tsx";

interface Move {
  verb: CampaignVerb;
  /** After a run: whom to contact. */
  mode?: LoadMode;
  label: string;
  icon?: Icon;
  isPrimary?: boolean;
}

const load: Move = { verb: "load", label: "Load" };
const start: Move = { verb: "start", label: "Start", icon: PlayIcon, isPrimary: true };
const pause: Move = { verb: "pause", label: "Pause", icon: PauseIcon, isPrimary: true };
const resume: Move = { verb: "resume", label: "Resume", icon: PlayIcon, isPrimary: true };
const goOn: Move = { verb: "start", mode: "LOAD_MODE_CONTINUE", label: "Continue", icon: PlayIcon, isPrimary: true };
const beginAnew: Move = { verb: "start", mode: "LOAD_MODE_ANEW", label: "Begin anew" };
const stop: Move = { verb: "stop", label: "Stop", icon: StopIcon };

/** The commands that are possible in each state; the server refuses all others. */
const moves: Readonly<Record<CampaignGroup["state"], readonly Move[]>> = {
  CAMPAIGN_GROUP_STATE_UNSPECIFIED: [],
  CAMPAIGN_GROUP_STATE_NOT_LOADED: [start, load],
  CAMPAIGN_GROUP_STATE_LOADING: [],
  CAMPAIGN_GROUP_STATE_ACTIVE: [start, stop],
  CAMPAIGN_GROUP_STATE_RUNNING: [pause, stop],
  CAMPAIGN_GROUP_STATE_PAUSED: [resume, stop],
  CAMPAIGN_GROUP_STATE_STOPPED: [goOn, beginAnew],
};

/** The commands that a campaign can be given now. */
export function CampaignActions({ campaign }: { campaign: CampaignGroup }) {
  const [asked, setAsked] = useState<Move>();
  const mayMove = useMay("campaigns.start");
  const mayWrite = useMay("campaigns.write");
  const queries = useQueryClient();
  const move = useMutation({
    ...moveCampaign(queries, campaign.id),
    onError: notifyFailure("The campaign did not take the command"),
  });
  const give = (asks: Move) => {
    if (asks.verb === "start" || asks.verb === "stop") setAsked(asks);
    else move.mutate({ verb: asks.verb });
  };
  const close = () => setAsked(undefined);
  return (
    <>
      {moves[campaign.state].map((one) => (
        <Button
          key={one.label}
          variant={one.isPrimary ? "filled" : "default"}
          leftSection={one.icon && <one.icon />}
          loading={move.isPending && move.variables.verb === one.verb}
          disabled={!mayMove || move.isPending}
          onClick={() => give(one)}
        >
          {one.label}
        </Button>
      ))}
      {asked?.verb === "start" && (
        <StartModal campaign={campaign} mode={asked.mode ?? "LOAD_MODE_UNSPECIFIED"} onClose={close} />
      )}
      {asked?.verb === "stop" && <StopModal campaign={campaign} onClose={close} />}
      <SendTestButton campaign={campaign} />
      <Button
        component={Link}
        to={`/campaigns/${campaign.id}/edit`}
        variant="default"
        leftSection={<PencilIcon />}
        disabled={!mayWrite}
      >
        Edit
      </Button>
      {isDeletable(campaign) && (
        <DeleteButton
          name={campaign.name}
          what="campaign"
          consequence="Its settings and its queue are removed for good. Attempts already made, and their proofs, stay."
          deletion={deleteCampaign(queries, campaign.id)}
          leadsTo="/campaigns"
          disabled={!mayWrite}
        />
      )}
    </>
  );
}

const isDeletable = ({ state }: CampaignGroup): boolean =>
  state === "CAMPAIGN_GROUP_STATE_NOT_LOADED" || state === "CAMPAIGN_GROUP_STATE_STOPPED";
