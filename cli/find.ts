/** Finds things by id or by name, so that nobody has to copy UUIDs. */
import type { CampaignGroup } from "../gen/herald/campaigns/v1/campaign_group.ts";
import { CampaignGroupServiceDefinition } from "../gen/herald/campaigns/v1/campaign_group_service.ts";
import type { Provider } from "../gen/herald/dial/v1/provider.ts";
import { ProviderServiceDefinition } from "../gen/herald/dial/v1/provider_service.ts";
import type { MessageTemplate } from "../gen/herald/dial/v1/message_template.ts";
import { MessageTemplateServiceDefinition } from "../gen/herald/dial/v1/message_template_service.ts";
import type { ContactList } from "../gen/herald/lists/v1/contact_list.ts";
import { ContactListServiceDefinition } from "../gen/herald/lists/v1/contact_list_service.ts";
import type { SuppressionList } from "../gen/herald/lists/v1/suppression_list.ts";
import { SuppressionListServiceDefinition } from "../gen/herald/lists/v1/suppression_list_service.ts";
import type { Platform } from "./connection.ts";
import { Failure } from "./failure.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isId = (text: string): boolean => UUID.test(text);

export async function findContactList(platform: Platform, idOrName: string): Promise<ContactList | undefined> {
  const lists = platform.client(ContactListServiceDefinition);
  if (isId(idOrName)) return (await lists.getContactList({ contactListId: idOrName })).contactList;
  const { contactLists } = await lists.listContactLists({ query: idOrName, pageSize: 500 });
  return contactLists.find(({ name }) => name === idOrName);
}

export async function contactListOf(platform: Platform, idOrName: string): Promise<ContactList> {
  return (await findContactList(platform, idOrName)) ?? missing("contact list", idOrName, "herald lists ls");
}

export async function campaignGroupOf(platform: Platform, idOrName: string): Promise<CampaignGroup> {
  const groups = platform.client(CampaignGroupServiceDefinition);
  const found = isId(idOrName)
    ? (await groups.getCampaignGroup({ campaignGroupId: idOrName })).campaignGroup
    : (await groups.listCampaignGroups({ query: idOrName, pageSize: 500 })).campaignGroups.find(
        ({ name }) => name === idOrName,
      );
  return found ?? missing("campaign group", idOrName, "herald campaigns ls");
}

export async function providerOf(platform: Platform, idOrName: string): Promise<Provider> {
  const providers = platform.client(ProviderServiceDefinition);
  // A tenant has at most a hundred.
  const found = isId(idOrName)
    ? (await providers.getProvider({ providerId: idOrName })).provider
    : (await providers.listProviders({ pageSize: 500 })).providers.find(({ name }) => name === idOrName);
  return found ?? missing("provider", idOrName, "herald providers ls");
}

export async function messageTemplateOf(platform: Platform, idOrName: string): Promise<MessageTemplate> {
  const templates = platform.client(MessageTemplateServiceDefinition);
  const found = isId(idOrName)
    ? (await templates.getMessageTemplate({ messageTemplateId: idOrName })).messageTemplate
    : (await templates.listMessageTemplates({ query: idOrName, pageSize: 500 })).messageTemplates.find(
        ({ name }) => name === idOrName,
      );
  return found ?? missing("message template", idOrName, "herald templates ls");
}

export async function suppressionListOf(platform: Platform, idOrName: string): Promise<SuppressionList> {
  const lists = platform.client(SuppressionListServiceDefinition);
  if (isId(idOrName)) {
    const { suppressionList } = await lists.getSuppressionList({ suppressionListId: idOrName });
    return suppressionList ?? missing("suppression list", idOrName, "herald suppression ls");
  }
  let pageToken = "";
  do {
    const page = await lists.listSuppressionLists({ pageSize: 500, pageToken });
    const found = page.suppressionLists.find(({ name }) => name === idOrName);
    if (found) return found;
    pageToken = page.nextPageToken;
  } while (pageToken);
  return missing("suppression list", idOrName, "herald suppression ls");
}

function missing(what: string, idOrName: string, command: string): never {
  throw new Failure(`There is no ${what} ${idOrName}.`, `\`${command}\` shows those there are.`);
}
