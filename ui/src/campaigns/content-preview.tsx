import { Alert, Button, Group, Paper, Stack, Text } from "@mantine/core";
import type { MessagePreview, SmsSize } from "../api/contract.ts";
import { counted } from "../components/words.ts";

interface Props {
  /** Missing until the service has answered, and when it cannot make a preview. */
  preview: MessagePreview | undefined;
  /** The person whose values fill it; empty if it is filled with examples. */
  personName: string;
  /** Shows the next person; absent if there is no other. */
  onSomebodyElse?: (() => void) | undefined;
}

/** Shows how the message will look for a person of the list. The service renders it as it renders real messages. */
export function ContentPreview({ preview, personName, onSomebodyElse }: Props) {
  return (
    <Stack gap="sm" component="section" aria-label="Preview">
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {personName
            ? `As ${personName} will see it`
            : "Preview, filled with examples; choose a list to see a person's"}
        </Text>
        {onSomebodyElse && (
          <Button size="compact-sm" variant="default" onClick={onSomebodyElse}>
            Somebody else
          </Button>
        )}
      </Group>
      {preview?.fault ? (
        <Alert color="orange" title="Nothing can be sent like this">
          {preview.fault}
        </Alert>
      ) : (
        preview && <Message preview={preview} />
      )}
    </Stack>
  );
}

// The frame runs no scripts and loads nothing, so pasted HTML can do no harm.
function Message({ preview: { subject, text, html, smsSize } }: { preview: MessagePreview }) {
  return (
    <>
      <Paper withBorder p="md" bg="var(--herald-ground)">
        <Stack gap="sm">
          {subject !== "" && (
            <Text fw={650} className="message-preview">
              {subject}
            </Text>
          )}
          <Text size="sm" className="message-preview">
            {text}
          </Text>
        </Stack>
      </Paper>
      {smsSize && <SizeOfSms size={smsSize} />}
      {html.trim() !== "" && (
        <iframe
          title="Preview of the HTML part"
          sandbox=""
          srcDoc={html}
          height={220}
          style={{
            border: "1px solid var(--herald-line)",
            borderRadius: "var(--mantine-radius-md)",
            background: "#fff",
          }}
        />
      )}
    </>
  );
}

function SizeOfSms({ size: { characterCount, partCount, unicodeCharacters } }: { size: SmsSize }) {
  const odd = unicodeCharacters.slice(0, 5).join(" ");
  const because = odd ? `, because ${odd} is outside the SMS alphabet` : "";
  return (
    <Text size="sm" c="dimmed">
      {`${counted(characterCount, "character")}, sent as ${counted(partCount, "part")}${because}.`}
    </Text>
  );
}
