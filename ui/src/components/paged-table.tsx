import { ActionIcon, Box, Group, Select, Stack, Text } from "@mantine/core";
import type { RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import type { Pages } from "../api/use-pages.ts";
import { type Columns, DataTable } from "./data-table.tsx";
import { ErrorPanel } from "./error-panel.tsx";
import { LeftIcon, RightIcon } from "./icons.tsx";

interface Props<Row extends RowData> {
  label: string;
  columns: Columns<Row>;
  pages: Pages<Row>;
  rowKey: (row: Row) => string;
  /** Shown instead of an empty table. */
  empty: ReactNode;
}

/** A paged list in all its states: loading, failed, empty, filled. */
export function PagedTable<Row extends RowData>({ label, columns, pages, rowKey, empty }: Props<Row>) {
  const failed = pages.failure && (
    <Box p="md">
      <ErrorPanel title={`${label}: not loaded`} error={pages.failure} onRetry={pages.refresh} />
    </Box>
  );
  if (failed && !pages.rows) return failed;
  if (pages.rows?.length === 0 && pages.number === 1) return empty;
  return (
    <Stack gap={0}>
      {failed}
      <DataTable label={label} columns={columns} rows={pages.rows} rowKey={rowKey} />
      <Pager label={label} pages={pages} />
    </Stack>
  );
}

const pageSizes = ["10", "25", "50", "100"];

function Pager<Row>({ label, pages }: { label: string; pages: Pages<Row> }) {
  if (pages.number === 1 && !pages.hasNext && (pages.rows?.length ?? 0) <= Number(pageSizes[0])) return null;
  return (
    <Group component="nav" justify="space-between" p="sm" aria-label={`Pages of: ${label}`}>
      <Group gap="xs">
        <Select
          aria-label="Rows on a page"
          size="xs"
          w={76}
          data={pageSizes}
          value={String(pages.pageSize)}
          onChange={(value) => pages.setPageSize(Number(value))}
          allowDeselect={false}
        />
        <Text size="sm" c="dimmed">
          on a page
        </Text>
      </Group>
      <Group gap="xs">
        <ActionIcon variant="default" aria-label="Previous page" disabled={pages.number === 1} onClick={pages.previous}>
          <LeftIcon />
        </ActionIcon>
        <Text size="sm" aria-live="polite">
          Page {pages.number}
        </Text>
        <ActionIcon variant="default" aria-label="Next page" disabled={!pages.hasNext} onClick={pages.next}>
          <RightIcon />
        </ActionIcon>
      </Group>
    </Group>
  );
}
