import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import type { CampaignGroup } from "../api/contract.ts";
import { useConfirm } from "../components/confirm.tsx";
import { DeleteButton } from "../components/delete-button.tsx";
import { type Icon, PauseIcon, PencilIcon, PlayIcon, StopIcon } from "../components/icons.tsx";
import { notifyFailure } from "../components/notify.ts";
import { useMay } from "../session/use-session.ts";
import { type CampaignVerb, deleteCampaign, moveCampaign } from "./queries.ts";

interface Move {
  verb: CampaignVerb;
  label: string;
  icon?: Icon;
  isPrimary?: boolean;
}

const load: Move = { verb: "load", label: "Load" };
const start: Move = { verb: "start", label: "Start", icon: PlayIcon, isPrimary: true };
const pause: Move = { verb: "pause", label: "Pause", icon: PauseIcon, isPrimary: true };
const resume: Move = { verb: "resume", label: "Resume", icon: PlayIcon, isPrimary: true };
const stop: Move = { verb: "stop", label: "Stop", icon: StopIcon };

/** What can be done in each state; the contract refuses the rest. */
const moves: Readonly<Record<CampaignGroup["state"], readonly Move[]>> = {
  CAMPAIGN_GROUP_STATE_UNSPECIFIED: [],
  CAMPAIGN_GROUP_STATE_NOT_LOADED: [start, load],
  CAMPAIGN_GROUP_STATE_LOADING: [],
  CAMPAIGN_GROUP_STATE_ACTIVE: [start, stop],
  CAMPAIGN_GROUP_STATE_RUNNING: [pause, stop],
  CAMPAIGN_GROUP_STATE_PAUSED: [resume, stop],
  CAMPAIGN_GROUP_STATE_STOPPED: [],
};

/** The commands that a campaign can be given now. */
export function CampaignActions({ campaign }: { campaign: CampaignGroup }) {
  const confirm = useConfirm();
  const mayMove = useMay("campaigns.start");
  const mayWrite = useMay("campaigns.write");
  const queries = useQueryClient();
  const move = useMutation({
    ...moveCampaign(queries, campaign.id),
    onError: notifyFailure("The campaign did not take the command"),
  });
  const give = async (verb: CampaignVerb) => {
    const isSure = verb !== "stop" || (await confirm(stopQuestion(campaign)));
    if (isSure) move.mutate(verb);
  };
  return (
    <>
      {moves[campaign.state].map(({ verb, label, icon: MoveIcon, isPrimary }) => (
        <Button
          key={verb}
          variant={isPrimary ? "filled" : "default"}
          leftSection={MoveIcon && <MoveIcon />}
          loading={move.isPending && move.variables === verb}
          disabled={!mayMove || move.isPending}
          onClick={() => void give(verb)}
        >
          {label}
        </Button>
      ))}
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

const stopQuestion = ({ name }: CampaignGroup) => ({
  title: `Stop “${name}”?`,
  body: "No new attempt begins, and everybody still waiting is cancelled. To interrupt it and go on later, pause it instead.",
  confirmLabel: "Stop the campaign",
  isDangerous: true,
});

const isDeletable = ({ state }: CampaignGroup): boolean =>
  state === "CAMPAIGN_GROUP_STATE_NOT_LOADED" || state === "CAMPAIGN_GROUP_STATE_STOPPED";
