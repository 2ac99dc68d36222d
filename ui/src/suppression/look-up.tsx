import { Anchor, Button, Group, List, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Link } from "react-router";
import type { SuppressionHit } from "../api/contract.ts";
import { Card } from "../components/card.tsx";
import { ErrorPanel } from "../components/error-panel.tsx";
import { useFilters } from "../components/filters.tsx";
import { SearchIcon } from "../components/icons.tsx";
import { Instant } from "../components/instant.tsx";
import { lookUpQuery } from "./queries.ts";

/** Says whether a number, address or client is suppressed, by which list, since when and why. */
export function LookUp() {
  const [{ value }, setFilters] = useFilters({ value: "" });
  const [typed, setTyped] = useState(value);
  const query = useQuery(lookUpQuery(value));
  const search = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() === value) void query.refetch();
    else setFilters({ value: typed.trim() });
  };
  return (
    <Card title="Look up">
      <form onSubmit={search} aria-label="Look up a number, address or client">
        <Group align="end" gap="sm">
          <TextInput
            label="Phone number, email address or client id"
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            w={{ base: "100%", xs: 360 }}
          />
          <Button type="submit" variant="default" leftSection={<SearchIcon />} loading={query.isFetching}>
            Look up
          </Button>
        </Group>
      </form>
      {query.error && <ErrorPanel title="The look-up did not work" error={query.error} />}
      {value !== "" && query.data && <Hits value={value} hits={query.data} />}
    </Card>
  );
}

function Hits({ value, hits }: { value: string; hits: readonly SuppressionHit[] }) {
  return (
    <div aria-live="polite">
      {hits.length === 0 ? (
        <Text size="sm">No list holds {value}.</Text>
      ) : (
        <List size="sm" spacing="xs" aria-label={`Lists that hold ${value}`}>
          {hits.map((hit) => (
            <List.Item key={hit.suppressionList?.id}>
              <Hit hit={hit} />
            </List.Item>
          ))}
        </List>
      )}
    </div>
  );
}

function Hit({ hit: { suppressionList, entry, holdsNow } }: { hit: SuppressionHit }) {
  return (
    <>
      <Text span fw={600} c={holdsNow ? "var(--mantine-color-error)" : undefined}>
        {holdsNow ? "Suppressed" : "Not suppressed now"}
      </Text>{" "}
      by{" "}
      <Anchor
        component={Link}
        to={`/suppression/${suppressionList?.id}?prefix=${encodeURIComponent(entry?.value ?? "")}`}
      >
        {suppressionList?.name}
      </Anchor>
      , added <Instant at={entry?.createTime} />
      {entry?.untilTime && (
        <>
          , until <Instant at={entry.untilTime} />
        </>
      )}
      {entry?.reason && `: ${entry.reason}`}
    </>
  );
}
