import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useConfirm } from "../components/confirm.tsx";
import { StopIcon } from "../components/icons.tsx";
import { notifyDone, notifyFailure } from "../components/notify.ts";
import { useMay } from "../session/use-session.ts";
import { cancelJob } from "./queries.ts";

interface Props {
  jobId: string;
  /** Name of what is stopped: `the import`. */
  what: string;
  isRequested?: boolean;
}

/** Asks the service that does the work to stop it. */
export function CancelJobButton({ jobId, what, isRequested = false }: Props) {
  const confirm = useConfirm();
  const mayCancel = useMay("jobs.cancel");
  const cancel = useMutation({
    ...cancelJob(useQueryClient(), jobId),
    onError: notifyFailure(`It was not possible to stop ${what}`),
  });
  const ask = async () => {
    const isSure = await confirm({
      title: `Stop ${what}?`,
      body: "Work that is under way is given up; it cannot be taken up again from where it was.",
      confirmLabel: `Stop ${what}`,
      isDangerous: true,
    });
    if (isSure) cancel.mutate(undefined, { onSuccess: () => notifyDone(`Asked to stop ${what}.`) });
  };
  return (
    <Button
      variant="default"
      leftSection={<StopIcon />}
      onClick={() => void ask()}
      loading={cancel.isPending}
      disabled={!mayCancel || isRequested}
    >
      {isRequested ? "Stopping" : "Stop"}
    </Button>
  );
}
