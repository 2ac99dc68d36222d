import { Button, Text } from "@mantine/core";
import { Card } from "../components/card.tsx";
import { PlusIcon } from "../components/icons.tsx";
import type { CampaignFormState } from "./campaign-values.ts";
import { newTreatment } from "./campaign-values.ts";
import { TreatmentFields } from "./treatment-fields.tsx";

const mostTreatments = 50;

/** Edits what follows when an attempt ends in a certain way. The first treatment that fits is applied, so their order matters. */
export function TreatmentsEditor({ form }: { form: CampaignFormState }) {
  const { treatments } = form.values;
  return (
    <Card
      title="Retry rules"
      actions={
        <Button
          variant="default"
          leftSection={<PlusIcon />}
          disabled={treatments.length >= mostTreatments}
          onClick={() => form.insertListItem("treatments", newTreatment())}
        >
          Add a retry rule
        </Button>
      }
    >
      <Text size="sm" c="dimmed">
        The first rule that fits a result and is not used up is applied. Without one, nobody is tried again.
      </Text>
      {treatments.map((treatment, place) => (
        <TreatmentFields key={treatment.key} form={form} place={place} count={treatments.length} />
      ))}
    </Card>
  );
}
