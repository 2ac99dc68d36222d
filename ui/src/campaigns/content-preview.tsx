import { Alert, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { Channel, MessageContent, Record as ContactRecord } from "../api/contract.ts";
import { counted } from "../components/words.ts";
import { recordName } from "../lists/record-name.ts";
import { smsParts } from "./sms-parts.ts";
import { type Filled, fillHtml, fillText, placeholderValues } from "./template.ts";

interface Props {
  channel: Channel;
  content: MessageContent;
  /** Records of the list; without any, placeholders stay empty. */
  records: readonly ContactRecord[];
}

/** How the message will look for a person of the list. */
export function ContentPreview({ channel, content, records }: Props) {
  const [place, setPlace] = useState(0);
  const record = records[place % Math.max(records.length, 1)];
  const values = record ? placeholderValues(record) : {};
  const text = fillText(content.text, values);
  return (
    <Stack gap="sm" component="section" aria-label="Preview">
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {record ? `As ${recordName(record)} will see it` : "Preview; choose a list to see it filled in"}
        </Text>
        {records.length > 1 && (
          <Button size="compact-sm" variant="default" onClick={() => setPlace(place + 1)}>
            Somebody else
          </Button>
        )}
      </Group>
      <Paper withBorder p="md" bg="var(--herald-ground)">
        <Stack gap="sm">
          {channel === "CHANNEL_EMAIL" && <FilledText filled={fillText(content.subject, values)} isTitle />}
          <FilledText filled={text} />
        </Stack>
      </Paper>
      {channel === "CHANNEL_SMS" && "text" in text && (
        <SmsSize text={text.text} plainSigns={content.plainSigns ?? false} />
      )}
      {channel === "CHANNEL_EMAIL" && content.html.trim() !== "" && (
        <HtmlPart filled={fillHtml(content.html, values)} />
      )}
    </Stack>
  );
}

function FilledText({ filled, isTitle = false }: { filled: Filled; isTitle?: boolean }) {
  if ("fault" in filled) return <TemplateFault fault={filled.fault} />;
  return (
    <Text fw={isTitle ? 650 : undefined} size={isTitle ? undefined : "sm"} className="message-preview">
      {filled.text}
    </Text>
  );
}

// The frame runs no scripts and loads nothing: what somebody pasted stays a picture.
function HtmlPart({ filled }: { filled: Filled }) {
  if ("fault" in filled) return <TemplateFault fault={filled.fault} />;
  return (
    <iframe
      title="Preview of the HTML part"
      sandbox=""
      srcDoc={filled.text}
      height={220}
      style={{ border: "1px solid var(--herald-line)", borderRadius: "var(--mantine-radius-md)", background: "#fff" }}
    />
  );
}

function SmsSize({ text, plainSigns }: { text: string; plainSigns: boolean }) {
  const { characters, parts, odd } = smsParts(text, { plainSigns });
  const because = odd.length > 0 ? `, because ${odd.slice(0, 5).join(" ")} is outside the SMS alphabet` : "";
  return (
    <Text size="sm" c="dimmed">
      {`${counted(characters, "character")}, sent as ${counted(parts, "part")}${because}.`}
    </Text>
  );
}

function TemplateFault({ fault }: { fault: string }) {
  return (
    <Alert color="orange" title="The template does not read">
      {fault}
    </Alert>
  );
}
