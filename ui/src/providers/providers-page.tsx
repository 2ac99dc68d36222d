import { Button, Group, Text, VisuallyHidden } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Provider } from "../api/contract.ts";
import { usePages } from "../api/use-pages.ts";
import { Card } from "../components/card.tsx";
import { channelLabel } from "../components/channels.ts";
import { useConfirm } from "../components/confirm.tsx";
import { columnsFor } from "../components/data-table.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { PlugIcon, PlusIcon } from "../components/icons.tsx";
import { notifyDone, notifyFailure } from "../components/notify.ts";
import { Page } from "../components/page.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { StateBadge } from "../components/state-badge.tsx";
import { useMay } from "../session/use-session.ts";
import { ProviderModal } from "./provider-modal.tsx";
import { kindOf, kinds } from "./provider-values.ts";
import { providersPages, removeProvider } from "./queries.ts";
import { TestModal } from "./test-modal.tsx";

/** What somebody does with a provider, in a dialog. */
type Deed = { kind: "add" } | { kind: "change" | "test"; provider: Provider };

/** The tenant's own mail servers, message centres and voice adapters. */
export function ProvidersPage() {
  const pages = usePages(providersPages);
  const [deed, setDeed] = useState<Deed>();
  const mayWrite = useMay("providers.write");
  const remove = useRemove();
  const columns = useMemo(() => providerColumns(mayWrite ? { setDeed, remove } : undefined), [mayWrite, remove]);
  const close = () => setDeed(undefined);
  return (
    <Page
      title="Providers"
      about="Your own mail servers, SMS centres and voice adapters. Without one, the platform's are used. Passwords are stored encrypted and never shown."
      actions={
        <Button leftSection={<PlusIcon />} onClick={() => setDeed({ kind: "add" })} disabled={!mayWrite}>
          Add a provider
        </Button>
      }
    >
      <Card padding={0}>
        <PagedTable
          label="Providers"
          columns={columns}
          pages={pages}
          rowKey={({ id }) => id}
          empty={
            <EmptyList icon={PlugIcon} title="No providers yet">
              Campaigns use the platform’s. Add one to send through an account of your own.
            </EmptyList>
          }
        />
      </Card>
      {deed?.kind === "add" && <ProviderModal provider={undefined} onClose={close} />}
      {deed?.kind === "change" && <ProviderModal provider={deed.provider} onClose={close} />}
      {deed?.kind === "test" && <TestModal provider={deed.provider} onClose={close} />}
    </Page>
  );
}

interface Deeds {
  setDeed: (deed: Deed) => void;
  remove: (provider: Provider) => void;
}

const providerColumns = (deeds: Deeds | undefined) =>
  columnsFor<Provider>()((column) => [
    column.display({
      id: "name",
      header: "Name",
      cell: ({ row: { original } }) => (
        <>
          <Text size="sm">{original.name}</Text>
          {original.isDefault && (
            <Text size="xs" c="dimmed">
              Default for {channelLabel(original.channel)}
            </Text>
          )}
        </>
      ),
    }),
    column.display({
      id: "kind",
      header: "Kind",
      cell: ({ row }) => kinds.find(({ value }) => value === kindOf(row.original))?.label,
    }),
    column.display({
      id: "state",
      header: "State",
      cell: ({ row: { original } }) => (
        <>
          <StateBadge value={original.state} prefix="PROVIDER_STATE_" />
          {original.trouble && <Text size="xs">{original.trouble}</Text>}
        </>
      ),
    }),
    column.display({
      id: "deeds",
      header: () => <VisuallyHidden>What can be done</VisuallyHidden>,
      cell: ({ row: { original: provider } }) => deeds && <DeedButtons provider={provider} {...deeds} />,
    }),
  ]);

function DeedButtons({ provider, setDeed, remove }: Deeds & { provider: Provider }) {
  const button = (label: string, onClick: () => void) => (
    <Button size="compact-sm" variant="default" onClick={onClick} aria-label={`${label} ${provider.name}`}>
      {label}
    </Button>
  );
  return (
    <Group gap="xs" wrap="nowrap">
      {button("Test", () => setDeed({ kind: "test", provider }))}
      {button("Change", () => setDeed({ kind: "change", provider }))}
      {button("Delete", () => remove(provider))}
    </Group>
  );
}

function useRemove(): (provider: Provider) => void {
  const confirm = useConfirm();
  const { mutate } = useMutation({
    ...removeProvider(useQueryClient()),
    onError: notifyFailure("The provider could not be deleted"),
  });
  return useMemo(
    () =>
      ({ id, name }) =>
        void confirm({
          title: `Delete “${name}”?`,
          body: "Its password goes with it, and receipts of its messages that are still to come do not arrive any more.",
          confirmLabel: "Delete the provider",
          isDangerous: true,
        }).then((isSure) => {
          if (isSure) mutate(id, { onSuccess: () => notifyDone(`“${name}” is deleted.`) });
        }),
    [confirm, mutate],
  );
}
