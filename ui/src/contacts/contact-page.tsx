import { Anchor, List, SimpleGrid } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import type { Contact } from "../api/contract.ts";
import { QueryView } from "../components/query-view.tsx";
import { Card } from "../components/card.tsx";
import { Fact, Facts } from "../components/facts.tsx";
import { Instant, NoValue } from "../components/instant.tsx";
import { Page } from "../components/page.tsx";
import { contactName } from "./contact-name.ts";
import { History } from "./history.tsx";
import { contactQuery } from "./queries.ts";

/** One person with all attempts and replies. */
export function ContactPage() {
  const { contactId = "" } = useParams();
  const query = useQuery(contactQuery(contactId));
  return (
    <QueryView what="The contact" query={query} parent={{ label: "Contacts", to: "/contacts" }}>
      {(contact) => (
        <Page title={contactName(contact)} parent={{ label: "Contacts", to: "/contacts" }}>
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <About contact={contact} />
            <Identities contact={contact} />
          </SimpleGrid>
          <History contactId={contact.id} />
        </Page>
      )}
    </QueryView>
  );
}

function About({ contact }: { contact: Contact }) {
  return (
    <Card title="About">
      <Facts>
        <Fact name="Client id">{contact.clientId || <NoValue />}</Fact>
        <Fact name="Known since">
          <Instant at={contact.createTime} />
        </Fact>
        <Fact name="Last heard of">
          <Instant at={contact.lastInteractionTime} />
        </Fact>
      </Facts>
    </Card>
  );
}

function Identities({ contact }: { contact: Contact }) {
  return (
    <Card title="Numbers and addresses">
      <List listStyleType="none" spacing="xs">
        {contact.identities.map(({ value }) => (
          <List.Item key={value}>
            {value} ·{" "}
            <Anchor component={Link} to={`/suppression?value=${encodeURIComponent(value)}`} fz="sm">
              Suppressed?
            </Anchor>{" "}
            ·{" "}
            <Anchor component={Link} to={`/attempts?contactInfo=${encodeURIComponent(value)}`} fz="sm">
              Attempts
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Card>
  );
}
