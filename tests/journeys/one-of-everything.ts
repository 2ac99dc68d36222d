/** A tenant with one thing of every kind that has an id. */
import { DialingMode } from "../../gen/herald/campaigns/v1/voice_settings.ts";
import { CampaignGroupServiceDefinition } from "../../gen/herald/campaigns/v1/campaign_group_service.ts";
import { Channel } from "../../gen/herald/common/v1/channel.ts";
import { AttemptCheckServiceDefinition } from "../../gen/herald/compliance/v1/attempt_check_service.ts";
import { CapScope, CapSubject } from "../../gen/herald/compliance/v1/rule.ts";
import { RuleServiceDefinition } from "../../gen/herald/compliance/v1/rule_service.ts";
import { MessageTemplateServiceDefinition } from "../../gen/herald/dial/v1/message_template_service.ts";
import { ProviderServiceDefinition } from "../../gen/herald/dial/v1/provider_service.ts";
import { InteractionDirection } from "../../gen/herald/contacts/v1/interaction.ts";
import { InteractionServiceDefinition } from "../../gen/herald/contacts/v1/interaction_service.ts";
import { ApiKeyServiceDefinition } from "../../gen/herald/identity/v1/api_key_service.ts";
import { RoleServiceDefinition } from "../../gen/herald/identity/v1/role_service.ts";
import { TenantServiceDefinition } from "../../gen/herald/identity/v1/tenant_service.ts";
import { UserServiceDefinition } from "../../gen/herald/identity/v1/user_service.ts";
import { JobServiceDefinition } from "../../gen/herald/jobs/v1/job_service.ts";
import { ContactListServiceDefinition } from "../../gen/herald/lists/v1/contact_list_service.ts";
import { RecordServiceDefinition } from "../../gen/herald/lists/v1/record_service.ts";
import { SuppressionKind } from "../../gen/herald/lists/v1/suppression_list.ts";
import { SuppressionListServiceDefinition } from "../../gen/herald/lists/v1/suppression_list_service.ts";
import type { BoundCalls } from "../../svc/lib/client/client.ts";
import { type GenericDefinition, serviceOf } from "../../svc/lib/rpc/definitions.ts";
import type { Owner } from "../lib/cleanup.ts";
import { meshClient, newId, until, userClient } from "../lib/harness.ts";
import type { Mesh } from "../lib/mesh.ts";

/** Ids by their names in requests: `contactListId`. */
export type Ids = Record<string, string>;

/** Creates a tenant; `permissions` are all permissions that a person can have. */
export async function makeTenant(t: Owner, mesh: Mesh, permissions: readonly string[]): Promise<string> {
  const platform = await userClient(t, mesh.identity, TenantServiceDefinition, { tenantId: newId(), permissions });
  const tenant = {
    slug: `t-${newId().slice(-8)}`,
    displayName: "Acme",
    defaultRegion: "US",
    defaultZone: "America/New_York",
  };
  const made = await platform.createTenant({
    tenant,
    adminEmail: "admin@acme.example",
    adminPassword: "correct horse battery",
  });
  return made.tenant?.id ?? "";
}

/** Creates one thing of every kind in it. */
export async function oneOfEverything(
  t: Owner,
  mesh: Mesh,
  tenantId: string,
  permissions: readonly string[],
): Promise<Ids> {
  const as = <Definition extends GenericDefinition>(definition: Definition): Promise<BoundCalls<Definition>> =>
    userClient(t, mesh[serviceOf(definition) as "lists"], definition, { tenantId, permissions });
  return {
    ...(await people(
      await as(RoleServiceDefinition),
      await as(UserServiceDefinition),
      await as(ApiKeyServiceDefinition),
    )),
    ...(await campaign(t, mesh, tenantId, as)),
    ...(await provider(await as(ProviderServiceDefinition))),
    ...(await attempt(await as(AttemptCheckServiceDefinition))),
    ...(await messageTemplate(await as(MessageTemplateServiceDefinition))),
    ...(await interaction(t, mesh, tenantId, await as(InteractionServiceDefinition))),
    ...(await job(t, mesh, tenantId)),
  };
}

async function people(
  roles: BoundCalls<typeof RoleServiceDefinition>,
  users: BoundCalls<typeof UserServiceDefinition>,
  apiKeys: BoundCalls<typeof ApiKeyServiceDefinition>,
): Promise<Ids> {
  const roleId = (await roles.createRole({ role: { name: "Readers", permissions: ["lists.read"] } })).role?.id ?? "";
  const user = { email: "ada@acme.example", displayName: "Ada", roleIds: [roleId] };
  const userId = (await users.createUser({ user, password: "correct horse battery" })).user?.id ?? "";
  const apiKeyId = (await apiKeys.createApiKey({ apiKey: { name: "CRM", roleIds: [roleId] } })).apiKey?.id ?? "";
  return { roleId, userId, apiKeyId };
}

type ClientFactory = <Definition extends GenericDefinition>(definition: Definition) => Promise<BoundCalls<Definition>>;

async function campaign(t: Owner, mesh: Mesh, tenantId: string, as: ClientFactory): Promise<Ids> {
  const lists = await as(ContactListServiceDefinition);
  const records = await as(RecordServiceDefinition);
  const suppressions = await as(SuppressionListServiceDefinition);
  const rules = await as(RuleServiceDefinition);
  const groups = await as(CampaignGroupServiceDefinition);
  const contactListId = (await lists.createContactList({ contactList: { name: "Spring" } })).contactList?.id ?? "";
  const data = Buffer.from("Client ID,Mobile\nC-1,+12125550123\n");
  const file = async function* () {
    yield { contactListId, fileName: "spring.csv", file: { contentType: "text/csv", data } };
  };
  const importId = (await records.importRecords(file())).import?.id ?? "";
  const found = await until(async () => (await records.searchRecords({ contactListId })).records[0]);
  const list = { name: "Opted out", kind: SuppressionKind.SUPPRESSION_KIND_DEVICE };
  const suppressionListId =
    (await suppressions.createSuppressionList({ suppressionList: list })).suppressionList?.id ?? "";
  const attemptCap = {
    limit: 3,
    periodSeconds: 86_400,
    subject: CapSubject.CAP_SUBJECT_DEVICE,
    scope: CapScope.CAP_SCOPE_TENANT,
  };
  const ruleId =
    (await rules.createRule({ rule: { name: "Thrice", body: { $case: "attemptCap", attemptCap } } })).rule?.id ?? "";
  const voice = { mode: DialingMode.DIALING_MODE_POWER, callsPerMinute: 10 };
  const group = { name: "Spring", contactListIds: [contactListId], channel: Channel.CHANNEL_VOICE, voice };
  const campaignGroupId = (await groups.createCampaignGroup({ campaignGroup: group })).campaignGroup?.id ?? "";
  return { contactListId, importId, recordId: found.id, suppressionListId, ruleId, campaignGroupId };
}

async function provider(providers: BoundCalls<typeof ProviderServiceDefinition>): Promise<Ids> {
  const smtp = { host: "1.1.1.1" };
  const made = await providers.createProvider({ provider: { name: "Own mail", kind: { $case: "smtp", smtp } } });
  return { providerId: made.provider?.id ?? "" };
}

async function attempt(checks: BoundCalls<typeof AttemptCheckServiceDefinition>): Promise<Ids> {
  const attemptId = newId();
  await checks.checkAttempt({
    check: { attemptId, channel: Channel.CHANNEL_VOICE, contactInfo: "+12125550123", clientId: "C-1" },
  });
  return { attemptId };
}

async function messageTemplate(templates: BoundCalls<typeof MessageTemplateServiceDefinition>): Promise<Ids> {
  const draft = { variants: [{ text: "Hello {{ first_name }}" }] };
  const made = await templates.createMessageTemplate({
    messageTemplate: { name: "Welcome", channel: Channel.CHANNEL_SMS, draft },
  });
  const messageTemplateId = made.messageTemplate?.id ?? "";
  await templates.publishMessageTemplate({ messageTemplateId });
  return { messageTemplateId };
}

async function interaction(
  t: Owner,
  mesh: Mesh,
  tenantId: string,
  interactions: BoundCalls<typeof InteractionServiceDefinition>,
): Promise<Ids> {
  const interactionId = newId();
  const told = {
    id: interactionId,
    direction: InteractionDirection.INTERACTION_DIRECTION_OUTBOUND,
    channel: Channel.CHANNEL_EMAIL,
    contactInfo: "ada@example.com",
    startTime: new Date(),
  };
  const dial = meshClient(t, mesh.contacts, InteractionServiceDefinition, tenantId, "dial");
  await dial.recordInteractions({ interactions: [{ interaction: told, clientId: "C-1" }] });
  const kept = (await interactions.getInteraction({ interactionId })).interaction;
  return { interactionId, contactId: kept?.contactId ?? "" };
}

async function job(t: Owner, mesh: Mesh, tenantId: string): Promise<Ids> {
  const [jobId, objectId] = [newId(), newId()];
  const lists = meshClient(t, mesh.jobs, JobServiceDefinition, tenantId, "lists");
  await lists.registerJob({
    job: { id: jobId, kind: "lists.import", service: "lists", title: "Import", objectId, unit: "rows" },
  });
  return { jobId, objectId };
}
