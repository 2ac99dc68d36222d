import { Button, Tabs } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";
import type { SuppressionList } from "../api/contract.ts";
import { downloadFile } from "../api/download.ts";
import { Awaited } from "../components/awaited.tsx";
import { DeleteButton } from "../components/delete-button.tsx";
import { useFilters } from "../components/filters.tsx";
import { DownloadIcon, PlusIcon, UploadIcon } from "../components/icons.tsx";
import { notifyFailure } from "../components/notify.ts";
import { Page } from "../components/page.tsx";
import { counted } from "../components/words.ts";
import { useMay } from "../session/use-session.ts";
import { AddEntriesModal } from "./add-entries-modal.tsx";
import { CorrectionsTable } from "./corrections-table.tsx";
import { EntriesTable } from "./entries-table.tsx";
import { ImportEntriesModal } from "./import-entries-modal.tsx";
import { deleteSuppressionList, isOfOptOuts, suppressionListQuery } from "./queries.ts";
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
          {isOfOptOuts(list) ? <OptOuts list={list} /> : <EntriesTable list={list} />}
        </Page>
      )}
    </Awaited>
  );
}

/** What Herald keeps itself: entries, and those that were taken back. */
function OptOuts({ list }: { list: SuppressionList }) {
  const [{ tab }, setFilters] = useFilters({ tab: "entries" });
  return (
    <Tabs value={tab} onChange={(chosen) => setFilters({ tab: chosen ?? "entries" })} keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="entries">Entries</Tabs.Tab>
        <Tabs.Tab value="corrections">Corrections</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="entries">
        <EntriesTable list={list} />
      </Tabs.Panel>
      <Tabs.Panel value="corrections">
        <CorrectionsTable suppressionListId={list.id} />
      </Tabs.Panel>
    </Tabs>
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
      <Button
        variant="default"
        leftSection={<UploadIcon />}
        onClick={importing.open}
        disabled={!mayWrite || isOfOptOuts(list)}
      >
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
      <DeleteButton
        name={list.name}
        what="list"
        consequence={`Its ${counted(list.entryCount, "entry", "entries")} hold no more from that moment on: people named only here can be contacted again.`}
        deletion={deleteSuppressionList(useQueryClient(), list.id)}
        leadsTo="/suppression"
        disabled={!mayWrite || isOfOptOuts(list)}
      />
      {isAdding && <AddEntriesModal list={list} onClose={adding.close} />}
      {isImporting && <ImportEntriesModal list={list} onClose={importing.close} />}
    </>
  );
}
