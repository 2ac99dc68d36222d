import type { UseFormReturnType } from "@mantine/form";
import type {
  CallResult,
  CampaignGroup,
  CampaignGroupInput,
  Channel,
  DeliveryState,
  MessageContent,
  Purpose,
  Treatment,
  TreatmentAction,
  VoiceSettings,
} from "../api/contract.ts";
import { required } from "../components/form-rules.ts";

/** The values of the campaign form. Fields have their names from the contract, so that the server's errors find their fields. */
export interface CampaignValues {
  name: string;
  description: string;
  contactListIds: string[];
  channel: Channel;
  content: MessageContent;
  voice: VoiceSettings;
  suppressionListIds: string[];
  ruleIds: string[];
  treatments: TreatmentValues[];
  messagesPerMinute: number;
  allowDuplicates: boolean;
  purpose: Purpose;
  /** Empty for the usual one. */
  providerId: string;
}

/** The form while it is filled in: its values and faults, and the functions that set them. */
export type CampaignFormState = UseFormReturnType<CampaignValues>;

export interface TreatmentValues {
  /** Identifies a row, so that its fields stay together when rows are moved. */
  key: string;
  name: string;
  callResults: CallResult[];
  deliveryStates: DeliveryState[];
  action: TreatmentAction;
  maxCount: number;
  intervalSeconds: number;
  incrementSeconds: number;
}

const noContent: MessageContent = { from: "", subject: "", text: "", html: "" };

const usualVoice: VoiceSettings = {
  mode: "DIALING_MODE_PROGRESSIVE",
  callsPerMinute: 60,
  linesPerAgent: 1,
  simulatedAgents: 5,
  maxPorts: 100,
  ringTimeoutSeconds: 25,
  callerId: "",
  simulatedHandlingSeconds: 120,
};

/** An empty form. */
export const emptyCampaign: CampaignValues = {
  name: "",
  description: "",
  contactListIds: [],
  channel: "CHANNEL_EMAIL",
  content: noContent,
  voice: usualVoice,
  suppressionListIds: [],
  ruleIds: [],
  treatments: [],
  messagesPerMinute: 0,
  allowDuplicates: false,
  purpose: "PURPOSE_MARKETING",
  providerId: "",
};

/** A new treatment. */
export const newTreatment = (): TreatmentValues => ({
  key: crypto.randomUUID(),
  name: "",
  callResults: [],
  deliveryStates: [],
  action: "TREATMENT_ACTION_RETRY_IN",
  maxCount: 1,
  intervalSeconds: 3_600,
  incrementSeconds: 0,
});

/** The form for an existing campaign. */
export const valuesOf = (campaign: CampaignGroup): CampaignValues => ({
  ...campaign,
  content: campaign.content ?? noContent,
  voice: campaign.voice ?? usualVoice,
  treatments: campaign.treatments.map((treatment) => ({
    ...treatment,
    key: crypto.randomUUID(),
    intervalSeconds: Number(treatment.intervalSeconds),
    incrementSeconds: Number(treatment.incrementSeconds),
  })),
});

/** Turns the values into a request, without the fields of other channels. */
export function inputOf(values: CampaignValues): CampaignGroupInput {
  const { name, description, contactListIds, channel, suppressionListIds, ruleIds, allowDuplicates, purpose } = values;
  const { providerId } = values;
  const common = {
    name,
    description,
    contactListIds,
    channel,
    suppressionListIds,
    ruleIds,
    allowDuplicates,
    purpose,
    providerId,
    treatments: values.treatments.map((treatment) => treatmentInput(treatment, channel)),
  };
  if (channel === "CHANNEL_VOICE") return { ...common, voice: voiceInput(values.voice) };
  return { ...common, content: contentInput(values), messagesPerMinute: values.messagesPerMinute };
}

/** The content, without fields that the channel does not have. */
export function contentInput({ channel, content }: CampaignValues): Partial<MessageContent> {
  const { from, subject, text, html, plainSigns, messageTemplateId, messageTemplateVersion = 0 } = content;
  if (messageTemplateId) return { from, messageTemplateId, messageTemplateVersion };
  return channel === "CHANNEL_SMS" ? { from, text, plainSigns: plainSigns ?? false } : { from, subject, text, html };
}

/** Checks the form before the server is asked. */
export const campaignRules = {
  name: required("A name"),
  contactListIds: (ids: string[]) => (ids.length === 0 ? "Choose at least one list." : null),
  content: {
    subject: (subject: string, { channel, content }: CampaignValues) =>
      channel === "CHANNEL_EMAIL" && !content.messageTemplateId ? required("A subject")(subject) : null,
    text: (text: string, { channel, content }: CampaignValues) =>
      channel === "CHANNEL_VOICE" ||
      content.messageTemplateId ||
      (channel === "CHANNEL_EMAIL" && content.html.trim() !== "")
        ? null
        : required("A text")(text),
  },
  treatments: {
    callResults: (results: CallResult[], { channel }: CampaignValues) =>
      channel === "CHANNEL_VOICE" && results.length === 0 ? "Choose what it follows." : null,
    deliveryStates: (states: DeliveryState[], { channel }: CampaignValues) =>
      channel !== "CHANNEL_VOICE" && states.length === 0 ? "Choose what it follows." : null,
  },
};

function treatmentInput({ key: _key, ...treatment }: TreatmentValues, channel: Channel): Treatment {
  const isVoice = channel === "CHANNEL_VOICE";
  return {
    ...treatment,
    callResults: isVoice ? treatment.callResults : [],
    deliveryStates: isVoice ? [] : treatment.deliveryStates,
    intervalSeconds: String(treatment.intervalSeconds),
    incrementSeconds: String(treatment.incrementSeconds),
  };
}

function voiceInput(voice: VoiceSettings): VoiceSettings {
  return voice.mode === "DIALING_MODE_POWER"
    ? { ...voice, linesPerAgent: 0, simulatedAgents: 0 }
    : { ...voice, callsPerMinute: 0 };
}
