import { Button, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Card } from "../components/card.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { AtIcon, PlusIcon } from "../components/icons.tsx";
import { Page } from "../components/page.tsx";
import { QueryView } from "../components/query-view.tsx";
import { useMay } from "../session/use-session.ts";
import { AddDomainModal } from "./add-domain-modal.tsx";
import { DomainCard } from "./domain-card.tsx";
import { emailDomainsQuery } from "./queries.ts";

/** The domains from which the tenant sends email, with the keys that sign it and their DNS records. */
export function EmailDomainsPage() {
  const query = useQuery(emailDomainsQuery);
  const [isAdding, adding] = useDisclosure();
  const mayWrite = useMay("providers.write");
  return (
    <Page
      title="Email domains"
      about="Emails from these domains are signed (DKIM), so that mailboxes believe where they come from. Publish the records of a domain in its DNS, then check them."
      actions={
        <Button leftSection={<PlusIcon />} onClick={adding.open} disabled={!mayWrite}>
          Add a domain
        </Button>
      }
    >
      <QueryView what="Email domains" query={query}>
        {(domains) => (
          <Stack>
            {domains.length === 0 && (
              <Card padding={0}>
                <EmptyList icon={AtIcon} title="No domains yet">
                  Without a signature of your own, many mailboxes take your emails for spam.
                </EmptyList>
              </Card>
            )}
            {domains.map((domain) => (
              <DomainCard key={domain.domain} domain={domain} mayWrite={mayWrite} />
            ))}
          </Stack>
        )}
      </QueryView>
      {isAdding && <AddDomainModal onClose={adding.close} />}
    </Page>
  );
}
