import { Anchor, List, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { CampaignGroup, MessageContent, VoiceSettings } from "../api/contract.ts";
import { Card } from "../components/card.tsx";
import { Fact, Facts } from "../components/facts.tsx";
import { Instant, NoValue } from "../components/instant.tsx";
import { enumLabel, figure } from "../components/words.ts";
import { listQuery } from "../lists/queries.ts";
import { useMay } from "../session/use-session.ts";
import { purposeLabel } from "./purposes.ts";
import { templateNameQuery } from "./queries.ts";
import { treatmentSentence } from "./treatment-words.ts";

/** Shows the settings of a campaign. */
export function CampaignSettings({ campaign }: { campaign: CampaignGroup }) {
  return (
    <Stack gap="lg">
      <Card title="Whom">
        <List listStyleType="none">
          {campaign.contactListIds.map((id) => (
            <List.Item key={id}>
              <ListName contactListId={id} />
            </List.Item>
          ))}
        </List>
        <Facts>
          <Fact name="Why">{purposeLabel(campaign.purpose)}</Fact>
          <Fact name="Suppression lists">{`${figure(campaign.suppressionListIds.length)} beside those for every campaign`}</Fact>
          <Fact name="Compliance rules">{`${figure(campaign.ruleIds.length)} beside those for every campaign`}</Fact>
          <Fact name="Made">
            <Instant at={campaign.createTime} />
          </Fact>
          <Fact name="Changed">
            <Instant at={campaign.updateTime} />
          </Fact>
        </Facts>
      </Card>
      {campaign.content && <Content content={campaign.content} perMinute={campaign.messagesPerMinute} />}
      {campaign.voice && <Calls voice={campaign.voice} />}
      <Card title="Retry rules">
        {campaign.treatments.length === 0 && <Text size="sm">Every contact is finished after its first attempt.</Text>}
        <List type="ordered">
          {campaign.treatments.map((treatment, place) => (
            <List.Item key={`${place} ${treatment.name}`}>
              {treatment.name && <b>{treatment.name}. </b>}
              {treatmentSentence(treatment)}
            </List.Item>
          ))}
        </List>
      </Card>
    </Stack>
  );
}

function ListName({ contactListId }: { contactListId: string }) {
  const { data, isError } = useQuery(listQuery(contactListId));
  if (isError) return <>A list that no longer exists</>;
  return (
    <Anchor component={Link} to={`/lists/${contactListId}`}>
      {data?.name ?? "…"}
    </Anchor>
  );
}

function Content({ content, perMinute }: { content: MessageContent; perMinute: number }) {
  return (
    <Card title="Content">
      <Facts>
        <Fact name="From">{content.from || <NoValue label="the provider's own" />}</Fact>
        <Fact name="Pace">
          {perMinute === 0 ? "As fast as the provider takes them" : `${figure(perMinute)} a minute at the most`}
        </Fact>
        {content.messageTemplateId ? (
          <Fact name="Message template">
            <TemplateName messageTemplateId={content.messageTemplateId} version={content.messageTemplateVersion ?? 0} />
          </Fact>
        ) : (
          <Fact name="Subject">{content.subject || <NoValue />}</Fact>
        )}
        {content.plainSigns && <Fact name="Typographic signs">Sent as plain ones</Fact>}
      </Facts>
      <Text size="sm" className="message-preview">
        {content.text}
      </Text>
    </Card>
  );
}

function TemplateName({ messageTemplateId, version }: { messageTemplateId: string; version: number }) {
  const mayRead = useMay("templates.read");
  const { data } = useQuery({ ...templateNameQuery(messageTemplateId), enabled: mayRead });
  return <>{`${data ?? messageTemplateId}, ${version === 0 ? "newest version" : `version ${version}`}`}</>;
}

function Calls({ voice }: { voice: VoiceSettings }) {
  const pace =
    voice.mode === "DIALING_MODE_POWER"
      ? `${figure(voice.callsPerMinute)} calls a minute`
      : `${figure(voice.simulatedAgents)} simulated agents, ${voice.linesPerAgent || 1} lines for each that is ready`;
  return (
    <Card title="Calls">
      <Facts>
        <Fact name="Pace">{enumLabel(voice.mode, "DIALING_MODE_")}</Fact>
        <Fact name="Speed">{pace}</Fact>
        <Fact name="In flight at the most">{figure(voice.maxPorts || 100)}</Fact>
        <Fact name="Let it ring">{`${voice.ringTimeoutSeconds || 25} s`}</Fact>
        <Fact name="Number shown">{voice.callerId || <NoValue label="the provider's own" />}</Fact>
      </Facts>
    </Card>
  );
}
