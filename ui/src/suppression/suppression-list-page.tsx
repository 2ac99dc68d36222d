import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";
import type { SuppressionList } from "../api/contract.ts";
import { downloadFile } from "../api/download.ts";
import { Awaited } from "../components/awaited.tsx";
import { useConfirm } from "../components/confirm.tsx";
import { DownloadIcon, PlusIcon, TrashIcon, UploadIcon } from "../components/icons.tsx";
import { notifyDone, notifyFailure } from "../components/notify.ts";
import { Page } from "../components/page.tsx";
import { counted } from "../components/words.ts";
import { useMay } from "../session/use-session.ts";
import { AddEntriesModal } from "./add-entries-modal.tsx";
import { EntriesTable } from "./entries-table.tsx";
import { ImportEntriesModal } from "./import-entries-modal.tsx";
import { deleteSuppressionList, suppressionListQuery } from "./queries.ts";
import { channelsLabel, RequiredMark } from "./suppression-lists-page.tsx";

/** One suppression list with its entries. */
export function SuppressionListPage() {
  const { suppressionListId = "" } = useParams();
  const query = useQuery(suppressionListQuery(suppressionListId));
  return (
    <Awaited what="The suppression list" query={query}>
      {(list) => (
        <Page
          title={list.name}
          parent={{ label: "Suppression", to: "/suppression" }}
          badge={list.required && <RequiredMark />}
          about={[counted(list.entryCount, "entry", "entries"), `Channels: ${channelsLabel(list)}`, list.description]
            .filter(Boolean)
            .join(" · ")}
          actions={<ListActions list={list} />}
        >
          <EntriesTable list={list} />
        </Page>
      )}
    </Awaited>
  );
}

function ListActions({ list }: { list: SuppressionList }) {
  const [isAdding, adding] = useDisclosure();
  const [isImporting, importing] = useDisclosure();
  const mayWrite = useMay("suppression.write");
  const exported = useMutation({
    mutationFn: () => downloadFile(`/v1/suppression-lists/${list.id}/entries:export`, `${list.name}.csv`),
    onError: notifyFailure("The entries could not be exported"),
  });
  return (
    <>
      <Button leftSection={<PlusIcon />} onClick={adding.open} disabled={!mayWrite}>
        Add entries
      </Button>
      <Button variant="default" leftSection={<UploadIcon />} onClick={importing.open} disabled={!mayWrite}>
        Import a file
      </Button>
      <Button
        variant="default"
        leftSection={<DownloadIcon />}
        loading={exported.isPending}
        onClick={() => exported.mutate()}
      >
        Export
      </Button>
      <DeleteList list={list} mayDelete={mayWrite} />
      {isAdding && <AddEntriesModal list={list} onClose={adding.close} />}
      {isImporting && <ImportEntriesModal list={list} onClose={importing.close} />}
    </>
  );
}

function DeleteList({ list, mayDelete }: { list: SuppressionList; mayDelete: boolean }) {
  const confirm = useConfirm();
  const navigate = useNavigate();
  const remove = useMutation({
    ...deleteSuppressionList(useQueryClient(), list.id),
    onError: notifyFailure("The list could not be deleted"),
  });
  const ask = async () => {
    const isSure = await confirm({
      title: `Delete “${list.name}”?`,
      body: `Its ${counted(list.entryCount, "entry", "entries")} hold no more from that moment on: people named only here can be contacted again.`,
      confirmLabel: "Delete the list",
      isDangerous: true,
    });
    if (!isSure) return;
    remove.mutate(undefined, {
      onSuccess: () => {
        notifyDone(`“${list.name}” is deleted.`);
        void navigate("/suppression", { replace: true });
      },
    });
  };
  return (
    <Button
      variant="default"
      c="var(--mantine-color-error)"
      leftSection={<TrashIcon />}
      loading={remove.isPending}
      onClick={() => void ask()}
      disabled={!mayDelete}
    >
      Delete
    </Button>
  );
}
