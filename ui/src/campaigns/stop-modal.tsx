import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { CampaignGroup } from "../api/contract.ts";
import { ErrorPanel } from "../components/error-panel.tsx";
import { moveCampaign } from "./queries.ts";

/** Asks before a campaign is stopped, and why. */
export function StopModal({ campaign, onClose }: { campaign: CampaignGroup; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const stop = useMutation({ ...moveCampaign(useQueryClient(), campaign.id), onSuccess: onClose });
  return (
    <Modal opened onClose={onClose} title={`Stop “${campaign.name}”?`} closeButtonProps={{ "aria-label": "Close" }}>
      <Stack>
        {stop.error && <ErrorPanel title="It is not stopped" error={stop.error} />}
        <Text>
          No new attempt begins, and everybody still waiting is cancelled. Later it can go on with them, or begin anew.
          To interrupt it for a while, pause it instead.
        </Text>
        <TextInput
          label="Why"
          description="Optional; shown with the campaign."
          maxLength={500}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button color="red.8" loading={stop.isPending} onClick={() => stop.mutate({ verb: "stop", reason })}>
            Stop the campaign
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
