import assert from "node:assert/strict";
import { test } from "node:test";
import { DialingMode, type VoiceSettings } from "../../../gen/herald/campaigns/v1/voice_settings.ts";
import type { MessageContent } from "../../../gen/herald/campaigns/v1/content.ts";
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import { Purpose } from "../../../gen/herald/common/v1/purpose.ts";
import { checkGroup, type GroupSettings } from "../../../svc/campaigns/groups/group-checks.ts";
import { templateFault } from "../../../svc/lib/templates/template-faults.ts";
import { RpcError } from "../../../svc/lib/errors/errors.ts";
import { newId } from "../../../svc/lib/request/ids.ts";
import { onCall, onDelivery } from "../things.ts";

const content = (more: Partial<MessageContent> = {}): MessageContent => ({
  from: "",
  subject: "",
  text: "Hello",
  html: "",
  ...more,
});
const power = (more: Partial<VoiceSettings> = {}): VoiceSettings => ({
  mode: DialingMode.DIALING_MODE_POWER,
  callsPerMinute: 60,
  linesPerAgent: 0,
  simulatedAgents: 0,
  maxPorts: 0,
  ringTimeoutSeconds: 0,
  callerId: "",
  simulatedHandlingSeconds: 0,
  ...more,
});
const progressive = (more: Partial<VoiceSettings> = {}) =>
  power({ mode: DialingMode.DIALING_MODE_PROGRESSIVE, callsPerMinute: 0, simulatedAgents: 5, ...more });

const group = (more: Partial<GroupSettings> = {}): GroupSettings => ({
  name: "Spring",
  description: "",
  contactListIds: [newId()],
  channel: Channel.CHANNEL_SMS,
  content: content(),
  voice: undefined,
  suppressionListIds: [],
  ruleIds: [],
  treatments: [],
  messagesPerMinute: 0,
  allowDuplicates: false,
  purpose: Purpose.PURPOSE_UNSPECIFIED,
  programId: "",
  providerId: "",
  ...more,
});
const email = (more: Partial<MessageContent> = {}) =>
  group({ channel: Channel.CHANNEL_EMAIL, content: content({ subject: "News", ...more }) });
const voice = (settings: VoiceSettings | undefined, more: Partial<GroupSettings> = {}) =>
  group({ channel: Channel.CHANNEL_VOICE, content: undefined, voice: settings, ...more });

/** The fields that are refused, without their common prefix. */
function bad(settings: GroupSettings): string[] {
  try {
    checkGroup(settings, templateFault);
    return [];
  } catch (error) {
    assert.ok(error instanceof RpcError);
    assert.ok(
      error.fields.every(({ field, description }) => field.startsWith("campaign_group.") && description !== ""),
    );
    return error.fields.map(({ field }) => field.slice("campaign_group.".length));
  }
}

const list = newId();
const CASES: [what: string, settings: GroupSettings, fields: string[]][] = [
  ["an SMS group", group({ content: content({ from: "Herald", text: "Hi {{ first_name | default: 'you' }}" }) }), []],
  ["a sender with a number", group({ content: content({ from: "+12125550100" }) }), []],
  ["an email with text alone", email(), []],
  [
    "an email with HTML alone",
    email({ text: "", html: "<p>{{ first_name }}</p>", from: "Herald <news@example.com>" }),
    [],
  ],
  ["a group that calls at a rate", voice(power()), []],
  [
    "a group that calls for agents",
    voice(progressive({ linesPerAgent: 1.5, ringTimeoutSeconds: 30, callerId: "+12125550100" })),
    [],
  ],
  ["rules of Herald and of the tenant", group({ ruleIds: ["builtin:us-hours", newId()] }), []],

  ["no name", group({ name: "  " }), ["name"]],
  [
    "a long name and description",
    group({ name: "x".repeat(121), description: "x".repeat(501) }),
    ["name", "description"],
  ],
  ["no list", group({ contactListIds: [] }), ["contact_list_ids"]],
  ["51 lists", group({ contactListIds: Array.from({ length: 51 }, newId) }), ["contact_list_ids"]],
  ["the same list twice", group({ contactListIds: [list, list.toUpperCase()] }), ["contact_list_ids[1]"]],
  [
    "what is not an id",
    group({ suppressionListIds: ["x"], ruleIds: [""] }),
    ["suppression_list_ids[0]", "rule_ids[0]"],
  ],
  ["no channel", group({ channel: Channel.CHANNEL_UNSPECIFIED }), ["channel"]],
  ["a channel from the future", group({ channel: -1 as Channel }), ["channel"]],
  ["a purpose from the future", group({ purpose: -1 as Purpose }), ["purpose"]],

  ["SMS without content", group({ content: undefined }), ["content"]],
  [
    "SMS with what an email has",
    group({ content: content({ subject: "s", html: "h" }) }),
    ["content.subject", "content.html"],
  ],
  ["SMS without text", group({ content: content({ text: " " }) }), ["content.text"]],
  ["a template that does not parse", group({ content: content({ text: "Hello {{ first_name" }) }), ["content.text"]],
  ["a filter that does not exist", group({ content: content({ text: "{{ a | shout }}" }) }), ["content.text"]],
  ["a template that reads files", group({ content: content({ text: "{% include 'secrets' %}" }) }), ["content.text"]],
  ["a sender that no phone shows", group({ content: content({ from: "A very long sender!" }) }), ["content.from"]],
  ["SMS with voice", group({ voice: power() }), ["voice"]],
  ["a rate below nothing", group({ messagesPerMinute: -1 }), ["messages_per_minute"]],
  ["email without subject and body", email({ subject: "", text: "" }), ["content.subject", "content.text"]],
  ["a subject with a mark that nobody sees", email({ subject: "Sa\u061cle" }), ["content.subject"]],
  ["a sender with a mark that nobody sees", email({ from: "Ne\u{e0041}ws <news@example.com>" }), ["content.from"]],
  ["a name with a mark that nobody sees", group({ name: "Spr\ufff9ing" }), ["name"]],
  ["a subject of two lines", email({ subject: "a\r\nBcc: b@example.com" }), ["content.subject"]],
  ["a sender that is no address", email({ from: "news" }), ["content.from"]],

  ["voice without settings", voice(undefined), ["voice"]],
  [
    "voice with content and a message rate",
    voice(power(), { content: content(), messagesPerMinute: 5 }),
    ["content", "messages_per_minute"],
  ],
  ["no mode", voice(power({ mode: DialingMode.DIALING_MODE_UNSPECIFIED })), ["voice.mode"]],
  ["power without rate", voice(power({ callsPerMinute: 0 })), ["voice.calls_per_minute"]],
  [
    "power with agents",
    voice(power({ simulatedAgents: 2, linesPerAgent: 1 })),
    ["voice.lines_per_agent", "voice.simulated_agents"],
  ],
  ["progressive without agents", voice(progressive({ simulatedAgents: 0 })), ["voice.simulated_agents"]],
  ["progressive with a rate", voice(progressive({ callsPerMinute: 5 })), ["voice.calls_per_minute"]],
  ["too many lines", voice(progressive({ linesPerAgent: 11 })), ["voice.lines_per_agent"]],
  ["a ring that nobody hears", voice(power({ ringTimeoutSeconds: 14 })), ["voice.ring_timeout_seconds"]],
  ["a caller id that is no number", voice(power({ callerId: "0800" })), ["voice.caller_id"]],
  ["ports below nothing", voice(power({ maxPorts: -1 })), ["voice.max_ports"]],

  [
    "a treatment of the other channel",
    group({ treatments: [onCall(["BUSY"], "REDIAL")] }),
    ["treatments[0].delivery_states", "treatments[0].call_results"],
  ],
  [
    "a treatment without trigger",
    voice(power(), { treatments: [onCall([], "REDIAL")] }),
    ["treatments[0].call_results"],
  ],
  [
    "a treatment without action",
    voice(power(), { treatments: [onCall(["BUSY"], "UNSPECIFIED")] }),
    ["treatments[0].action"],
  ],
  [
    "counts and intervals out of range",
    voice(power(), {
      treatments: [onCall(["BUSY"], "REDIAL", { maxCount: 101, intervalSeconds: 2_592_001, incrementSeconds: -1 })],
    }),
    ["treatments[0].max_count", "treatments[0].interval_seconds", "treatments[0].increment_seconds"],
  ],
  [
    "a result that no attempt ends with",
    voice(power(), { treatments: [onCall(["QUEUE_FULL"], "REDIAL")] }),
    ["treatments[0].call_results[0]"],
  ],
  [
    "a retry of a success",
    voice(power(), { treatments: [onCall(["ANSWER"], "REDIAL")] }),
    ["treatments[0].call_results[0]"],
  ],
  ["a finish at a success", voice(power(), { treatments: [onCall(["ANSWER"], "FINISH")] }), []],
  [
    "a retry of an unknown fate",
    group({ treatments: [onDelivery(["UNKNOWN"], "REDIAL")] }),
    ["treatments[0].delivery_states[0]"],
  ],
  [
    "51 treatments",
    voice(power(), { treatments: Array.from({ length: 51 }, () => onCall(["BUSY"], "REDIAL")) }),
    ["treatments"],
  ],
];

for (const [what, settings, fields] of CASES) {
  test(`${what}: ${fields.length === 0 ? "is taken" : "is refused, naming each field"}`, () => {
    assert.deepEqual(bad(settings), fields);
  });
}

test("names are kept without the blanks around them, ids in lower case", () => {
  const checked = checkGroup(group({ name: "  Spring ", contactListIds: [list.toUpperCase()] }), templateFault);
  assert.deepEqual([checked.name, checked.contactListIds], ["Spring", [list]]);
});

test("a template's fault says what and where", () => {
  assert.equal(templateFault("Hello\n{{ first_name"), 'output "{{ first_name" not closed, line:2, col:1');
  assert.equal(templateFault("{% if vip %}Hi{% endif %} {{ first_name | capitalize }}"), undefined);
});
