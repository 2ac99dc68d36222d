import { Alert, Button, Tabs } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import type { SuppressionList } from "../api/contract.ts";
import { downloadFile } from "../api/download.ts";
import { QueryView } from "../components/query-view.tsx";
import { DeleteButton } from "../components/delete-button.tsx";
import { useFilters } from "../components/filters.tsx";
import { DownloadIcon, PencilIcon, PlusIcon, UploadIcon } from "../components/icons.tsx";
import { notifyFailure } from "../components/notify.ts";
import { Page } from "../components/page.tsx";
import { counted } from "../components/words.ts";
import { useMay } from "../session/use-session.ts";
import { AddEntriesModal } from "./add-entries-modal.tsx";
import { CorrectionsTable } from "./corrections-table.tsx";
import { EditSuppressionListModal } from "./edit-suppression-list-modal.tsx";
import { EntriesTable } from "./entries-table.tsx";
import { deleteSuppressionList, isOfOptOuts, suppressionListQuery } from "./queries.ts";
import { channelsLabel, RequiredMark } from "./suppression-lists-page.tsx";

/** One suppression list with its entries. */
export function SuppressionListPage() {
  const { suppressionListId = "" } = useParams();
  const query = useQuery(suppressionListQuery(suppressionListId));
  return (
    <QueryView what="The suppression list" query={query} parent={{ label: "Suppression", to: "/suppression" }}>
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
    </QueryView>
  );
}

/** A list that Herald keeps itself: its entries, and those that were taken back. */
function OptOuts({ list }: { list: SuppressionList }) {
  const [{ tab }, setFilters] = useFilters({ tab: "entries" });
  return (
    <Tabs value={tab} onChange={(chosen) => setFilters({ tab: chosen ?? "entries" })} keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="entries">Entries</Tabs.Tab>
        <Tabs.Tab value="corrections">Corrections</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="entries">
        <Alert title="Herald keeps this list itself" mb="md">
          Whoever answers STOP or unsubscribes is put in here. A wrong entry can be taken back, one at a time and with
          the reason, which is kept.
        </Alert>
        <EntriesTable list={list} />
      </Tabs.Panel>
      <Tabs.Panel value="corrections">
        <CorrectionsTable suppressionListId={list.id} />
      </Tabs.Panel>
    </Tabs>
  );
}

function ListActions({ list }: { list: SuppressionList }) {
  const queries = useQueryClient();
  const mayWrite = useMay("suppression.write");
  const exported = useMutation({
    mutationFn: () => downloadFile(`/v1/suppression-lists/${list.id}/entries:export`, `${list.name}.csv`),
    onError: notifyFailure("The entries could not be exported"),
  });
  return (
    <>
      <Changes list={list} mayWrite={mayWrite} />
      <Button
        variant="default"
        leftSection={<DownloadIcon />}
        loading={exported.isPending}
        onClick={() => exported.mutate()}
      >
        Export
      </Button>
      {!isOfOptOuts(list) && (
        <DeleteButton
          name={list.name}
          what="list"
          consequence={`Its ${counted(list.entryCount, "entry", "entries")} hold no more from that moment on: people named only here can be contacted again.`}
          deletion={deleteSuppressionList(queries, list.id)}
          leadsTo="/suppression"
          disabled={!mayWrite}
        />
      )}
    </>
  );
}

function Changes({ list, mayWrite }: { list: SuppressionList; mayWrite: boolean }) {
  const [isAdding, adding] = useDisclosure();
  const [isEditing, editing] = useDisclosure();
  return (
    <>
      <Button leftSection={<PlusIcon />} onClick={adding.open} disabled={!mayWrite}>
        Add entries
      </Button>
      {!isOfOptOuts(list) && (
        <>
          <Button
            component={Link}
            to={`/suppression/${list.id}/import`}
            variant="default"
            leftSection={<UploadIcon />}
            disabled={!mayWrite}
          >
            Import a file
          </Button>
          <Button variant="default" leftSection={<PencilIcon />} onClick={editing.open} disabled={!mayWrite}>
            Settings
          </Button>
        </>
      )}
      {isAdding && <AddEntriesModal list={list} onClose={adding.close} />}
      {isEditing && <EditSuppressionListModal list={list} onClose={editing.close} />}
    </>
  );
}
