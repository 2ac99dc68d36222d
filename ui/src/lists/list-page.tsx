import { Button, Tabs } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import type { ContactList } from "../api/contract.ts";
import { downloadFile } from "../api/download.ts";
import { QueryView } from "../components/query-view.tsx";
import { Card } from "../components/card.tsx";
import { DeleteButton } from "../components/delete-button.tsx";
import { useFilters } from "../components/filters.tsx";
import { DownloadIcon, PencilIcon, UploadIcon } from "../components/icons.tsx";
import { notifyFailure } from "../components/notify.ts";
import { Page } from "../components/page.tsx";
import { StateBadge } from "../components/state-badge.tsx";
import { counted } from "../components/words.ts";
import { useMay } from "../session/use-session.ts";
import { EditListModal } from "./edit-list-modal.tsx";
import { ImportsTable } from "./imports-table.tsx";
import { deleteList, listQuery } from "./queries.ts";
import { RecordsTable } from "./records-table.tsx";

/** One contact list: its records and imports. */
export function ListPage() {
  const { contactListId = "" } = useParams();
  const query = useQuery(listQuery(contactListId));
  const [filters, setFilters] = useFilters({ tab: "records" });
  return (
    <QueryView what="The list" query={query} parent={{ label: "Contact lists", to: "/lists" }}>
      {(list) => (
        <Page
          title={list.name}
          parent={{ label: "Contact lists", to: "/lists" }}
          badge={<StateBadge value={list.state} prefix="CONTACT_LIST_STATE_" />}
          about={[counted(list.recordCount, "record"), list.description].filter(Boolean).join(" · ")}
          actions={<ListActions list={list} />}
        >
          <Tabs value={filters.tab} onChange={(tab) => setFilters({ tab: tab ?? "records" })} keepMounted={false}>
            <Tabs.List mb="md">
              <Tabs.Tab value="records">Records</Tabs.Tab>
              <Tabs.Tab value="imports">Imports</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="records">
              <RecordsTable contactListId={list.id} />
            </Tabs.Panel>
            <Tabs.Panel value="imports">
              <Card padding={0}>
                <ImportsTable contactListId={list.id} />
              </Card>
            </Tabs.Panel>
          </Tabs>
        </Page>
      )}
    </QueryView>
  );
}

function ListActions({ list }: { list: ContactList }) {
  const [isEditing, { open, close }] = useDisclosure();
  const exported = useMutation({
    mutationFn: () => downloadFile(`/v1/contact-lists/${list.id}/records:export`, `${list.name}.csv`),
    onError: notifyFailure("The list could not be exported"),
  });
  return (
    <>
      <Button
        component={Link}
        to={`/lists/${list.id}/import`}
        leftSection={<UploadIcon />}
        disabled={!useMay("lists.import")}
      >
        Import a file
      </Button>
      <Button
        variant="default"
        leftSection={<DownloadIcon />}
        loading={exported.isPending}
        onClick={() => exported.mutate()}
        disabled={!useMay("lists.export")}
      >
        Export
      </Button>
      <Button variant="default" leftSection={<PencilIcon />} onClick={open} disabled={!useMay("lists.write")}>
        Settings
      </Button>
      <DeleteButton
        name={list.name}
        what="list"
        consequence={`Its ${counted(list.recordCount, "record")} and imports are removed for good. Attempts already made, and their proofs, stay.`}
        deletion={deleteList(useQueryClient(), list.id)}
        leadsTo="/lists"
        disabled={!useMay("lists.write")}
      />
      {isEditing && <EditListModal list={list} isOpen onClose={close} />}
    </>
  );
}
