import { Button, Group, Stepper, Text, useMatches } from "@mantine/core";
import { Link } from "react-router";
import { Card } from "../components/card.tsx";

/** The steps to a first campaign, for a tenant that has none. */
export function FirstSteps({ hasList }: { hasList: boolean }) {
  const orientation = useMatches({ base: "vertical", sm: "horizontal" } as const);
  return (
    <Card title="Your first campaign">
      <Stepper orientation={orientation} active={hasList ? 1 : 0} size="sm" allowNextStepsSelect={false}>
        <Stepper.Step label="Import a list" description="A file with a header line" />
        <Stepper.Step label="Make a campaign" description="Channel, content, rules" />
        <Stepper.Step label="Start it" description="And watch it live" />
      </Stepper>
      <Group>
        <Button component={Link} to={hasList ? "/campaigns/new" : "/lists/import"}>
          {hasList ? "Make a campaign" : "Import a file"}
        </Button>
        <Text size="sm" c="dimmed">
          Nobody is contacted before you start a campaign.
        </Text>
      </Group>
    </Card>
  );
}
