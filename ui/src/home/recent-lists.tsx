import { Anchor, Group, Skeleton, Text } from "@mantine/core";
import { Link } from "react-router";
import type { ContactList } from "../api/contract.ts";
import type { Pages } from "../api/use-pages.ts";
import { Card } from "../components/card.tsx";
import { ErrorPanel } from "../components/error-panel.tsx";
import { counted } from "../components/words.ts";

const mostShown = 5;

/** The newest contact lists. */
export function RecentLists({ lists }: { lists: Pages<ContactList> }) {
  return (
    <Card
      title="Contact lists"
      actions={
        <Anchor component={Link} to="/lists" fz="sm">
          All lists
        </Anchor>
      }
    >
      {lists.failure && (
        <ErrorPanel title="The lists could not be loaded" error={lists.failure} onRetry={lists.refresh} />
      )}
      {!lists.rows && !lists.failure && <Skeleton height={90} />}
      {lists.rows?.length === 0 && <Text size="sm">None yet.</Text>}
      {lists.rows?.slice(0, mostShown).map((list) => (
        <Group key={list.id} justify="space-between">
          <Anchor component={Link} to={`/lists/${list.id}`}>
            {list.name}
          </Anchor>
          <Text size="sm" c="dimmed" className="figures">
            {counted(list.recordCount, "record")}
          </Text>
        </Group>
      ))}
    </Card>
  );
}
