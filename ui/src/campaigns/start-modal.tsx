import { Alert, Button, Group, List, Modal, Skeleton, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { CampaignGroup, LoadMode, PreviewStartResponse } from "../api/contract.ts";
import { resultLabel } from "../attempts/outcome.ts";
import { ErrorPanel } from "../components/error-panel.tsx";
import { Instant } from "../components/instant.tsx";
import { counted, figure } from "../components/words.ts";
import { WithZoneName } from "../components/zone-name.tsx";
import { moveCampaign, startPreviewQuery } from "./queries.ts";
import { SendTestButton } from "./send-test.tsx";

interface Props {
  campaign: CampaignGroup;
  /** Whom to contact after an earlier run. */
  mode: LoadMode;
  onClose: () => void;
}

const words: Readonly<Record<LoadMode, { title: string; confirm: string }>> = {
  LOAD_MODE_UNSPECIFIED: { title: "Start", confirm: "Start the campaign" },
  LOAD_MODE_CONTINUE: { title: "Continue", confirm: "Continue with them" },
  LOAD_MODE_ANEW: { title: "Begin anew", confirm: "Contact everybody again" },
};

/** Shows what a start would do, and asks for confirmation. */
export function StartModal({ campaign, mode, onClose }: Props) {
  const preview = useQuery(startPreviewQuery(campaign.id, mode));
  const start = useMutation({
    ...moveCampaign(useQueryClient(), campaign.id),
    onSuccess: onClose,
  });
  const prevents =
    Boolean(preview.data?.senderProblem) ||
    (preview.data?.placeholderProblems.some(({ preventsStart }) => preventsStart) ?? false);
  const error = start.error ?? preview.error;
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={`${words[mode].title}: “${campaign.name}”`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack>
        {error && <ErrorPanel title="It is not started" error={error} />}
        {preview.isPending && <Skeleton height={90} />}
        {preview.data && (
          <WithZoneName>
            <Preview preview={preview.data} mode={mode} />
          </WithZoneName>
        )}
        <Group justify="flex-end">
          <SendTestButton campaign={campaign} />
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button
            color={mode === "LOAD_MODE_ANEW" ? "red.8" : undefined}
            disabled={!preview.data || prevents}
            loading={start.isPending}
            onClick={() => start.mutate({ verb: "start", mode })}
          >
            {words[mode].confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Preview({ preview, mode }: { preview: PreviewStartResponse; mode: LoadMode }) {
  const { people, contactedBefore, leftAlone, sender, firstAttemptTime, checked, checkedAllowed } = preview;
  return (
    <>
      <Text>
        <b>{counted(people, "person", "people")}</b> will be contacted{sender && `, from ${sender}`}.
        {firstAttemptTime && (
          <>
            {" "}
            The first attempt can be made at <Instant at={firstAttemptTime} />.
          </>
        )}
      </Text>
      {mode === "LOAD_MODE_ANEW" && contactedBefore !== "0" && (
        <Alert color="orange" title={`${counted(contactedBefore, "person", "people")} will be contacted a second time`}>
          The run before is forgotten, and whoever was reached in it is contacted again.
        </Alert>
      )}
      <List size="sm">
        {leftAlone !== "0" && (
          <List.Item>{`${counted(leftAlone, "person", "people")} of the run before are left alone: reached, or their tries used up.`}</List.Item>
        )}
        <Reasons label="Left out" counts={preview.leftOutByReason} />
        {checked > 0 && (
          <List.Item>{`Of the first ${figure(checked)}, ${figure(checkedAllowed)} may be contacted now.`}</List.Item>
        )}
        <Reasons label="Not now" counts={preview.checkedRefusedByReason} />
      </List>
      {preview.senderProblem && (
        <Alert color="red" title={`Not from ${sender}`}>
          {preview.senderProblem.replace(/^\S+: /, "")}
        </Alert>
      )}
      {preview.placeholderProblems.map(({ field, name, explanation, preventsStart }) => (
        <Alert key={`${field} ${name}`} color={preventsStart ? "red" : "orange"} title={`{{ ${name} }}`}>
          {explanation}
        </Alert>
      ))}
    </>
  );
}

function Reasons({ label, counts }: { label: string; counts: Readonly<Record<string, string | number>> }) {
  const told = Object.entries(counts);
  if (told.length === 0) return null;
  return (
    <List.Item>
      {`${label}: ${told.map(([reason, count]) => `${resultLabel(reason).toLowerCase()} (${figure(count)})`).join(", ")}.`}
    </List.Item>
  );
}
