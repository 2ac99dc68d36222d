import { Anchor, Group, Text } from "@mantine/core";
import { Link } from "react-router";
import type { Contact } from "../api/contract.ts";
import { usePages } from "../api/use-pages.ts";
import { Card } from "../components/card.tsx";
import { columnsFor } from "../components/data-table.tsx";
import { SearchField, useFilters } from "../components/filters.tsx";
import { PeopleIcon } from "../components/icons.tsx";
import { Instant, NoValue } from "../components/instant.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { Page } from "../components/page.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { contactName } from "./contact-name.ts";
import { contactsPages } from "./queries.ts";

const columns = columnsFor<Contact>()((column) => [
  column.display({
    id: "name",
    header: "Name",
    cell: ({ row: { original: contact } }) => (
      <Anchor component={Link} to={`/contacts/${contact.id}`} fw={550}>
        {contactName(contact)}
      </Anchor>
    ),
  }),
  column.display({ id: "clientId", header: "Client id", cell: ({ row }) => row.original.clientId || <NoValue /> }),
  column.display({
    id: "identities",
    header: "Numbers and addresses",
    cell: ({ row }) =>
      row.original.identities.map(({ value }) => (
        <Text key={value} size="sm">
          {value}
        </Text>
      )),
  }),
  column.display({
    id: "heard",
    header: "Last reached for or heard of",
    cell: ({ row }) => <Instant at={row.original.lastInteractionTime} />,
  }),
]);

/** All contacts, on all channels. */
export function ContactsPage() {
  const [{ query }, setFilters] = useFilters({ query: "" });
  const pages = usePages(contactsPages(query));
  return (
    <Page title="Contacts" about="The people behind all lists and channels, each with one history.">
      <Group>
        <SearchField
          label="Search by number, email, client id or name"
          placeholder="Number, email, client id or name"
          value={query}
          onChange={(text) => setFilters({ query: text })}
        />
      </Group>
      <Card padding={0}>
        <PagedTable
          label="Contacts"
          columns={columns}
          pages={pages}
          rowKey={(contact) => contact.id}
          empty={
            <EmptyList icon={PeopleIcon} title={query ? "Nobody is known by that" : "Nobody yet"}>
              {query
                ? "Numbers, addresses and client ids are found as a whole, names by how they begin."
                : "A person becomes a contact with the first attempt to reach them."}
            </EmptyList>
          }
        />
      </Card>
    </Page>
  );
}
