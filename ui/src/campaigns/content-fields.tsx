import { Button, Checkbox, Group, NumberInput, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useId } from "react";
import type { CampaignGroup } from "../api/contract.ts";
import { Card } from "../components/card.tsx";
import { SendIcon } from "../components/icons.tsx";
import type { CampaignFormState } from "./campaign-values.ts";
import { contentInput } from "./campaign-values.ts";
import { ContentPreview } from "./content-preview.tsx";
import { ContentWarnings } from "./content-warnings.tsx";
import { Placeholders } from "./placeholders.tsx";
import { SendTestButton } from "./send-test.tsx";
import { TemplateChoice } from "./template-choice.tsx";
import { useContentCheck } from "./use-content-check.ts";
import { useSampleRecords } from "./use-sample-records.ts";

/** The content, next to a preview for a person of the first list. */
export function ContentFields({ form, campaign }: { form: CampaignFormState; campaign: CampaignGroup | undefined }) {
  const { channel, content } = form.values;
  const { problems, preview, personName, onSomebodyElse } = useContentCheck(form.values);
  const isEmail = channel === "CHANNEL_EMAIL";
  return (
    <Card title="Content">
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
        <Stack>
          <TextInput
            label="From"
            description={isEmail ? "Empty means the provider's own address." : "Empty means the provider's own number."}
            placeholder={isEmail ? "Example <news@example.com>" : "+12025550100"}
            {...form.getInputProps("content.from")}
          />
          <TemplateChoice form={form} />
          {!content.messageTemplateId && <TextFields form={form} />}
          <ContentWarnings problems={problems} />
          <NumberInput
            label="Messages a minute at the most"
            description="0 means as fast as the provider takes them."
            min={0}
            max={1_000_000}
            allowDecimal={false}
            thousandSeparator
            w={260}
            {...form.getInputProps("messagesPerMinute")}
          />
        </Stack>
        <Stack>
          <ContentPreview preview={preview} personName={personName} onSomebodyElse={onSomebodyElse} />
          <TestOffer form={form} campaign={campaign} />
        </Stack>
      </SimpleGrid>
    </Card>
  );
}

/** The texts of a campaign that names no template. */
function TextFields({ form }: { form: CampaignFormState }) {
  const { channel, content, contactListIds } = form.values;
  const records = useSampleRecords(contactListIds[0]);
  const isEmail = channel === "CHANNEL_EMAIL";
  return (
    <>
      {isEmail && <TextInput label="Subject" required maxLength={500} {...form.getInputProps("content.subject")} />}
      <Textarea
        label={isEmail ? "Text" : "Message"}
        description="Placeholders such as {{ first_name }} are filled from the record."
        required={!isEmail || content.html.trim() === ""}
        autosize
        minRows={isEmail ? 7 : 3}
        {...form.getInputProps("content.text")}
      />
      <Placeholders form={form} path="content.text" record={records[0]} />
      {!isEmail && (
        <Checkbox
          label="Send plain signs for typographic ones"
          description="“ ” ’ – … become quotes, dashes and dots as they are typed. One of them makes a message Unicode, which takes more parts."
          {...form.getInputProps("content.plainSigns", { type: "checkbox" })}
        />
      )}
      {isEmail && (
        <Textarea
          label="HTML part"
          description="Optional. Values are escaped."
          autosize
          minRows={3}
          maxRows={14}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          {...form.getInputProps("content.html")}
        />
      )}
    </>
  );
}

/** A test needs a saved campaign, and uses the campaign's saved channel. */
function TestOffer({ form, campaign }: { form: CampaignFormState; campaign: CampaignGroup | undefined }) {
  const noteId = useId();
  if (campaign?.channel === form.values.channel)
    return (
      <Group>
        <SendTestButton campaign={campaign} content={contentInput(form.values)} />
      </Group>
    );
  return (
    <Group gap="sm">
      <Button variant="default" leftSection={<SendIcon />} disabled aria-describedby={noteId}>
        Send a test to me
      </Button>
      <Text size="sm" c="dimmed" id={noteId}>
        {campaign ? "Save the campaign first." : "Make the campaign first."}
      </Text>
    </Group>
  );
}
