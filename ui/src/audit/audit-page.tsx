import { Anchor, Button, Group, NativeSelect, Text } from "@mantine/core";
import { Link } from "react-router";
import type { AuditEntry } from "../api/contract.ts";
import { usePages } from "../api/use-pages.ts";
import { Card } from "../components/card.tsx";
import { columnsFor } from "../components/data-table.tsx";
import { ChoiceField, SearchField, useFilters } from "../components/filters.tsx";
import { BookIcon, CrossIcon } from "../components/icons.tsx";
import { Instant, NoValue } from "../components/instant.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { Page } from "../components/page.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { counted } from "../components/words.ts";
import { fromLabel, objectOf, outcomeLabel, whatLabel, whoLabel } from "./audit-words.ts";
import { auditPages, noAuditFilters } from "./queries.ts";

const actions = [
  "AUDIT_ACTION_SIGN_IN",
  "AUDIT_ACTION_REFRESH",
  "AUDIT_ACTION_SIGN_OUT",
  "AUDIT_ACTION_CREATE",
  "AUDIT_ACTION_EDIT",
  "AUDIT_ACTION_DELETE",
  "AUDIT_ACTION_ALTER",
  "AUDIT_ACTION_EXECUTE",
  "AUDIT_ACTION_EXPORT",
];

const columns = columnsFor<AuditEntry>()((column) => [
  column.display({ id: "when", header: "When", cell: ({ row }) => <When entry={row.original} /> }),
  column.display({ id: "who", header: "Who", cell: ({ row }) => whoLabel(row.original) }),
  column.display({ id: "what", header: "What", cell: ({ row }) => whatLabel(row.original) }),
  column.display({ id: "object", header: "On what", cell: ({ row }) => <OnWhat entry={row.original} /> }),
  column.display({
    id: "outcome",
    header: "How it ended",
    cell: ({ row: { original: entry } }) => (
      <Text size="sm" fw={entry.status === "OK" ? undefined : 600}>
        {outcomeLabel(entry)}
      </Text>
    ),
  }),
  column.display({
    id: "from",
    header: "From",
    cell: ({ row }) => (
      <Text size="sm" miw="14ch" component="div">
        {fromLabel(row.original) || <NoValue label="not known" />}
      </Text>
    ),
  }),
]);

/** The audit trail: who changed, exported or was refused what, who signed in or tried to, and from where. */
export function AuditPage() {
  const [filters, setFilters] = useFilters(noAuditFilters);
  const pages = usePages(auditPages(filters));
  return (
    <Page
      title="Audit trail"
      about="Changes, exports and sign-ins, with what was refused: who, on what, when and from where."
    >
      <Group gap="xs">
        <ChoiceField
          label="Kind"
          values={actions}
          prefix="AUDIT_ACTION_"
          value={filters.action}
          onChange={(action) => setFilters({ action })}
        />
        <NativeSelect
          aria-label="How it ended"
          value={filters.outcome}
          onChange={({ currentTarget }) => setFilters({ outcome: currentTarget.value })}
          data={[
            { value: "", label: "How it ended: any" },
            { value: "REFUSED", label: "Refused or failed" },
          ]}
        />
        <SearchField
          label="IP address"
          value={filters.clientAddress}
          onChange={(clientAddress) => setFilters({ clientAddress })}
        />
        {filters.callerId && (
          <Button variant="light" rightSection={<CrossIcon />} onClick={() => setFilters({ callerId: "" })}>
            Of one account
          </Button>
        )}
      </Group>
      <Card padding={0}>
        <PagedTable
          label="Audit trail"
          columns={columns}
          pages={pages}
          rowKey={(entry) => entry.id}
          empty={
            <EmptyList icon={BookIcon} title="No entries">
              None fits these filters.
            </EmptyList>
          }
        />
      </Card>
    </Page>
  );
}

/** The kind of object and the end of its id. The whole id is shown on hover. */
function OnWhat({ entry }: { entry: AuditEntry }) {
  const object = objectOf(entry);
  if (!object) return <NoValue label="nothing in particular" />;
  const words = (
    <>
      {object.kind} <span style={{ whiteSpace: "nowrap" }}>…{object.id.slice(-8)}</span>
    </>
  );
  const isGone = entry.action === "AUDIT_ACTION_DELETE" && entry.status === "OK";
  if (!object.path || isGone) return <span title={object.id}>{words}</span>;
  return (
    <Anchor component={Link} to={object.path} size="sm" title={object.id}>
      {words}
    </Anchor>
  );
}

/** A single time, or the first and last time with a count. */
function When({ entry: { startTime, lastTime, count } }: { entry: AuditEntry }) {
  return (
    <>
      <Instant at={startTime} />
      {count > 1 && (
        <Text size="xs" c="dimmed" component="div">
          {counted(count, "time")}, the last <Instant at={lastTime} />
        </Text>
      )}
    </>
  );
}
