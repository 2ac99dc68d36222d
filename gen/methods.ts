// Made from proto/ by `npm run gen`. Do not edit.

/** Where one RPC answers in REST. `body` is `*`, a field, or null for none; `responseBody` is a field or null for all. */
export interface HttpRule {
  readonly verb: "GET" | "PUT" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body: string | null;
  readonly responseBody: string | null;
  readonly additional: readonly HttpRule[];
}

/** What the options of one RPC say. An RPC whose `requires` is null must not be served. */
export interface MethodRule {
  readonly requires: string | null;
  readonly audit: "create" | "edit" | "delete" | "alter" | "execute" | "export" | null;
  readonly idempotency: "unknown" | "no-side-effects" | "idempotent";
  readonly http: HttpRule | null;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
}

/** Every RPC of the contract by its gRPC path. */
export const methods: Readonly<Record<string, MethodRule>> = {
  "/herald.campaigns.v1.CampaignGroupService/CreateCampaignGroup": {
    requires: "campaigns.write",
    audit: "create",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/campaign-groups",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.campaigns.v1.CampaignGroupService/GetCampaignGroup": {
    requires: "campaigns.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/campaign-groups/{campaign_group_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.campaigns.v1.CampaignGroupService/ListCampaignGroups": {
    requires: "campaigns.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/campaign-groups",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.campaigns.v1.CampaignGroupService/UpdateCampaignGroup": {
    requires: "campaigns.write",
    audit: "edit",
    idempotency: "unknown",
    http: {
      verb: "PATCH",
      path: "/v1/campaign-groups/{campaign_group.id}",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.campaigns.v1.CampaignGroupService/DeleteCampaignGroup": {
    requires: "campaigns.write",
    audit: "delete",
    idempotency: "unknown",
    http: {
      verb: "DELETE",
      path: "/v1/campaign-groups/{campaign_group_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.campaigns.v1.CampaignGroupService/LoadCampaignGroup": {
    requires: "campaigns.start",
    audit: "execute",
    idempotency: "unknown",
    http: {
      verb: "POST",
      path: "/v1/campaign-groups/{campaign_group_id}:load",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.campaigns.v1.CampaignGroupService/StartCampaignGroup": {
    requires: "campaigns.start",
    audit: "execute",
    idempotency: "unknown",
    http: {
      verb: "POST",
      path: "/v1/campaign-groups/{campaign_group_id}:start",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.campaigns.v1.CampaignGroupService/PreviewStart": {
    requires: "campaigns.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/campaign-groups/{campaign_group_id}:previewStart",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.campaigns.v1.CampaignGroupService/CheckContent": {
    requires: "campaigns.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "POST",
      path: "/v1/campaign-groups:checkContent",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.campaigns.v1.CampaignGroupService/SendTest": {
    requires: "campaigns.start",
    audit: "execute",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/campaign-groups/{campaign_group_id}:sendTest",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.campaigns.v1.CampaignGroupService/PauseCampaignGroup": {
    requires: "campaigns.start",
    audit: "execute",
    idempotency: "unknown",
    http: {
      verb: "POST",
      path: "/v1/campaign-groups/{campaign_group_id}:pause",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.campaigns.v1.CampaignGroupService/ResumeCampaignGroup": {
    requires: "campaigns.start",
    audit: "execute",
    idempotency: "unknown",
    http: {
      verb: "POST",
      path: "/v1/campaign-groups/{campaign_group_id}:resume",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.campaigns.v1.CampaignGroupService/StopCampaignGroup": {
    requires: "campaigns.start",
    audit: "execute",
    idempotency: "unknown",
    http: {
      verb: "POST",
      path: "/v1/campaign-groups/{campaign_group_id}:stop",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.campaigns.v1.CampaignGroupService/WatchCampaignGroup": {
    requires: "campaigns.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/campaign-groups/{campaign_group_id}:watch",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: true
  },
  "/herald.campaigns.v1.CampaignGroupService/GetProgressHistory": {
    requires: "campaigns.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/campaign-groups/{campaign_group_id}:progressHistory",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.campaigns.v1.DialQueueService/ListQueued": {
    requires: "campaigns.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/campaign-groups/{campaign_group_id}/queue",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.campaigns.v1.DialQueueService/GetChain": {
    requires: "campaigns.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/campaign-groups/{campaign_group_id}/queue/{record_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.campaigns.v1.DialQueueService/ListLeftOut": {
    requires: "campaigns.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/campaign-groups/{campaign_group_id}/left-out",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.campaigns.v1.DialQueueService/LeaseDue": {
    requires: "mesh.campaigns",
    audit: null,
    idempotency: "unknown",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.campaigns.v1.DialQueueService/RenewLeases": {
    requires: "mesh.campaigns",
    audit: null,
    idempotency: "idempotent",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.campaigns.v1.DialQueueService/ReportOutcomes": {
    requires: "mesh.campaigns",
    audit: null,
    idempotency: "idempotent",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.common.v1.OutboxService/ListSetAside": {
    requires: "mesh.outbox",
    audit: null,
    idempotency: "no-side-effects",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.common.v1.OutboxService/DeliverSetAside": {
    requires: "mesh.outbox",
    audit: null,
    idempotency: "idempotent",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.compliance.v1.AttemptCheckService/CheckAttempt": {
    requires: "attempts.check",
    audit: null,
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/attempt-checks",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.compliance.v1.AttemptCheckService/CheckAttempts": {
    requires: "attempts.check",
    audit: null,
    idempotency: "unknown",
    http: null,
    requestStream: true,
    responseStream: true
  },
  "/herald.compliance.v1.AttemptCheckService/ExplainAttempt": {
    requires: "attempts.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/attempt-checks/{attempt_id}:explain",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.compliance.v1.AttemptCheckService/ListDecisions": {
    requires: "attempts.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/attempt-checks",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.compliance.v1.AttemptCheckService/FindOpenInstants": {
    requires: "mesh.compliance",
    audit: null,
    idempotency: "no-side-effects",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.compliance.v1.AttemptCheckService/ReportOutcomes": {
    requires: "mesh.compliance",
    audit: null,
    idempotency: "idempotent",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.compliance.v1.AttemptCheckService/SetCampaignStates": {
    requires: "mesh.compliance",
    audit: null,
    idempotency: "idempotent",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.compliance.v1.AttemptPolicyService/GetAttemptPolicy": {
    requires: "rules.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/attempt-policy",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.compliance.v1.AttemptPolicyService/UpdateAttemptPolicy": {
    requires: "rules.write",
    audit: "edit",
    idempotency: "unknown",
    http: {
      verb: "PATCH",
      path: "/v1/attempt-policy",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.compliance.v1.PlaceService/ResolvePlace": {
    requires: "places.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/places:resolve",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.compliance.v1.RuleService/CreateRule": {
    requires: "rules.write",
    audit: "create",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/compliance-rules",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.compliance.v1.RuleService/GetRule": {
    requires: "rules.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/compliance-rules/{rule_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.compliance.v1.RuleService/ListRules": {
    requires: "rules.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/compliance-rules",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.compliance.v1.RuleService/UpdateRule": {
    requires: "rules.write",
    audit: "edit",
    idempotency: "unknown",
    http: {
      verb: "PATCH",
      path: "/v1/compliance-rules/{rule.id}",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.compliance.v1.RuleService/DeleteRule": {
    requires: "rules.write",
    audit: "delete",
    idempotency: "unknown",
    http: {
      verb: "DELETE",
      path: "/v1/compliance-rules/{rule_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.contacts.v1.ContactService/IdentifyContact": {
    requires: "contacts.write",
    audit: "create",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/contacts:identify",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.contacts.v1.ContactService/GetContact": {
    requires: "contacts.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/contacts/{contact_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.contacts.v1.ContactService/SearchContacts": {
    requires: "contacts.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/contacts",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.contacts.v1.ContactService/ListContactHistory": {
    requires: "contacts.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/contacts/{contact_id}/history",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.contacts.v1.InteractionService/RecordInteractions": {
    requires: "mesh.contacts",
    audit: null,
    idempotency: "idempotent",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.contacts.v1.InteractionService/GetInteraction": {
    requires: "interactions.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/interactions/{interaction_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.contacts.v1.InteractionService/SearchInteractions": {
    requires: "interactions.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/interactions",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.AttemptService/ListAttempts": {
    requires: "attempts.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/attempts",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.AttemptService/GetAttempt": {
    requires: "attempts.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/attempts/{attempt_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.AttemptService/ResolveStaleAttempt": {
    requires: "attempts.write",
    audit: "edit",
    idempotency: "unknown",
    http: {
      verb: "POST",
      path: "/v1/attempts/{attempt_id}:resolve",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.EmailDomainService/AddEmailDomain": {
    requires: "providers.write",
    audit: "create",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/email-domains",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.EmailDomainService/GetEmailDomain": {
    requires: "providers.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/email-domains/{domain}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.EmailDomainService/ListEmailDomains": {
    requires: "providers.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/email-domains",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.EmailDomainService/CheckEmailDomain": {
    requires: "providers.write",
    audit: "execute",
    idempotency: "unknown",
    http: {
      verb: "POST",
      path: "/v1/email-domains/{domain}:check",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.EmailDomainService/RotateDkimKeys": {
    requires: "providers.write",
    audit: "execute",
    idempotency: "unknown",
    http: {
      verb: "POST",
      path: "/v1/email-domains/{domain}:rotate",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.EmailDomainService/DeleteEmailDomain": {
    requires: "providers.write",
    audit: "delete",
    idempotency: "unknown",
    http: {
      verb: "DELETE",
      path: "/v1/email-domains/{domain}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.HeldMessageService/ListHeldMessages": {
    requires: "platform.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/held-messages",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.HeldMessageService/DeleteHeldMessage": {
    requires: "platform.write",
    audit: "delete",
    idempotency: "unknown",
    http: {
      verb: "DELETE",
      path: "/v1/held-messages/{held_message_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.InboundMessageService/ListInboundMessages": {
    requires: "inbound.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/inbound-messages",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.InboundMessageService/WatchInboundMessages": {
    requires: "inbound.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/inbound-messages:watch",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: true
  },
  "/herald.dial.v1.KeywordService/CreateKeyword": {
    requires: "keywords.write",
    audit: "create",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/keywords",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.KeywordService/GetKeyword": {
    requires: "keywords.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/keywords/{keyword_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.KeywordService/ListKeywords": {
    requires: "keywords.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/keywords",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.KeywordService/UpdateKeyword": {
    requires: "keywords.write",
    audit: "edit",
    idempotency: "unknown",
    http: {
      verb: "PATCH",
      path: "/v1/keywords/{keyword.id}",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.KeywordService/DeleteKeyword": {
    requires: "keywords.write",
    audit: "delete",
    idempotency: "unknown",
    http: {
      verb: "DELETE",
      path: "/v1/keywords/{keyword_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.KeywordService/ReadMessage": {
    requires: "keywords.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "POST",
      path: "/v1/keywords:readMessage",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.MessageTemplateService/CreateMessageTemplate": {
    requires: "templates.write",
    audit: "create",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/message-templates",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.MessageTemplateService/GetMessageTemplate": {
    requires: "templates.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/message-templates/{message_template_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.MessageTemplateService/ListMessageTemplates": {
    requires: "templates.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/message-templates",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.MessageTemplateService/UpdateMessageTemplate": {
    requires: "templates.write",
    audit: "edit",
    idempotency: "unknown",
    http: {
      verb: "PATCH",
      path: "/v1/message-templates/{message_template.id}",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.MessageTemplateService/DeleteMessageTemplate": {
    requires: "templates.write",
    audit: "delete",
    idempotency: "unknown",
    http: {
      verb: "DELETE",
      path: "/v1/message-templates/{message_template_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.MessageTemplateService/CloneMessageTemplate": {
    requires: "templates.write",
    audit: "create",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/message-templates/{message_template_id}:clone",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.MessageTemplateService/PublishMessageTemplate": {
    requires: "templates.write",
    audit: "execute",
    idempotency: "unknown",
    http: {
      verb: "POST",
      path: "/v1/message-templates/{message_template_id}:publish",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.MessageTemplateService/ListMessageTemplateVersions": {
    requires: "templates.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/message-templates/{message_template_id}/versions",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.MessageTemplateService/GetMessageTemplateVersion": {
    requires: "templates.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/message-templates/{message_template_id}/versions/{version}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.MessageTemplateService/ListMessageTemplateUses": {
    requires: "templates.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/message-templates/{message_template_id}/uses",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.MessageTemplateService/RestoreMessageTemplateVersion": {
    requires: "templates.write",
    audit: "edit",
    idempotency: "unknown",
    http: {
      verb: "POST",
      path: "/v1/message-templates/{message_template_id}:restore",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.MessageTemplateService/PreviewMessageTemplate": {
    requires: "templates.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "POST",
      path: "/v1/message-templates:preview",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.MessageTemplateService/SendTestMessages": {
    requires: "campaigns.start",
    audit: "execute",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/message-templates/{message_template_id}:sendTest",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.OptOutService/RecordOptOut": {
    requires: "optouts.write",
    audit: "create",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/opt-outs",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.OptOutService/GetOptOut": {
    requires: "optouts.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/opt-outs/{opt_out_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.OptOutService/ListOptOuts": {
    requires: "optouts.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/opt-outs",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.OptOutService/ConfirmOptOut": {
    requires: "optouts.write",
    audit: "alter",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/opt-outs/{opt_out_id}:confirm",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.OptOutService/WithdrawOptOut": {
    requires: "optouts.write",
    audit: "alter",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/opt-outs/{opt_out_id}:withdraw",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.OptOutService/GetOptOutPolicy": {
    requires: "optouts.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/opt-out-policy",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.OptOutService/UpdateOptOutPolicy": {
    requires: "optouts.write",
    audit: "edit",
    idempotency: "unknown",
    http: {
      verb: "PATCH",
      path: "/v1/opt-out-policy",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.PreviewService/PreviewMessage": {
    requires: "mesh.dial",
    audit: null,
    idempotency: "no-side-effects",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.ProgramService/CreateProgram": {
    requires: "programs.write",
    audit: "create",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/programs",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.ProgramService/GetProgram": {
    requires: "programs.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/programs/{program_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.ProgramService/ListPrograms": {
    requires: "programs.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/programs",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.ProgramService/UpdateProgram": {
    requires: "programs.write",
    audit: "edit",
    idempotency: "unknown",
    http: {
      verb: "PATCH",
      path: "/v1/programs/{program.id}",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.ProgramService/DeleteProgram": {
    requires: "programs.write",
    audit: "delete",
    idempotency: "unknown",
    http: {
      verb: "DELETE",
      path: "/v1/programs/{program_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.ProviderService/CreateProvider": {
    requires: "providers.write",
    audit: "create",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/providers",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.ProviderService/GetProvider": {
    requires: "providers.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/providers/{provider_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.ProviderService/ListProviders": {
    requires: "providers.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/providers",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.ProviderService/UpdateProvider": {
    requires: "providers.write",
    audit: "edit",
    idempotency: "unknown",
    http: {
      verb: "PATCH",
      path: "/v1/providers/{provider.id}",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.ProviderService/DeleteProvider": {
    requires: "providers.write",
    audit: "delete",
    idempotency: "unknown",
    http: {
      verb: "DELETE",
      path: "/v1/providers/{provider_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.ProviderService/TestProvider": {
    requires: "providers.write",
    audit: "execute",
    idempotency: "unknown",
    http: {
      verb: "POST",
      path: "/v1/providers/{provider_id}:test",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.ProviderService/CheckProvider": {
    requires: "mesh.dial",
    audit: null,
    idempotency: "no-side-effects",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.ProviderService/ResealSecrets": {
    requires: "platform.write",
    audit: "execute",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/providers:resealSecrets",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.SenderService/ListSenders": {
    requires: "sessions.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/senders",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.SenderService/ClaimSender": {
    requires: "campaigns.write",
    audit: "create",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/senders:claim",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.SenderService/ReleaseSender": {
    requires: "campaigns.write",
    audit: "delete",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/senders:release",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.SenderService/ReleaseAnySender": {
    requires: "platform.write",
    audit: "delete",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/senders:releaseAny",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.SenderService/CheckSender": {
    requires: "mesh.dial",
    audit: null,
    idempotency: "no-side-effects",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.SessionService/ListSessions": {
    requires: "sessions.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/sessions",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.SessionService/GetSession": {
    requires: "sessions.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/sessions/{campaign_group_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.SessionService/OpenSession": {
    requires: "mesh.dial",
    audit: null,
    idempotency: "idempotent",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.SessionService/CloseSession": {
    requires: "mesh.dial",
    audit: null,
    idempotency: "idempotent",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.TestMessageService/SendTestMessage": {
    requires: "mesh.dial",
    audit: null,
    idempotency: "idempotent",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.UndeliveredService/ListUndelivered": {
    requires: "undelivered.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/undelivered",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.UndeliveredService/Redeliver": {
    requires: "undelivered.write",
    audit: "execute",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/undelivered/{undelivered_id}:redeliver",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.UndeliveredService/RedeliverAll": {
    requires: "undelivered.write",
    audit: "execute",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/undelivered:redeliverAll",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.UnsubscribeService/ShowUnsubscribePage": {
    requires: "public",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/u/{token}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.UnsubscribeService/Unsubscribe": {
    requires: "public",
    audit: null,
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/u/{token}",
      body: "form",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.dial.v1.VoiceAdapterService/Calls": {
    requires: "mesh.voice",
    audit: null,
    idempotency: "unknown",
    http: null,
    requestStream: true,
    responseStream: true
  },
  "/herald.dial.v1.VoiceAdapterService/QueryCalls": {
    requires: "mesh.voice",
    audit: null,
    idempotency: "no-side-effects",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.ApiKeyService/CreateApiKey": {
    requires: "api-keys.write",
    audit: "create",
    idempotency: "unknown",
    http: {
      verb: "POST",
      path: "/v1/api-keys",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.ApiKeyService/GetApiKey": {
    requires: "api-keys.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/api-keys/{api_key_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.ApiKeyService/ListApiKeys": {
    requires: "api-keys.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/api-keys",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.ApiKeyService/DeleteApiKey": {
    requires: "api-keys.write",
    audit: "delete",
    idempotency: "unknown",
    http: {
      verb: "DELETE",
      path: "/v1/api-keys/{api_key_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.AuditService/ListAuditEntries": {
    requires: "audit.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/audit-entries",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.AuditService/RecordAuditEntries": {
    requires: "mesh.audit",
    audit: null,
    idempotency: "idempotent",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.RevocationService/WatchRevocations": {
    requires: "mesh.revocations",
    audit: null,
    idempotency: "no-side-effects",
    http: null,
    requestStream: false,
    responseStream: true
  },
  "/herald.identity.v1.RoleService/CreateRole": {
    requires: "roles.write",
    audit: "create",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/roles",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.RoleService/GetRole": {
    requires: "roles.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/roles/{role_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.RoleService/ListRoles": {
    requires: "roles.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/roles",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.RoleService/UpdateRole": {
    requires: "roles.write",
    audit: "edit",
    idempotency: "unknown",
    http: {
      verb: "PATCH",
      path: "/v1/roles/{role.id}",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.RoleService/DeleteRole": {
    requires: "roles.write",
    audit: "delete",
    idempotency: "unknown",
    http: {
      verb: "DELETE",
      path: "/v1/roles/{role_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.RoleService/ListPermissions": {
    requires: "roles.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/permissions",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.TenantService/GetTenant": {
    requires: "tenant.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/tenant",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.TenantService/UpdateTenant": {
    requires: "tenant.write",
    audit: "edit",
    idempotency: "unknown",
    http: {
      verb: "PATCH",
      path: "/v1/tenant",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.TenantService/CreateTenant": {
    requires: "platform.write",
    audit: "create",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/tenants",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.TenantService/ListTenants": {
    requires: "platform.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/tenants",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.TokenService/IssueToken": {
    requires: "public",
    audit: null,
    idempotency: "unknown",
    http: {
      verb: "POST",
      path: "/v1/tokens",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.TokenService/RevokeToken": {
    requires: "public",
    audit: null,
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/tokens:revoke",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.TokenService/GetJwks": {
    requires: "public",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/.well-known/jwks.json",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.UserService/CreateUser": {
    requires: "users.write",
    audit: "create",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/users",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.UserService/GetUser": {
    requires: "users.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/users/{user_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.UserService/ListUsers": {
    requires: "users.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/users",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.UserService/UpdateUser": {
    requires: "users.write",
    audit: "edit",
    idempotency: "unknown",
    http: {
      verb: "PATCH",
      path: "/v1/users/{user.id}",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.UserService/SetPassword": {
    requires: "users.write",
    audit: "edit",
    idempotency: "unknown",
    http: {
      verb: "POST",
      path: "/v1/users/{user_id}:setPassword",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.identity.v1.UserService/DeleteUser": {
    requires: "users.write",
    audit: "delete",
    idempotency: "unknown",
    http: {
      verb: "DELETE",
      path: "/v1/users/{user_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.jobs.v1.JobService/GetJob": {
    requires: "jobs.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/jobs/{job_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.jobs.v1.JobService/ListJobs": {
    requires: "jobs.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/jobs",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.jobs.v1.JobService/WatchJob": {
    requires: "jobs.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/jobs/{job_id}:watch",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: true
  },
  "/herald.jobs.v1.JobService/CancelJob": {
    requires: "jobs.cancel",
    audit: "execute",
    idempotency: "unknown",
    http: {
      verb: "POST",
      path: "/v1/jobs/{job_id}:cancel",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.jobs.v1.JobService/RegisterJob": {
    requires: "mesh.jobs",
    audit: null,
    idempotency: "idempotent",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.jobs.v1.JobService/ReportProgress": {
    requires: "mesh.jobs",
    audit: null,
    idempotency: "idempotent",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.ContactListService/CreateContactList": {
    requires: "lists.write",
    audit: "create",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/contact-lists",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.ContactListService/GetContactList": {
    requires: "lists.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/contact-lists/{contact_list_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.ContactListService/ListContactLists": {
    requires: "lists.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/contact-lists",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.ContactListService/UpdateContactList": {
    requires: "lists.write",
    audit: "edit",
    idempotency: "unknown",
    http: {
      verb: "PATCH",
      path: "/v1/contact-lists/{contact_list.id}",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.ContactListService/DeleteContactList": {
    requires: "lists.write",
    audit: "delete",
    idempotency: "unknown",
    http: {
      verb: "DELETE",
      path: "/v1/contact-lists/{contact_list_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.RecordService/ImportRecords": {
    requires: "lists.import",
    audit: "alter",
    idempotency: "unknown",
    http: {
      verb: "POST",
      path: "/v1/contact-lists/{contact_list_id}/records:import",
      body: "file",
      responseBody: null,
      additional: [
        {
          verb: "PUT",
          path: "/v1/contact-lists/{contact_list_id}/records:import",
          body: "file",
          responseBody: null,
          additional: []
        }
      ]
    },
    requestStream: true,
    responseStream: false
  },
  "/herald.lists.v1.RecordService/PreviewImport": {
    requires: "lists.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "POST",
      path: "/v1/contact-lists:previewImport",
      body: "file",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.RecordService/GetImport": {
    requires: "lists.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/imports/{import_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.RecordService/ListImports": {
    requires: "lists.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/contact-lists/{contact_list_id}/imports",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.RecordService/CancelImport": {
    requires: "lists.import",
    audit: "execute",
    idempotency: "unknown",
    http: {
      verb: "POST",
      path: "/v1/imports/{import_id}:cancel",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.RecordService/DownloadRejectedRows": {
    requires: "lists.read",
    audit: "export",
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/imports/{import_id}/rejected-rows",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: true
  },
  "/herald.lists.v1.RecordService/ExportRecords": {
    requires: "lists.export",
    audit: "export",
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/contact-lists/{contact_list_id}/records:export",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: true
  },
  "/herald.lists.v1.RecordService/SearchRecords": {
    requires: "lists.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/contact-lists/{contact_list_id}/records",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.RecordService/GetRecord": {
    requires: "lists.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/contact-lists/{contact_list_id}/records/{record_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.RecordService/BatchGetRecords": {
    requires: "mesh.lists",
    audit: null,
    idempotency: "no-side-effects",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.RecordService/FindHolders": {
    requires: "mesh.lists",
    audit: null,
    idempotency: "no-side-effects",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.RecordService/FindKin": {
    requires: "mesh.lists",
    audit: null,
    idempotency: "no-side-effects",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.SuppressionListService/CreateSuppressionList": {
    requires: "suppression.write",
    audit: "create",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/suppression-lists",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.SuppressionListService/GetSuppressionList": {
    requires: "suppression.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/suppression-lists/{suppression_list_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.SuppressionListService/ListSuppressionLists": {
    requires: "suppression.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/suppression-lists",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.SuppressionListService/UpdateSuppressionList": {
    requires: "suppression.write",
    audit: "edit",
    idempotency: "unknown",
    http: {
      verb: "PATCH",
      path: "/v1/suppression-lists/{suppression_list.id}",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.SuppressionListService/DeleteSuppressionList": {
    requires: "suppression.write",
    audit: "delete",
    idempotency: "unknown",
    http: {
      verb: "DELETE",
      path: "/v1/suppression-lists/{suppression_list_id}",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.SuppressionListService/AddEntries": {
    requires: "suppression.write",
    audit: "alter",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/suppression-lists/{suppression_list_id}/entries:add",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.SuppressionListService/RemoveEntries": {
    requires: "suppression.write",
    audit: "alter",
    idempotency: "idempotent",
    http: {
      verb: "POST",
      path: "/v1/suppression-lists/{suppression_list_id}/entries:remove",
      body: "*",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.SuppressionListService/ListEntries": {
    requires: "suppression.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/suppression-lists/{suppression_list_id}/entries",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.SuppressionListService/ListOptOutCorrections": {
    requires: "suppression.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/suppression-lists/{suppression_list_id}/corrections",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.SuppressionListService/LookUpEntries": {
    requires: "suppression.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/suppression-lists:lookUp",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.SuppressionListService/ImportEntries": {
    requires: "suppression.write",
    audit: "alter",
    idempotency: "unknown",
    http: {
      verb: "POST",
      path: "/v1/suppression-lists/{suppression_list_id}/entries:import",
      body: "file",
      responseBody: null,
      additional: [
        {
          verb: "PUT",
          path: "/v1/suppression-lists/{suppression_list_id}/entries:import",
          body: "file",
          responseBody: null,
          additional: []
        }
      ]
    },
    requestStream: true,
    responseStream: false
  },
  "/herald.lists.v1.SuppressionListService/PreviewEntries": {
    requires: "suppression.read",
    audit: null,
    idempotency: "no-side-effects",
    http: {
      verb: "POST",
      path: "/v1/suppression-lists/{suppression_list_id}/entries:previewImport",
      body: "file",
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.SuppressionListService/ExportEntries": {
    requires: "suppression.read",
    audit: "export",
    idempotency: "no-side-effects",
    http: {
      verb: "GET",
      path: "/v1/suppression-lists/{suppression_list_id}/entries:export",
      body: null,
      responseBody: null,
      additional: []
    },
    requestStream: false,
    responseStream: true
  },
  "/herald.lists.v1.SuppressionListService/RecordOptOuts": {
    requires: "mesh.suppression",
    audit: null,
    idempotency: "idempotent",
    http: null,
    requestStream: false,
    responseStream: false
  },
  "/herald.lists.v1.SuppressionListService/StreamEntries": {
    requires: "mesh.suppression",
    audit: null,
    idempotency: "no-side-effects",
    http: null,
    requestStream: false,
    responseStream: true
  },
};
