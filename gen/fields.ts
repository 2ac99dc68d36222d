// Made from proto/ by `npm run gen`. Do not edit.

/** One field of a request that is looked at before the handler: `name` is the contract's, `key` that of the generated type. */
export interface FieldRule {
  readonly number: number;
  readonly name: string;
  readonly key: string;
  /** `wide`: a whole number of 64 bits; `real`: a floating one; `mask`: a list of paths. */
  readonly kind: "text" | "wide" | "real" | "time" | "duration" | "mask" | "message";
  readonly many?: "list" | "map";
  /** The key of the oneof that it is part of. */
  readonly oneof?: string;
  /** Characters of a text at the most. */
  readonly most?: number;
  /** The type of a message. */
  readonly type?: string;
}

/** The type of each RPC's requests. */
export const requestTypes: Readonly<Record<string, string>> = {
  "/herald.campaigns.v1.CampaignGroupService/CreateCampaignGroup": "herald.campaigns.v1.CreateCampaignGroupRequest",
  "/herald.campaigns.v1.CampaignGroupService/GetCampaignGroup": "herald.campaigns.v1.GetCampaignGroupRequest",
  "/herald.campaigns.v1.CampaignGroupService/ListCampaignGroups": "herald.campaigns.v1.ListCampaignGroupsRequest",
  "/herald.campaigns.v1.CampaignGroupService/UpdateCampaignGroup": "herald.campaigns.v1.UpdateCampaignGroupRequest",
  "/herald.campaigns.v1.CampaignGroupService/DeleteCampaignGroup": "herald.campaigns.v1.DeleteCampaignGroupRequest",
  "/herald.campaigns.v1.CampaignGroupService/LoadCampaignGroup": "herald.campaigns.v1.LoadCampaignGroupRequest",
  "/herald.campaigns.v1.CampaignGroupService/StartCampaignGroup": "herald.campaigns.v1.StartCampaignGroupRequest",
  "/herald.campaigns.v1.CampaignGroupService/PreviewStart": "herald.campaigns.v1.PreviewStartRequest",
  "/herald.campaigns.v1.CampaignGroupService/CheckContent": "herald.campaigns.v1.CheckContentRequest",
  "/herald.campaigns.v1.CampaignGroupService/SendTest": "herald.campaigns.v1.SendTestRequest",
  "/herald.campaigns.v1.CampaignGroupService/PauseCampaignGroup": "herald.campaigns.v1.PauseCampaignGroupRequest",
  "/herald.campaigns.v1.CampaignGroupService/ResumeCampaignGroup": "herald.campaigns.v1.ResumeCampaignGroupRequest",
  "/herald.campaigns.v1.CampaignGroupService/StopCampaignGroup": "herald.campaigns.v1.StopCampaignGroupRequest",
  "/herald.campaigns.v1.CampaignGroupService/WatchCampaignGroup": "herald.campaigns.v1.WatchCampaignGroupRequest",
  "/herald.campaigns.v1.CampaignGroupService/GetProgressHistory": "herald.campaigns.v1.GetProgressHistoryRequest",
  "/herald.campaigns.v1.DialQueueService/ListQueued": "herald.campaigns.v1.ListQueuedRequest",
  "/herald.campaigns.v1.DialQueueService/GetChain": "herald.campaigns.v1.GetChainRequest",
  "/herald.campaigns.v1.DialQueueService/ListLeftOut": "herald.campaigns.v1.ListLeftOutRequest",
  "/herald.campaigns.v1.DialQueueService/LeaseDue": "herald.campaigns.v1.LeaseDueRequest",
  "/herald.campaigns.v1.DialQueueService/RenewLeases": "herald.campaigns.v1.RenewLeasesRequest",
  "/herald.campaigns.v1.DialQueueService/ReportOutcomes": "herald.campaigns.v1.ReportOutcomesRequest",
  "/herald.common.v1.OutboxService/ListSetAside": "herald.common.v1.ListSetAsideRequest",
  "/herald.common.v1.OutboxService/DeliverSetAside": "herald.common.v1.DeliverSetAsideRequest",
  "/herald.compliance.v1.AttemptCheckService/CheckAttempt": "herald.compliance.v1.CheckAttemptRequest",
  "/herald.compliance.v1.AttemptCheckService/CheckAttempts": "herald.compliance.v1.CheckAttemptsRequest",
  "/herald.compliance.v1.AttemptCheckService/ExplainAttempt": "herald.compliance.v1.ExplainAttemptRequest",
  "/herald.compliance.v1.AttemptCheckService/ListDecisions": "herald.compliance.v1.ListDecisionsRequest",
  "/herald.compliance.v1.AttemptCheckService/FindOpenInstants": "herald.compliance.v1.FindOpenInstantsRequest",
  "/herald.compliance.v1.AttemptCheckService/ReportOutcomes": "herald.compliance.v1.ReportOutcomesRequest",
  "/herald.compliance.v1.AttemptCheckService/SetCampaignStates": "herald.compliance.v1.SetCampaignStatesRequest",
  "/herald.compliance.v1.AttemptPolicyService/GetAttemptPolicy": "herald.compliance.v1.GetAttemptPolicyRequest",
  "/herald.compliance.v1.AttemptPolicyService/UpdateAttemptPolicy": "herald.compliance.v1.UpdateAttemptPolicyRequest",
  "/herald.compliance.v1.PlaceService/ResolvePlace": "herald.compliance.v1.ResolvePlaceRequest",
  "/herald.compliance.v1.RuleService/CreateRule": "herald.compliance.v1.CreateRuleRequest",
  "/herald.compliance.v1.RuleService/GetRule": "herald.compliance.v1.GetRuleRequest",
  "/herald.compliance.v1.RuleService/ListRules": "herald.compliance.v1.ListRulesRequest",
  "/herald.compliance.v1.RuleService/UpdateRule": "herald.compliance.v1.UpdateRuleRequest",
  "/herald.compliance.v1.RuleService/DeleteRule": "herald.compliance.v1.DeleteRuleRequest",
  "/herald.contacts.v1.ContactService/IdentifyContact": "herald.contacts.v1.IdentifyContactRequest",
  "/herald.contacts.v1.ContactService/GetContact": "herald.contacts.v1.GetContactRequest",
  "/herald.contacts.v1.ContactService/SearchContacts": "herald.contacts.v1.SearchContactsRequest",
  "/herald.contacts.v1.ContactService/ListContactHistory": "herald.contacts.v1.ListContactHistoryRequest",
  "/herald.contacts.v1.InteractionService/RecordInteractions": "herald.contacts.v1.RecordInteractionsRequest",
  "/herald.contacts.v1.InteractionService/GetInteraction": "herald.contacts.v1.GetInteractionRequest",
  "/herald.contacts.v1.InteractionService/SearchInteractions": "herald.contacts.v1.SearchInteractionsRequest",
  "/herald.dial.v1.AttemptService/ListAttempts": "herald.dial.v1.ListAttemptsRequest",
  "/herald.dial.v1.AttemptService/GetAttempt": "herald.dial.v1.GetAttemptRequest",
  "/herald.dial.v1.AttemptService/ResolveStaleAttempt": "herald.dial.v1.ResolveStaleAttemptRequest",
  "/herald.dial.v1.EmailDomainService/AddEmailDomain": "herald.dial.v1.AddEmailDomainRequest",
  "/herald.dial.v1.EmailDomainService/GetEmailDomain": "herald.dial.v1.GetEmailDomainRequest",
  "/herald.dial.v1.EmailDomainService/ListEmailDomains": "herald.dial.v1.ListEmailDomainsRequest",
  "/herald.dial.v1.EmailDomainService/CheckEmailDomain": "herald.dial.v1.CheckEmailDomainRequest",
  "/herald.dial.v1.EmailDomainService/RotateDkimKeys": "herald.dial.v1.RotateDkimKeysRequest",
  "/herald.dial.v1.EmailDomainService/DeleteEmailDomain": "herald.dial.v1.DeleteEmailDomainRequest",
  "/herald.dial.v1.HeldMessageService/ListHeldMessages": "herald.dial.v1.ListHeldMessagesRequest",
  "/herald.dial.v1.HeldMessageService/DeleteHeldMessage": "herald.dial.v1.DeleteHeldMessageRequest",
  "/herald.dial.v1.InboundMessageService/ListInboundMessages": "herald.dial.v1.ListInboundMessagesRequest",
  "/herald.dial.v1.InboundMessageService/WatchInboundMessages": "herald.dial.v1.WatchInboundMessagesRequest",
  "/herald.dial.v1.KeywordService/CreateKeyword": "herald.dial.v1.CreateKeywordRequest",
  "/herald.dial.v1.KeywordService/GetKeyword": "herald.dial.v1.GetKeywordRequest",
  "/herald.dial.v1.KeywordService/ListKeywords": "herald.dial.v1.ListKeywordsRequest",
  "/herald.dial.v1.KeywordService/UpdateKeyword": "herald.dial.v1.UpdateKeywordRequest",
  "/herald.dial.v1.KeywordService/DeleteKeyword": "herald.dial.v1.DeleteKeywordRequest",
  "/herald.dial.v1.KeywordService/ReadMessage": "herald.dial.v1.ReadMessageRequest",
  "/herald.dial.v1.MessageTemplateService/CreateMessageTemplate": "herald.dial.v1.CreateMessageTemplateRequest",
  "/herald.dial.v1.MessageTemplateService/GetMessageTemplate": "herald.dial.v1.GetMessageTemplateRequest",
  "/herald.dial.v1.MessageTemplateService/ListMessageTemplates": "herald.dial.v1.ListMessageTemplatesRequest",
  "/herald.dial.v1.MessageTemplateService/UpdateMessageTemplate": "herald.dial.v1.UpdateMessageTemplateRequest",
  "/herald.dial.v1.MessageTemplateService/DeleteMessageTemplate": "herald.dial.v1.DeleteMessageTemplateRequest",
  "/herald.dial.v1.MessageTemplateService/CloneMessageTemplate": "herald.dial.v1.CloneMessageTemplateRequest",
  "/herald.dial.v1.MessageTemplateService/PublishMessageTemplate": "herald.dial.v1.PublishMessageTemplateRequest",
  "/herald.dial.v1.MessageTemplateService/ListMessageTemplateVersions": "herald.dial.v1.ListMessageTemplateVersionsRequest",
  "/herald.dial.v1.MessageTemplateService/GetMessageTemplateVersion": "herald.dial.v1.GetMessageTemplateVersionRequest",
  "/herald.dial.v1.MessageTemplateService/ListMessageTemplateUses": "herald.dial.v1.ListMessageTemplateUsesRequest",
  "/herald.dial.v1.MessageTemplateService/RestoreMessageTemplateVersion": "herald.dial.v1.RestoreMessageTemplateVersionRequest",
  "/herald.dial.v1.MessageTemplateService/PreviewMessageTemplate": "herald.dial.v1.PreviewMessageTemplateRequest",
  "/herald.dial.v1.MessageTemplateService/SendTestMessages": "herald.dial.v1.SendTestMessagesRequest",
  "/herald.dial.v1.OptOutService/RecordOptOut": "herald.dial.v1.RecordOptOutRequest",
  "/herald.dial.v1.OptOutService/GetOptOut": "herald.dial.v1.GetOptOutRequest",
  "/herald.dial.v1.OptOutService/ListOptOuts": "herald.dial.v1.ListOptOutsRequest",
  "/herald.dial.v1.OptOutService/ConfirmOptOut": "herald.dial.v1.ConfirmOptOutRequest",
  "/herald.dial.v1.OptOutService/WithdrawOptOut": "herald.dial.v1.WithdrawOptOutRequest",
  "/herald.dial.v1.OptOutService/GetOptOutPolicy": "herald.dial.v1.GetOptOutPolicyRequest",
  "/herald.dial.v1.OptOutService/UpdateOptOutPolicy": "herald.dial.v1.UpdateOptOutPolicyRequest",
  "/herald.dial.v1.PreviewService/PreviewMessage": "herald.dial.v1.PreviewMessageRequest",
  "/herald.dial.v1.ProgramService/CreateProgram": "herald.dial.v1.CreateProgramRequest",
  "/herald.dial.v1.ProgramService/GetProgram": "herald.dial.v1.GetProgramRequest",
  "/herald.dial.v1.ProgramService/ListPrograms": "herald.dial.v1.ListProgramsRequest",
  "/herald.dial.v1.ProgramService/UpdateProgram": "herald.dial.v1.UpdateProgramRequest",
  "/herald.dial.v1.ProgramService/DeleteProgram": "herald.dial.v1.DeleteProgramRequest",
  "/herald.dial.v1.ProviderService/CreateProvider": "herald.dial.v1.CreateProviderRequest",
  "/herald.dial.v1.ProviderService/GetProvider": "herald.dial.v1.GetProviderRequest",
  "/herald.dial.v1.ProviderService/ListProviders": "herald.dial.v1.ListProvidersRequest",
  "/herald.dial.v1.ProviderService/UpdateProvider": "herald.dial.v1.UpdateProviderRequest",
  "/herald.dial.v1.ProviderService/DeleteProvider": "herald.dial.v1.DeleteProviderRequest",
  "/herald.dial.v1.ProviderService/TestProvider": "herald.dial.v1.TestProviderRequest",
  "/herald.dial.v1.ProviderService/ResealSecrets": "herald.dial.v1.ResealSecretsRequest",
  "/herald.dial.v1.SenderService/ListSenders": "herald.dial.v1.ListSendersRequest",
  "/herald.dial.v1.SenderService/ClaimSender": "herald.dial.v1.ClaimSenderRequest",
  "/herald.dial.v1.SenderService/ReleaseSender": "herald.dial.v1.ReleaseSenderRequest",
  "/herald.dial.v1.SenderService/ReleaseAnySender": "herald.dial.v1.ReleaseAnySenderRequest",
  "/herald.dial.v1.SenderService/CheckSender": "herald.dial.v1.CheckSenderRequest",
  "/herald.dial.v1.SessionService/ListSessions": "herald.dial.v1.ListSessionsRequest",
  "/herald.dial.v1.SessionService/GetSession": "herald.dial.v1.GetSessionRequest",
  "/herald.dial.v1.SessionService/OpenSession": "herald.dial.v1.OpenSessionRequest",
  "/herald.dial.v1.SessionService/CloseSession": "herald.dial.v1.CloseSessionRequest",
  "/herald.dial.v1.TestMessageService/SendTestMessage": "herald.dial.v1.SendTestMessageRequest",
  "/herald.dial.v1.UndeliveredService/ListUndelivered": "herald.dial.v1.ListUndeliveredRequest",
  "/herald.dial.v1.UndeliveredService/Redeliver": "herald.dial.v1.RedeliverRequest",
  "/herald.dial.v1.UndeliveredService/RedeliverAll": "herald.dial.v1.RedeliverAllRequest",
  "/herald.dial.v1.UnsubscribeService/ShowUnsubscribePage": "herald.dial.v1.ShowUnsubscribePageRequest",
  "/herald.dial.v1.UnsubscribeService/Unsubscribe": "herald.dial.v1.UnsubscribeRequest",
  "/herald.dial.v1.VoiceAdapterService/Calls": "herald.dial.v1.CallsRequest",
  "/herald.dial.v1.VoiceAdapterService/QueryCalls": "herald.dial.v1.QueryCallsRequest",
  "/herald.identity.v1.ApiKeyService/CreateApiKey": "herald.identity.v1.CreateApiKeyRequest",
  "/herald.identity.v1.ApiKeyService/GetApiKey": "herald.identity.v1.GetApiKeyRequest",
  "/herald.identity.v1.ApiKeyService/ListApiKeys": "herald.identity.v1.ListApiKeysRequest",
  "/herald.identity.v1.ApiKeyService/DeleteApiKey": "herald.identity.v1.DeleteApiKeyRequest",
  "/herald.identity.v1.AuditService/ListAuditEntries": "herald.identity.v1.ListAuditEntriesRequest",
  "/herald.identity.v1.AuditService/RecordAuditEntries": "herald.identity.v1.RecordAuditEntriesRequest",
  "/herald.identity.v1.RevocationService/WatchRevocations": "herald.identity.v1.WatchRevocationsRequest",
  "/herald.identity.v1.RoleService/CreateRole": "herald.identity.v1.CreateRoleRequest",
  "/herald.identity.v1.RoleService/GetRole": "herald.identity.v1.GetRoleRequest",
  "/herald.identity.v1.RoleService/ListRoles": "herald.identity.v1.ListRolesRequest",
  "/herald.identity.v1.RoleService/UpdateRole": "herald.identity.v1.UpdateRoleRequest",
  "/herald.identity.v1.RoleService/DeleteRole": "herald.identity.v1.DeleteRoleRequest",
  "/herald.identity.v1.RoleService/ListPermissions": "herald.identity.v1.ListPermissionsRequest",
  "/herald.identity.v1.TenantService/GetTenant": "herald.identity.v1.GetTenantRequest",
  "/herald.identity.v1.TenantService/UpdateTenant": "herald.identity.v1.UpdateTenantRequest",
  "/herald.identity.v1.TenantService/CreateTenant": "herald.identity.v1.CreateTenantRequest",
  "/herald.identity.v1.TenantService/ListTenants": "herald.identity.v1.ListTenantsRequest",
  "/herald.identity.v1.TokenService/IssueToken": "herald.identity.v1.IssueTokenRequest",
  "/herald.identity.v1.TokenService/RevokeToken": "herald.identity.v1.RevokeTokenRequest",
  "/herald.identity.v1.TokenService/GetJwks": "herald.identity.v1.GetJwksRequest",
  "/herald.identity.v1.UserService/CreateUser": "herald.identity.v1.CreateUserRequest",
  "/herald.identity.v1.UserService/GetUser": "herald.identity.v1.GetUserRequest",
  "/herald.identity.v1.UserService/ListUsers": "herald.identity.v1.ListUsersRequest",
  "/herald.identity.v1.UserService/UpdateUser": "herald.identity.v1.UpdateUserRequest",
  "/herald.identity.v1.UserService/SetPassword": "herald.identity.v1.SetPasswordRequest",
  "/herald.identity.v1.UserService/DeleteUser": "herald.identity.v1.DeleteUserRequest",
  "/herald.jobs.v1.JobService/GetJob": "herald.jobs.v1.GetJobRequest",
  "/herald.jobs.v1.JobService/ListJobs": "herald.jobs.v1.ListJobsRequest",
  "/herald.jobs.v1.JobService/WatchJob": "herald.jobs.v1.WatchJobRequest",
  "/herald.jobs.v1.JobService/CancelJob": "herald.jobs.v1.CancelJobRequest",
  "/herald.jobs.v1.JobService/RegisterJob": "herald.jobs.v1.RegisterJobRequest",
  "/herald.jobs.v1.JobService/ReportProgress": "herald.jobs.v1.ReportProgressRequest",
  "/herald.lists.v1.ContactListService/CreateContactList": "herald.lists.v1.CreateContactListRequest",
  "/herald.lists.v1.ContactListService/GetContactList": "herald.lists.v1.GetContactListRequest",
  "/herald.lists.v1.ContactListService/ListContactLists": "herald.lists.v1.ListContactListsRequest",
  "/herald.lists.v1.ContactListService/UpdateContactList": "herald.lists.v1.UpdateContactListRequest",
  "/herald.lists.v1.ContactListService/DeleteContactList": "herald.lists.v1.DeleteContactListRequest",
  "/herald.lists.v1.RecordService/ImportRecords": "herald.lists.v1.ImportRecordsRequest",
  "/herald.lists.v1.RecordService/PreviewImport": "herald.lists.v1.PreviewImportRequest",
  "/herald.lists.v1.RecordService/GetImport": "herald.lists.v1.GetImportRequest",
  "/herald.lists.v1.RecordService/ListImports": "herald.lists.v1.ListImportsRequest",
  "/herald.lists.v1.RecordService/CancelImport": "herald.lists.v1.CancelImportRequest",
  "/herald.lists.v1.RecordService/DownloadRejectedRows": "herald.lists.v1.DownloadRejectedRowsRequest",
  "/herald.lists.v1.RecordService/ExportRecords": "herald.lists.v1.ExportRecordsRequest",
  "/herald.lists.v1.RecordService/SearchRecords": "herald.lists.v1.SearchRecordsRequest",
  "/herald.lists.v1.RecordService/GetRecord": "herald.lists.v1.GetRecordRequest",
  "/herald.lists.v1.RecordService/BatchGetRecords": "herald.lists.v1.BatchGetRecordsRequest",
  "/herald.lists.v1.RecordService/FindHolders": "herald.lists.v1.FindHoldersRequest",
  "/herald.lists.v1.RecordService/FindKin": "herald.lists.v1.FindKinRequest",
  "/herald.lists.v1.SuppressionListService/CreateSuppressionList": "herald.lists.v1.CreateSuppressionListRequest",
  "/herald.lists.v1.SuppressionListService/GetSuppressionList": "herald.lists.v1.GetSuppressionListRequest",
  "/herald.lists.v1.SuppressionListService/ListSuppressionLists": "herald.lists.v1.ListSuppressionListsRequest",
  "/herald.lists.v1.SuppressionListService/UpdateSuppressionList": "herald.lists.v1.UpdateSuppressionListRequest",
  "/herald.lists.v1.SuppressionListService/DeleteSuppressionList": "herald.lists.v1.DeleteSuppressionListRequest",
  "/herald.lists.v1.SuppressionListService/AddEntries": "herald.lists.v1.AddEntriesRequest",
  "/herald.lists.v1.SuppressionListService/RemoveEntries": "herald.lists.v1.RemoveEntriesRequest",
  "/herald.lists.v1.SuppressionListService/ListEntries": "herald.lists.v1.ListEntriesRequest",
  "/herald.lists.v1.SuppressionListService/ListOptOutCorrections": "herald.lists.v1.ListOptOutCorrectionsRequest",
  "/herald.lists.v1.SuppressionListService/LookUpEntries": "herald.lists.v1.LookUpEntriesRequest",
  "/herald.lists.v1.SuppressionListService/ImportEntries": "herald.lists.v1.ImportEntriesRequest",
  "/herald.lists.v1.SuppressionListService/PreviewEntries": "herald.lists.v1.PreviewEntriesRequest",
  "/herald.lists.v1.SuppressionListService/ExportEntries": "herald.lists.v1.ExportEntriesRequest",
  "/herald.lists.v1.SuppressionListService/RecordOptOuts": "herald.lists.v1.RecordOptOutsRequest",
  "/herald.lists.v1.SuppressionListService/StreamEntries": "herald.lists.v1.StreamEntriesRequest",
};

/** By message type. */
export const fieldRules: Readonly<Record<string, readonly FieldRule[]>> = {
  "google.api.HttpBody": [
    {number: 1,name: "content_type",key: "contentType",kind: "text",most: 1000},
    {number: 3,name: "extensions",key: "extensions",kind: "message",many: "list",type: "google.protobuf.Any"},
  ],
  "google.protobuf.Any": [
    {number: 1,name: "type_url",key: "typeUrl",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.AttemptBegun": [
  ],
  "herald.campaigns.v1.AttemptEnded": [
    {number: 1,name: "outcome",key: "outcome",kind: "message",type: "herald.common.v1.Outcome"},
  ],
  "herald.campaigns.v1.AttemptRefused": [
    {number: 1,name: "reason",key: "reason",kind: "text",most: 1000},
    {number: 2,name: "earliest_time",key: "earliestTime",kind: "time"},
  ],
  "herald.campaigns.v1.AttemptReport": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
    {number: 2,name: "record_id",key: "recordId",kind: "text",most: 1000},
    {number: 3,name: "attempt_id",key: "attemptId",kind: "text",most: 1000},
    {number: 4,name: "time",key: "time",kind: "time"},
    {number: 5,name: "begun",key: "begun",kind: "message",oneof: "kind",type: "herald.campaigns.v1.AttemptBegun"},
    {number: 6,name: "ended",key: "ended",kind: "message",oneof: "kind",type: "herald.campaigns.v1.AttemptEnded"},
    {number: 7,name: "refused",key: "refused",kind: "message",oneof: "kind",type: "herald.campaigns.v1.AttemptRefused"},
    {number: 8,name: "returned",key: "returned",kind: "message",oneof: "kind",type: "herald.campaigns.v1.AttemptReturned"},
  ],
  "herald.campaigns.v1.AttemptReturned": [
    {number: 1,name: "reason",key: "reason",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.CampaignGroup": [
    {number: 1,name: "id",key: "id",kind: "text",most: 1000},
    {number: 2,name: "name",key: "name",kind: "text",most: 1000},
    {number: 3,name: "description",key: "description",kind: "text",most: 1000},
    {number: 5,name: "contact_list_ids",key: "contactListIds",kind: "text",many: "list",most: 1000},
    {number: 7,name: "content",key: "content",kind: "message",type: "herald.campaigns.v1.MessageContent"},
    {number: 8,name: "voice",key: "voice",kind: "message",type: "herald.campaigns.v1.VoiceSettings"},
    {number: 9,name: "suppression_list_ids",key: "suppressionListIds",kind: "text",many: "list",most: 1000},
    {number: 10,name: "rule_ids",key: "ruleIds",kind: "text",many: "list",most: 1000},
    {number: 11,name: "treatments",key: "treatments",kind: "message",many: "list",type: "herald.campaigns.v1.Treatment"},
    {number: 13,name: "create_time",key: "createTime",kind: "time"},
    {number: 14,name: "update_time",key: "updateTime",kind: "time"},
    {number: 15,name: "etag",key: "etag",kind: "text",most: 1000},
    {number: 16,name: "stop_reason",key: "stopReason",kind: "text",most: 1000},
    {number: 20,name: "program_id",key: "programId",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.CheckContentRequest": [
    {number: 1,name: "contact_list_ids",key: "contactListIds",kind: "text",many: "list",most: 1000},
    {number: 2,name: "content",key: "content",kind: "message",type: "herald.campaigns.v1.MessageContent"},
    {number: 4,name: "contact_list_id",key: "contactListId",kind: "text",most: 1000},
    {number: 5,name: "record_id",key: "recordId",kind: "text",most: 1000},
    {number: 6,name: "sample_values",key: "sampleValues",kind: "text",many: "map",most: 1000},
  ],
  "herald.campaigns.v1.CreateCampaignGroupRequest": [
    {number: 1,name: "campaign_group",key: "campaignGroup",kind: "message",type: "herald.campaigns.v1.CampaignGroup"},
    {number: 2,name: "request_id",key: "requestId",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.DeleteCampaignGroupRequest": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.GetCampaignGroupRequest": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.GetChainRequest": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
    {number: 2,name: "record_id",key: "recordId",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.GetProgressHistoryRequest": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.LeaseDueRequest": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
    {number: 3,name: "holder",key: "holder",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.ListCampaignGroupsRequest": [
    {number: 11,name: "contact_list_id",key: "contactListId",kind: "text",most: 1000},
    {number: 12,name: "suppression_list_id",key: "suppressionListId",kind: "text",most: 1000},
    {number: 14,name: "message_template_id",key: "messageTemplateId",kind: "text",most: 1000},
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 4000},
    {number: 4,name: "query",key: "query",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.ListLeftOutRequest": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
    {number: 3,name: "page_token",key: "pageToken",kind: "text",most: 1000},
    {number: 4,name: "reason",key: "reason",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.ListQueuedRequest": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
    {number: 3,name: "page_token",key: "pageToken",kind: "text",most: 4000},
  ],
  "herald.campaigns.v1.LoadCampaignGroupRequest": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.MessageContent": [
    {number: 1,name: "from",key: "from",kind: "text",most: 1000},
    {number: 2,name: "subject",key: "subject",kind: "text",most: 1000},
    {number: 3,name: "text",key: "text",kind: "text",most: 100000},
    {number: 4,name: "html",key: "html",kind: "text",most: 500000},
    {number: 6,name: "message_template_id",key: "messageTemplateId",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.PauseCampaignGroupRequest": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.PreviewStartRequest": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.RenewLeasesRequest": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
    {number: 2,name: "attempt_ids",key: "attemptIds",kind: "text",many: "list",most: 1000},
    {number: 3,name: "holder",key: "holder",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.ReportOutcomesRequest": [
    {number: 1,name: "reports",key: "reports",kind: "message",many: "list",type: "herald.campaigns.v1.AttemptReport"},
  ],
  "herald.campaigns.v1.ResumeCampaignGroupRequest": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.SendTestRequest": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
    {number: 2,name: "contact_info",key: "contactInfo",kind: "text",most: 1000},
    {number: 3,name: "request_id",key: "requestId",kind: "text",most: 1000},
    {number: 4,name: "contact_list_id",key: "contactListId",kind: "text",most: 1000},
    {number: 5,name: "record_id",key: "recordId",kind: "text",most: 1000},
    {number: 6,name: "sample_values",key: "sampleValues",kind: "text",many: "map",most: 1000},
    {number: 7,name: "content",key: "content",kind: "message",type: "herald.campaigns.v1.MessageContent"},
  ],
  "herald.campaigns.v1.StartCampaignGroupRequest": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.StopCampaignGroupRequest": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
    {number: 2,name: "reason",key: "reason",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.Treatment": [
    {number: 1,name: "name",key: "name",kind: "text",most: 1000},
    {number: 6,name: "interval_seconds",key: "intervalSeconds",kind: "wide"},
    {number: 7,name: "increment_seconds",key: "incrementSeconds",kind: "wide"},
  ],
  "herald.campaigns.v1.UpdateCampaignGroupRequest": [
    {number: 1,name: "campaign_group",key: "campaignGroup",kind: "message",type: "herald.campaigns.v1.CampaignGroup"},
    {number: 2,name: "update_mask",key: "updateMask",kind: "mask"},
  ],
  "herald.campaigns.v1.VoiceSettings": [
    {number: 3,name: "lines_per_agent",key: "linesPerAgent",kind: "real"},
    {number: 7,name: "caller_id",key: "callerId",kind: "text",most: 1000},
  ],
  "herald.campaigns.v1.WatchCampaignGroupRequest": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
  ],
  "herald.common.v1.DeliverSetAsideRequest": [
    {number: 1,name: "undelivered_id",key: "undeliveredId",kind: "text",most: 1000},
    {number: 2,name: "topic",key: "topic",kind: "text",most: 1000},
  ],
  "herald.common.v1.ListSetAsideRequest": [
    {number: 1,name: "topic",key: "topic",kind: "text",most: 1000},
    {number: 2,name: "before_id",key: "beforeId",kind: "text",most: 1000},
  ],
  "herald.common.v1.Outcome": [
  ],
  "herald.compliance.v1.AttemptCap": [
    {number: 2,name: "period_seconds",key: "periodSeconds",kind: "wide"},
    {number: 5,name: "places",key: "places",kind: "text",many: "list",most: 1000},
  ],
  "herald.compliance.v1.AttemptCheck": [
    {number: 1,name: "attempt_id",key: "attemptId",kind: "text",most: 1000},
    {number: 3,name: "contact_info",key: "contactInfo",kind: "text",most: 1000},
    {number: 4,name: "client_id",key: "clientId",kind: "text",most: 1000},
    {number: 5,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
    {number: 6,name: "zones",key: "zones",kind: "text",many: "list",most: 1000},
    {number: 8,name: "state",key: "state",kind: "text",most: 1000},
    {number: 9,name: "country",key: "country",kind: "text",most: 1000},
    {number: 10,name: "suppression_list_ids",key: "suppressionListIds",kind: "text",many: "list",most: 1000},
    {number: 11,name: "rule_ids",key: "ruleIds",kind: "text",many: "list",most: 1000},
    {number: 12,name: "record_id",key: "recordId",kind: "text",most: 1000},
    {number: 20,name: "program_id",key: "programId",kind: "text",most: 1000},
  ],
  "herald.compliance.v1.AttemptOutcome": [
    {number: 1,name: "attempt_id",key: "attemptId",kind: "text",most: 1000},
    {number: 2,name: "outcome",key: "outcome",kind: "message",type: "herald.common.v1.Outcome"},
    {number: 4,name: "end_time",key: "endTime",kind: "time"},
  ],
  "herald.compliance.v1.AttemptPlace": [
    {number: 1,name: "zones",key: "zones",kind: "text",many: "list",most: 1000},
    {number: 3,name: "state",key: "state",kind: "text",most: 1000},
    {number: 4,name: "country",key: "country",kind: "text",most: 1000},
    {number: 5,name: "contact_info",key: "contactInfo",kind: "text",most: 1000},
    {number: 6,name: "not_before",key: "notBefore",kind: "time"},
  ],
  "herald.compliance.v1.AttemptPolicy": [
    {number: 5,name: "update_time",key: "updateTime",kind: "time"},
    {number: 6,name: "etag",key: "etag",kind: "text",most: 1000},
  ],
  "herald.compliance.v1.CampaignState": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
    {number: 3,name: "version",key: "version",kind: "wide"},
  ],
  "herald.compliance.v1.CheckAttemptRequest": [
    {number: 1,name: "check",key: "check",kind: "message",type: "herald.compliance.v1.AttemptCheck"},
  ],
  "herald.compliance.v1.CheckAttemptsRequest": [
    {number: 1,name: "checks",key: "checks",kind: "message",many: "list",type: "herald.compliance.v1.AttemptCheck"},
  ],
  "herald.compliance.v1.ContactWindow": [
    {number: 1,name: "places",key: "places",kind: "text",many: "list",most: 1000},
    {number: 2,name: "open_times",key: "openTimes",kind: "message",many: "list",type: "herald.compliance.v1.OpenTime"},
  ],
  "herald.compliance.v1.CreateRuleRequest": [
    {number: 1,name: "rule",key: "rule",kind: "message",type: "herald.compliance.v1.Rule"},
    {number: 2,name: "request_id",key: "requestId",kind: "text",most: 1000},
  ],
  "herald.compliance.v1.DeleteRuleRequest": [
    {number: 1,name: "rule_id",key: "ruleId",kind: "text",most: 1000},
  ],
  "herald.compliance.v1.ExplainAttemptRequest": [
    {number: 1,name: "attempt_id",key: "attemptId",kind: "text",most: 1000},
  ],
  "herald.compliance.v1.FindOpenInstantsRequest": [
    {number: 2,name: "rule_ids",key: "ruleIds",kind: "text",many: "list",most: 1000},
    {number: 3,name: "places",key: "places",kind: "message",many: "list",type: "herald.compliance.v1.AttemptPlace"},
  ],
  "herald.compliance.v1.GetAttemptPolicyRequest": [
  ],
  "herald.compliance.v1.GetRuleRequest": [
    {number: 1,name: "rule_id",key: "ruleId",kind: "text",most: 1000},
  ],
  "herald.compliance.v1.ListDecisionsRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 4000},
    {number: 3,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
    {number: 4,name: "contact_info",key: "contactInfo",kind: "text",most: 1000},
    {number: 5,name: "client_id",key: "clientId",kind: "text",most: 1000},
  ],
  "herald.compliance.v1.ListRulesRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 4000},
  ],
  "herald.compliance.v1.LocationRule": [
    {number: 1,name: "places",key: "places",kind: "text",many: "list",most: 1000},
  ],
  "herald.compliance.v1.OpenTime": [
  ],
  "herald.compliance.v1.ReportOutcomesRequest": [
    {number: 1,name: "outcomes",key: "outcomes",kind: "message",many: "list",type: "herald.compliance.v1.AttemptOutcome"},
  ],
  "herald.compliance.v1.ResolvePlaceRequest": [
    {number: 1,name: "contact_info",key: "contactInfo",kind: "text",most: 1000},
    {number: 2,name: "default_region",key: "defaultRegion",kind: "text",most: 1000},
    {number: 3,name: "postal_code",key: "postalCode",kind: "text",most: 1000},
    {number: 4,name: "country",key: "country",kind: "text",most: 1000},
  ],
  "herald.compliance.v1.Rule": [
    {number: 1,name: "id",key: "id",kind: "text",most: 1000},
    {number: 2,name: "name",key: "name",kind: "text",most: 1000},
    {number: 3,name: "description",key: "description",kind: "text",most: 1000},
    {number: 6,name: "contact_window",key: "contactWindow",kind: "message",oneof: "body",type: "herald.compliance.v1.ContactWindow"},
    {number: 7,name: "attempt_cap",key: "attemptCap",kind: "message",oneof: "body",type: "herald.compliance.v1.AttemptCap"},
    {number: 8,name: "location",key: "location",kind: "message",oneof: "body",type: "herald.compliance.v1.LocationRule"},
    {number: 9,name: "create_time",key: "createTime",kind: "time"},
    {number: 10,name: "update_time",key: "updateTime",kind: "time"},
    {number: 11,name: "etag",key: "etag",kind: "text",most: 1000},
  ],
  "herald.compliance.v1.SetCampaignStatesRequest": [
    {number: 1,name: "campaign_states",key: "campaignStates",kind: "message",many: "list",type: "herald.compliance.v1.CampaignState"},
  ],
  "herald.compliance.v1.UpdateAttemptPolicyRequest": [
    {number: 1,name: "attempt_policy",key: "attemptPolicy",kind: "message",type: "herald.compliance.v1.AttemptPolicy"},
    {number: 2,name: "update_mask",key: "updateMask",kind: "mask"},
  ],
  "herald.compliance.v1.UpdateRuleRequest": [
    {number: 1,name: "rule",key: "rule",kind: "message",type: "herald.compliance.v1.Rule"},
    {number: 2,name: "update_mask",key: "updateMask",kind: "mask"},
  ],
  "herald.contacts.v1.GetContactRequest": [
    {number: 1,name: "contact_id",key: "contactId",kind: "text",most: 1000},
  ],
  "herald.contacts.v1.GetInteractionRequest": [
    {number: 1,name: "interaction_id",key: "interactionId",kind: "text",most: 1000},
  ],
  "herald.contacts.v1.IdentifyContactRequest": [
    {number: 1,name: "client_id",key: "clientId",kind: "text",most: 1000},
    {number: 2,name: "phone",key: "phone",kind: "text",most: 1000},
    {number: 3,name: "email",key: "email",kind: "text",most: 1000},
    {number: 4,name: "first_name",key: "firstName",kind: "text",most: 1000},
    {number: 5,name: "last_name",key: "lastName",kind: "text",most: 1000},
  ],
  "herald.contacts.v1.Interaction": [
    {number: 1,name: "id",key: "id",kind: "text",most: 1000},
    {number: 2,name: "contact_id",key: "contactId",kind: "text",most: 1000},
    {number: 5,name: "contact_info",key: "contactInfo",kind: "text",most: 1000},
    {number: 6,name: "own_address",key: "ownAddress",kind: "text",most: 1000},
    {number: 7,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
    {number: 8,name: "campaign_group_name",key: "campaignGroupName",kind: "text",most: 1000},
    {number: 9,name: "record_id",key: "recordId",kind: "text",most: 1000},
    {number: 10,name: "outcome",key: "outcome",kind: "message",type: "herald.common.v1.Outcome"},
    {number: 11,name: "refusal_reason",key: "refusalReason",kind: "text",most: 1000},
    {number: 12,name: "subject",key: "subject",kind: "text",most: 1000},
    {number: 13,name: "text",key: "text",kind: "text",most: 1000},
    {number: 14,name: "start_time",key: "startTime",kind: "time"},
    {number: 15,name: "end_time",key: "endTime",kind: "time"},
    {number: 16,name: "zones",key: "zones",kind: "text",many: "list",most: 1000},
  ],
  "herald.contacts.v1.ListContactHistoryRequest": [
    {number: 1,name: "contact_id",key: "contactId",kind: "text",most: 1000},
    {number: 3,name: "page_token",key: "pageToken",kind: "text",most: 4000},
  ],
  "herald.contacts.v1.RecordInteractionsRequest": [
    {number: 1,name: "interactions",key: "interactions",kind: "message",many: "list",type: "herald.contacts.v1.RecordedInteraction"},
  ],
  "herald.contacts.v1.RecordedInteraction": [
    {number: 1,name: "interaction",key: "interaction",kind: "message",type: "herald.contacts.v1.Interaction"},
    {number: 2,name: "client_id",key: "clientId",kind: "text",most: 1000},
    {number: 3,name: "first_name",key: "firstName",kind: "text",most: 1000},
    {number: 4,name: "last_name",key: "lastName",kind: "text",most: 1000},
  ],
  "herald.contacts.v1.SearchContactsRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 4000},
    {number: 3,name: "query",key: "query",kind: "text",most: 1000},
  ],
  "herald.contacts.v1.SearchInteractionsRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 4000},
    {number: 3,name: "contact_info",key: "contactInfo",kind: "text",most: 1000},
    {number: 4,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
    {number: 7,name: "start_time",key: "startTime",kind: "time"},
    {number: 8,name: "end_time",key: "endTime",kind: "time"},
  ],
  "herald.dial.v1.AddEmailDomainRequest": [
    {number: 1,name: "domain",key: "domain",kind: "text",most: 1000},
  ],
  "herald.dial.v1.CallsRequest": [
    {number: 1,name: "attempt_id",key: "attemptId",kind: "text",most: 1000},
    {number: 2,name: "originate",key: "originate",kind: "message",oneof: "command",type: "herald.dial.v1.Originate"},
    {number: 3,name: "connect_agent",key: "connectAgent",kind: "message",oneof: "command",type: "herald.dial.v1.ConnectAgent"},
    {number: 4,name: "hang_up",key: "hangUp",kind: "message",oneof: "command",type: "herald.dial.v1.HangUp"},
  ],
  "herald.dial.v1.CheckEmailDomainRequest": [
    {number: 1,name: "domain",key: "domain",kind: "text",most: 1000},
  ],
  "herald.dial.v1.CheckSenderRequest": [
    {number: 2,name: "sender",key: "sender",kind: "text",most: 1000},
  ],
  "herald.dial.v1.ClaimSenderRequest": [
    {number: 1,name: "sender",key: "sender",kind: "text",most: 1000},
  ],
  "herald.dial.v1.CloneMessageTemplateRequest": [
    {number: 1,name: "message_template_id",key: "messageTemplateId",kind: "text",most: 1000},
    {number: 2,name: "name",key: "name",kind: "text",most: 1000},
    {number: 3,name: "request_id",key: "requestId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.CloseSessionRequest": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.ConfirmOptOutRequest": [
    {number: 1,name: "opt_out_id",key: "optOutId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.ConnectAgent": [
    {number: 1,name: "agent_id",key: "agentId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.CreateKeywordRequest": [
    {number: 1,name: "keyword",key: "keyword",kind: "message",type: "herald.dial.v1.Keyword"},
    {number: 2,name: "request_id",key: "requestId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.CreateMessageTemplateRequest": [
    {number: 1,name: "message_template",key: "messageTemplate",kind: "message",type: "herald.dial.v1.MessageTemplate"},
    {number: 2,name: "request_id",key: "requestId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.CreateProgramRequest": [
    {number: 1,name: "program",key: "program",kind: "message",type: "herald.dial.v1.Program"},
    {number: 2,name: "request_id",key: "requestId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.CreateProviderRequest": [
    {number: 1,name: "provider",key: "provider",kind: "message",type: "herald.dial.v1.Provider"},
    {number: 2,name: "request_id",key: "requestId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.DeleteEmailDomainRequest": [
    {number: 1,name: "domain",key: "domain",kind: "text",most: 1000},
  ],
  "herald.dial.v1.DeleteHeldMessageRequest": [
    {number: 1,name: "held_message_id",key: "heldMessageId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.DeleteKeywordRequest": [
    {number: 1,name: "keyword_id",key: "keywordId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.DeleteMessageTemplateRequest": [
    {number: 1,name: "message_template_id",key: "messageTemplateId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.DeleteProgramRequest": [
    {number: 1,name: "program_id",key: "programId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.DeleteProviderRequest": [
    {number: 1,name: "provider_id",key: "providerId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.DialingSettings": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
    {number: 2,name: "campaign_group_name",key: "campaignGroupName",kind: "text",most: 1000},
    {number: 3,name: "etag",key: "etag",kind: "text",most: 1000},
    {number: 5,name: "content",key: "content",kind: "message",type: "herald.campaigns.v1.MessageContent"},
    {number: 6,name: "voice",key: "voice",kind: "message",type: "herald.campaigns.v1.VoiceSettings"},
    {number: 8,name: "suppression_list_ids",key: "suppressionListIds",kind: "text",many: "list",most: 1000},
    {number: 9,name: "rule_ids",key: "ruleIds",kind: "text",many: "list",most: 1000},
    {number: 20,name: "program_id",key: "programId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.GetAttemptRequest": [
    {number: 1,name: "attempt_id",key: "attemptId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.GetEmailDomainRequest": [
    {number: 1,name: "domain",key: "domain",kind: "text",most: 1000},
  ],
  "herald.dial.v1.GetKeywordRequest": [
    {number: 1,name: "keyword_id",key: "keywordId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.GetMessageTemplateRequest": [
    {number: 1,name: "message_template_id",key: "messageTemplateId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.GetMessageTemplateVersionRequest": [
    {number: 1,name: "message_template_id",key: "messageTemplateId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.GetOptOutPolicyRequest": [
  ],
  "herald.dial.v1.GetOptOutRequest": [
    {number: 1,name: "opt_out_id",key: "optOutId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.GetProgramRequest": [
    {number: 1,name: "program_id",key: "programId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.GetProviderRequest": [
    {number: 1,name: "provider_id",key: "providerId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.GetSessionRequest": [
    {number: 1,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.HangUp": [
  ],
  "herald.dial.v1.Keyword": [
    {number: 1,name: "id",key: "id",kind: "text",most: 1000},
    {number: 3,name: "program_id",key: "programId",kind: "text",most: 1000},
    {number: 4,name: "language",key: "language",kind: "text",most: 1000},
    {number: 5,name: "words",key: "words",kind: "text",many: "list",most: 1000},
    {number: 6,name: "answer",key: "answer",kind: "text",most: 1000},
    {number: 8,name: "create_time",key: "createTime",kind: "time"},
    {number: 9,name: "update_time",key: "updateTime",kind: "time"},
    {number: 10,name: "etag",key: "etag",kind: "text",most: 1000},
  ],
  "herald.dial.v1.ListAttemptsRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 4000},
    {number: 3,name: "campaign_group_id",key: "campaignGroupId",kind: "text",most: 1000},
    {number: 6,name: "contact_info",key: "contactInfo",kind: "text",most: 1000},
    {number: 7,name: "record_id",key: "recordId",kind: "text",most: 1000},
    {number: 8,name: "result",key: "result",kind: "text",most: 1000},
  ],
  "herald.dial.v1.ListEmailDomainsRequest": [
  ],
  "herald.dial.v1.ListHeldMessagesRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 1000},
  ],
  "herald.dial.v1.ListInboundMessagesRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 1000},
    {number: 3,name: "contact_info",key: "contactInfo",kind: "text",most: 1000},
  ],
  "herald.dial.v1.ListKeywordsRequest": [
  ],
  "herald.dial.v1.ListMessageTemplateUsesRequest": [
    {number: 1,name: "message_template_id",key: "messageTemplateId",kind: "text",most: 1000},
    {number: 3,name: "page_token",key: "pageToken",kind: "text",most: 4000},
  ],
  "herald.dial.v1.ListMessageTemplateVersionsRequest": [
    {number: 1,name: "message_template_id",key: "messageTemplateId",kind: "text",most: 1000},
    {number: 3,name: "page_token",key: "pageToken",kind: "text",most: 4000},
  ],
  "herald.dial.v1.ListMessageTemplatesRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 4000},
    {number: 5,name: "query",key: "query",kind: "text",most: 1000},
  ],
  "herald.dial.v1.ListOptOutsRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 1000},
    {number: 4,name: "contact_info",key: "contactInfo",kind: "text",most: 1000},
  ],
  "herald.dial.v1.ListProgramsRequest": [
  ],
  "herald.dial.v1.ListProvidersRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 4000},
  ],
  "herald.dial.v1.ListSendersRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 1000},
  ],
  "herald.dial.v1.ListSessionsRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 4000},
  ],
  "herald.dial.v1.ListUndeliveredRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 1000},
    {number: 3,name: "service",key: "service",kind: "text",most: 1000},
    {number: 4,name: "topic",key: "topic",kind: "text",most: 1000},
  ],
  "herald.dial.v1.MessageTemplate": [
    {number: 1,name: "id",key: "id",kind: "text",most: 1000},
    {number: 2,name: "name",key: "name",kind: "text",most: 1000},
    {number: 3,name: "description",key: "description",kind: "text",most: 1000},
    {number: 6,name: "draft",key: "draft",kind: "message",type: "herald.dial.v1.MessageTemplateContent"},
    {number: 9,name: "create_time",key: "createTime",kind: "time"},
    {number: 10,name: "update_time",key: "updateTime",kind: "time"},
    {number: 11,name: "etag",key: "etag",kind: "text",most: 1000},
  ],
  "herald.dial.v1.MessageTemplateContent": [
    {number: 1,name: "variants",key: "variants",kind: "message",many: "list",type: "herald.dial.v1.MessageTemplateVariant"},
    {number: 2,name: "default_language",key: "defaultLanguage",kind: "text",most: 1000},
    {number: 3,name: "language_field",key: "languageField",kind: "text",most: 1000},
    {number: 5,name: "fields",key: "fields",kind: "message",many: "list",type: "herald.dial.v1.MessageTemplateField"},
    {number: 7,name: "price_per_part",key: "pricePerPart",kind: "message",type: "herald.dial.v1.Price"},
  ],
  "herald.dial.v1.MessageTemplateField": [
    {number: 1,name: "name",key: "name",kind: "text",most: 1000},
    {number: 3,name: "default_value",key: "defaultValue",kind: "text",most: 1000},
  ],
  "herald.dial.v1.MessageTemplateVariant": [
    {number: 1,name: "language",key: "language",kind: "text",most: 1000},
    {number: 2,name: "subject",key: "subject",kind: "text",most: 1000},
    {number: 3,name: "text",key: "text",kind: "text",most: 100000},
    {number: 4,name: "html",key: "html",kind: "text",most: 500000},
  ],
  "herald.dial.v1.OpenSessionRequest": [
    {number: 1,name: "settings",key: "settings",kind: "message",type: "herald.dial.v1.DialingSettings"},
  ],
  "herald.dial.v1.OptOut": [
    {number: 1,name: "id",key: "id",kind: "text",most: 1000},
    {number: 5,name: "contact_info",key: "contactInfo",kind: "text",most: 1000},
    {number: 6,name: "client_id",key: "clientId",kind: "text",most: 1000},
    {number: 7,name: "program_id",key: "programId",kind: "text",most: 1000},
    {number: 9,name: "words",key: "words",kind: "text",most: 2000},
    {number: 10,name: "own_address",key: "ownAddress",kind: "text",most: 1000},
    {number: 11,name: "say_time",key: "sayTime",kind: "time"},
    {number: 12,name: "attempt_id",key: "attemptId",kind: "text",most: 1000},
    {number: 13,name: "recorded_by",key: "recordedBy",kind: "text",most: 1000},
    {number: 14,name: "contact_infos",key: "contactInfos",kind: "text",many: "list",most: 1000},
    {number: 15,name: "client_ids",key: "clientIds",kind: "text",many: "list",most: 1000},
    {number: 17,name: "confirmed_by",key: "confirmedBy",kind: "text",most: 1000},
    {number: 18,name: "withdraw_time",key: "withdrawTime",kind: "time"},
    {number: 19,name: "withdrawn_by",key: "withdrawnBy",kind: "text",most: 1000},
    {number: 20,name: "withdraw_reason",key: "withdrawReason",kind: "text",most: 1000},
    {number: 21,name: "create_time",key: "createTime",kind: "time"},
  ],
  "herald.dial.v1.OptOutPolicy": [
    {number: 2,name: "update_time",key: "updateTime",kind: "time"},
    {number: 3,name: "etag",key: "etag",kind: "text",most: 1000},
  ],
  "herald.dial.v1.Originate": [
    {number: 1,name: "to",key: "to",kind: "text",most: 1000},
    {number: 2,name: "from",key: "from",kind: "text",most: 1000},
  ],
  "herald.dial.v1.PreviewMessageRequest": [
    {number: 1,name: "content",key: "content",kind: "message",type: "herald.campaigns.v1.MessageContent"},
    {number: 3,name: "record",key: "record",kind: "message",type: "herald.lists.v1.Record"},
  ],
  "herald.dial.v1.PreviewMessageTemplateRequest": [
    {number: 1,name: "message_template_id",key: "messageTemplateId",kind: "text",most: 1000},
    {number: 3,name: "content",key: "content",kind: "message",type: "herald.dial.v1.MessageTemplateContent"},
    {number: 5,name: "contact_list_id",key: "contactListId",kind: "text",most: 1000},
    {number: 6,name: "record_id",key: "recordId",kind: "text",most: 1000},
    {number: 7,name: "values",key: "values",kind: "text",many: "map",most: 1000},
    {number: 9,name: "language",key: "language",kind: "text",most: 1000},
  ],
  "herald.dial.v1.Price": [
    {number: 1,name: "amount",key: "amount",kind: "text",most: 1000},
    {number: 2,name: "currency",key: "currency",kind: "text",most: 1000},
  ],
  "herald.dial.v1.Program": [
    {number: 1,name: "id",key: "id",kind: "text",most: 1000},
    {number: 2,name: "name",key: "name",kind: "text",most: 1000},
    {number: 3,name: "language",key: "language",kind: "text",most: 1000},
    {number: 4,name: "contact_words",key: "contactWords",kind: "text",most: 1000},
    {number: 6,name: "create_time",key: "createTime",kind: "time"},
    {number: 7,name: "update_time",key: "updateTime",kind: "time"},
    {number: 8,name: "etag",key: "etag",kind: "text",most: 1000},
  ],
  "herald.dial.v1.Provider": [
    {number: 1,name: "id",key: "id",kind: "text",most: 1000},
    {number: 2,name: "name",key: "name",kind: "text",most: 1000},
    {number: 3,name: "description",key: "description",kind: "text",most: 1000},
    {number: 4,name: "smtp",key: "smtp",kind: "message",oneof: "kind",type: "herald.dial.v1.SmtpAccount"},
    {number: 5,name: "smpp",key: "smpp",kind: "message",oneof: "kind",type: "herald.dial.v1.SmppAccount"},
    {number: 6,name: "voice_adapter",key: "voiceAdapter",kind: "message",oneof: "kind",type: "herald.dial.v1.VoiceAdapterAccount"},
    {number: 11,name: "default_sender",key: "defaultSender",kind: "text",most: 1000},
    {number: 12,name: "secrets",key: "secrets",kind: "message",many: "list",type: "herald.dial.v1.ProviderSecret"},
    {number: 14,name: "trouble",key: "trouble",kind: "text",most: 1000},
    {number: 15,name: "state_time",key: "stateTime",kind: "time"},
    {number: 16,name: "create_time",key: "createTime",kind: "time"},
    {number: 17,name: "update_time",key: "updateTime",kind: "time"},
    {number: 18,name: "etag",key: "etag",kind: "text",most: 1000},
  ],
  "herald.dial.v1.ProviderSecret": [
    {number: 1,name: "field",key: "field",kind: "text",most: 1000},
    {number: 2,name: "set_time",key: "setTime",kind: "time"},
  ],
  "herald.dial.v1.PublishMessageTemplateRequest": [
    {number: 1,name: "message_template_id",key: "messageTemplateId",kind: "text",most: 1000},
    {number: 2,name: "etag",key: "etag",kind: "text",most: 1000},
    {number: 3,name: "note",key: "note",kind: "text",most: 1000},
  ],
  "herald.dial.v1.QueryCallsRequest": [
    {number: 1,name: "attempt_ids",key: "attemptIds",kind: "text",many: "list",most: 1000},
  ],
  "herald.dial.v1.ReadMessageRequest": [
    {number: 1,name: "text",key: "text",kind: "text",most: 2000},
    {number: 2,name: "program_id",key: "programId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.RecordOptOutRequest": [
    {number: 1,name: "opt_out",key: "optOut",kind: "message",type: "herald.dial.v1.OptOut"},
    {number: 2,name: "request_id",key: "requestId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.RedeliverAllRequest": [
    {number: 1,name: "service",key: "service",kind: "text",most: 1000},
    {number: 2,name: "topic",key: "topic",kind: "text",most: 1000},
  ],
  "herald.dial.v1.RedeliverRequest": [
    {number: 1,name: "undelivered_id",key: "undeliveredId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.ReleaseAnySenderRequest": [
    {number: 1,name: "sender",key: "sender",kind: "text",most: 1000},
    {number: 2,name: "for_tenant_id",key: "forTenantId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.ReleaseSenderRequest": [
    {number: 1,name: "sender",key: "sender",kind: "text",most: 1000},
  ],
  "herald.dial.v1.ResealSecretsRequest": [
  ],
  "herald.dial.v1.ResolveStaleAttemptRequest": [
    {number: 1,name: "attempt_id",key: "attemptId",kind: "text",most: 1000},
    {number: 2,name: "outcome",key: "outcome",kind: "message",type: "herald.common.v1.Outcome"},
  ],
  "herald.dial.v1.RestoreMessageTemplateVersionRequest": [
    {number: 1,name: "message_template_id",key: "messageTemplateId",kind: "text",most: 1000},
    {number: 3,name: "etag",key: "etag",kind: "text",most: 1000},
  ],
  "herald.dial.v1.RotateDkimKeysRequest": [
    {number: 1,name: "domain",key: "domain",kind: "text",most: 1000},
  ],
  "herald.dial.v1.SendTestMessageRequest": [
    {number: 1,name: "settings",key: "settings",kind: "message",type: "herald.dial.v1.DialingSettings"},
    {number: 2,name: "record",key: "record",kind: "message",type: "herald.lists.v1.Record"},
    {number: 3,name: "contact_info",key: "contactInfo",kind: "text",most: 1000},
    {number: 4,name: "request_id",key: "requestId",kind: "text",most: 1000},
    {number: 5,name: "requested_by",key: "requestedBy",kind: "text",most: 1000},
    {number: 6,name: "country",key: "country",kind: "text",most: 1000},
    {number: 7,name: "digest",key: "digest",kind: "text",most: 1000},
    {number: 8,name: "contact_list_ids",key: "contactListIds",kind: "text",many: "list",most: 1000},
  ],
  "herald.dial.v1.SendTestMessagesRequest": [
    {number: 1,name: "message_template_id",key: "messageTemplateId",kind: "text",most: 1000},
    {number: 3,name: "contact_infos",key: "contactInfos",kind: "text",many: "list",most: 1000},
    {number: 4,name: "from",key: "from",kind: "text",most: 1000},
    {number: 5,name: "contact_list_id",key: "contactListId",kind: "text",most: 1000},
    {number: 6,name: "record_id",key: "recordId",kind: "text",most: 1000},
    {number: 7,name: "values",key: "values",kind: "text",many: "map",most: 1000},
    {number: 8,name: "request_id",key: "requestId",kind: "text",most: 1000},
  ],
  "herald.dial.v1.ShowUnsubscribePageRequest": [
    {number: 1,name: "token",key: "token",kind: "text",most: 1000},
    {number: 2,name: "lang",key: "lang",kind: "text",most: 1000},
  ],
  "herald.dial.v1.SmppAccount": [
    {number: 1,name: "host",key: "host",kind: "text",most: 1000},
    {number: 4,name: "system_id",key: "systemId",kind: "text",most: 1000},
    {number: 5,name: "password",key: "password",kind: "text",most: 1000},
    {number: 6,name: "system_type",key: "systemType",kind: "text",most: 1000},
    {number: 13,name: "region",key: "region",kind: "text",most: 1000},
  ],
  "herald.dial.v1.SmtpAccount": [
    {number: 1,name: "host",key: "host",kind: "text",most: 1000},
    {number: 4,name: "user",key: "user",kind: "text",most: 1000},
    {number: 5,name: "password",key: "password",kind: "text",most: 1000},
    {number: 8,name: "envelope_sender",key: "envelopeSender",kind: "text",most: 1000},
  ],
  "herald.dial.v1.TestProviderRequest": [
    {number: 1,name: "provider_id",key: "providerId",kind: "text",most: 1000},
    {number: 2,name: "sender",key: "sender",kind: "text",most: 1000},
  ],
  "herald.dial.v1.UnsubscribeRequest": [
    {number: 1,name: "token",key: "token",kind: "text",most: 1000},
    {number: 2,name: "form",key: "form",kind: "message",type: "google.api.HttpBody"},
    {number: 3,name: "lang",key: "lang",kind: "text",most: 1000},
  ],
  "herald.dial.v1.UpdateKeywordRequest": [
    {number: 1,name: "keyword",key: "keyword",kind: "message",type: "herald.dial.v1.Keyword"},
    {number: 2,name: "update_mask",key: "updateMask",kind: "mask"},
  ],
  "herald.dial.v1.UpdateMessageTemplateRequest": [
    {number: 1,name: "message_template",key: "messageTemplate",kind: "message",type: "herald.dial.v1.MessageTemplate"},
    {number: 2,name: "update_mask",key: "updateMask",kind: "mask"},
  ],
  "herald.dial.v1.UpdateOptOutPolicyRequest": [
    {number: 1,name: "opt_out_policy",key: "optOutPolicy",kind: "message",type: "herald.dial.v1.OptOutPolicy"},
    {number: 2,name: "update_mask",key: "updateMask",kind: "mask"},
  ],
  "herald.dial.v1.UpdateProgramRequest": [
    {number: 1,name: "program",key: "program",kind: "message",type: "herald.dial.v1.Program"},
    {number: 2,name: "update_mask",key: "updateMask",kind: "mask"},
  ],
  "herald.dial.v1.UpdateProviderRequest": [
    {number: 1,name: "provider",key: "provider",kind: "message",type: "herald.dial.v1.Provider"},
    {number: 2,name: "update_mask",key: "updateMask",kind: "mask"},
  ],
  "herald.dial.v1.VoiceAdapterAccount": [
    {number: 1,name: "address",key: "address",kind: "text",most: 1000},
    {number: 2,name: "key",key: "key",kind: "text",most: 1000},
  ],
  "herald.dial.v1.WatchInboundMessagesRequest": [
    {number: 1,name: "after_sequence",key: "afterSequence",kind: "wide"},
  ],
  "herald.dial.v1.WithdrawOptOutRequest": [
    {number: 1,name: "opt_out_id",key: "optOutId",kind: "text",most: 1000},
    {number: 2,name: "reason",key: "reason",kind: "text",most: 1000},
  ],
  "herald.identity.v1.ApiKey": [
    {number: 1,name: "id",key: "id",kind: "text",most: 1000},
    {number: 2,name: "name",key: "name",kind: "text",most: 1000},
    {number: 3,name: "role_ids",key: "roleIds",kind: "text",many: "list",most: 1000},
    {number: 4,name: "expire_time",key: "expireTime",kind: "time"},
    {number: 5,name: "create_time",key: "createTime",kind: "time"},
    {number: 6,name: "last_use_time",key: "lastUseTime",kind: "time"},
  ],
  "herald.identity.v1.AuditEntry": [
    {number: 1,name: "id",key: "id",kind: "text",most: 1000},
    {number: 2,name: "tenant_id",key: "tenantId",kind: "text",most: 1000},
    {number: 3,name: "start_time",key: "startTime",kind: "time"},
    {number: 5,name: "rpc",key: "rpc",kind: "text",most: 1000},
    {number: 7,name: "caller_kind",key: "callerKind",kind: "text",most: 1000},
    {number: 8,name: "caller_id",key: "callerId",kind: "text",most: 1000},
    {number: 9,name: "request_id",key: "requestId",kind: "text",most: 1000},
    {number: 10,name: "object_ids",key: "objectIds",kind: "text",many: "map",most: 1000},
    {number: 11,name: "status",key: "status",kind: "text",most: 1000},
    {number: 12,name: "client_address",key: "clientAddress",kind: "text",most: 1000},
    {number: 14,name: "last_time",key: "lastTime",kind: "time"},
    {number: 15,name: "caller_name",key: "callerName",kind: "text",most: 1000},
  ],
  "herald.identity.v1.ClientCredentialsGrant": [
    {number: 1,name: "client_id",key: "clientId",kind: "text",most: 1000},
    {number: 2,name: "client_secret",key: "clientSecret",kind: "text",most: 1000},
  ],
  "herald.identity.v1.CreateApiKeyRequest": [
    {number: 1,name: "api_key",key: "apiKey",kind: "message",type: "herald.identity.v1.ApiKey"},
  ],
  "herald.identity.v1.CreateRoleRequest": [
    {number: 1,name: "role",key: "role",kind: "message",type: "herald.identity.v1.Role"},
    {number: 2,name: "request_id",key: "requestId",kind: "text",most: 1000},
  ],
  "herald.identity.v1.CreateTenantRequest": [
    {number: 1,name: "tenant",key: "tenant",kind: "message",type: "herald.identity.v1.Tenant"},
    {number: 2,name: "admin_email",key: "adminEmail",kind: "text",most: 1000},
    {number: 3,name: "admin_password",key: "adminPassword",kind: "text",most: 1000},
    {number: 4,name: "request_id",key: "requestId",kind: "text",most: 1000},
  ],
  "herald.identity.v1.CreateUserRequest": [
    {number: 1,name: "user",key: "user",kind: "message",type: "herald.identity.v1.User"},
    {number: 2,name: "password",key: "password",kind: "text",most: 1000},
    {number: 3,name: "request_id",key: "requestId",kind: "text",most: 1000},
  ],
  "herald.identity.v1.DeleteApiKeyRequest": [
    {number: 1,name: "api_key_id",key: "apiKeyId",kind: "text",most: 1000},
  ],
  "herald.identity.v1.DeleteRoleRequest": [
    {number: 1,name: "role_id",key: "roleId",kind: "text",most: 1000},
  ],
  "herald.identity.v1.DeleteUserRequest": [
    {number: 1,name: "user_id",key: "userId",kind: "text",most: 1000},
  ],
  "herald.identity.v1.GetApiKeyRequest": [
    {number: 1,name: "api_key_id",key: "apiKeyId",kind: "text",most: 1000},
  ],
  "herald.identity.v1.GetJwksRequest": [
  ],
  "herald.identity.v1.GetRoleRequest": [
    {number: 1,name: "role_id",key: "roleId",kind: "text",most: 1000},
  ],
  "herald.identity.v1.GetTenantRequest": [
  ],
  "herald.identity.v1.GetUserRequest": [
    {number: 1,name: "user_id",key: "userId",kind: "text",most: 1000},
  ],
  "herald.identity.v1.IssueTokenRequest": [
    {number: 1,name: "password",key: "password",kind: "message",oneof: "grant",type: "herald.identity.v1.PasswordGrant"},
    {number: 2,name: "client_credentials",key: "clientCredentials",kind: "message",oneof: "grant",type: "herald.identity.v1.ClientCredentialsGrant"},
    {number: 3,name: "refresh",key: "refresh",kind: "message",oneof: "grant",type: "herald.identity.v1.RefreshGrant"},
  ],
  "herald.identity.v1.ListApiKeysRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 4000},
  ],
  "herald.identity.v1.ListAuditEntriesRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 4000},
    {number: 3,name: "caller_id",key: "callerId",kind: "text",most: 1000},
    {number: 4,name: "request_id",key: "requestId",kind: "text",most: 1000},
    {number: 5,name: "object_id",key: "objectId",kind: "text",most: 1000},
    {number: 7,name: "start_time",key: "startTime",kind: "time"},
    {number: 8,name: "end_time",key: "endTime",kind: "time"},
    {number: 9,name: "client_address",key: "clientAddress",kind: "text",most: 1000},
  ],
  "herald.identity.v1.ListPermissionsRequest": [
  ],
  "herald.identity.v1.ListRolesRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 4000},
  ],
  "herald.identity.v1.ListTenantsRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 4000},
  ],
  "herald.identity.v1.ListUsersRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 4000},
    {number: 3,name: "query",key: "query",kind: "text",most: 1000},
  ],
  "herald.identity.v1.PasswordGrant": [
    {number: 1,name: "tenant",key: "tenant",kind: "text",most: 1000},
    {number: 2,name: "email",key: "email",kind: "text",most: 1000},
    {number: 3,name: "password",key: "password",kind: "text",most: 1000},
    {number: 4,name: "device_token",key: "deviceToken",kind: "text",most: 1000},
  ],
  "herald.identity.v1.RecordAuditEntriesRequest": [
    {number: 1,name: "audit_entries",key: "auditEntries",kind: "message",many: "list",type: "herald.identity.v1.AuditEntry"},
  ],
  "herald.identity.v1.RefreshGrant": [
    {number: 1,name: "refresh_token",key: "refreshToken",kind: "text",most: 1000},
  ],
  "herald.identity.v1.RevokeTokenRequest": [
    {number: 1,name: "refresh_token",key: "refreshToken",kind: "text",most: 1000},
  ],
  "herald.identity.v1.Role": [
    {number: 1,name: "id",key: "id",kind: "text",most: 1000},
    {number: 2,name: "name",key: "name",kind: "text",most: 1000},
    {number: 3,name: "description",key: "description",kind: "text",most: 1000},
    {number: 4,name: "permissions",key: "permissions",kind: "text",many: "list",most: 1000},
    {number: 6,name: "create_time",key: "createTime",kind: "time"},
    {number: 7,name: "etag",key: "etag",kind: "text",most: 1000},
  ],
  "herald.identity.v1.SetPasswordRequest": [
    {number: 1,name: "user_id",key: "userId",kind: "text",most: 1000},
    {number: 2,name: "password",key: "password",kind: "text",most: 1000},
  ],
  "herald.identity.v1.Tenant": [
    {number: 1,name: "id",key: "id",kind: "text",most: 1000},
    {number: 2,name: "slug",key: "slug",kind: "text",most: 1000},
    {number: 3,name: "display_name",key: "displayName",kind: "text",most: 1000},
    {number: 4,name: "default_region",key: "defaultRegion",kind: "text",most: 1000},
    {number: 5,name: "default_zone",key: "defaultZone",kind: "text",most: 1000},
    {number: 6,name: "locale",key: "locale",kind: "text",most: 1000},
    {number: 8,name: "create_time",key: "createTime",kind: "time"},
    {number: 9,name: "update_time",key: "updateTime",kind: "time"},
    {number: 10,name: "etag",key: "etag",kind: "text",most: 1000},
    {number: 11,name: "link_host",key: "linkHost",kind: "text",most: 1000},
    {number: 12,name: "accent_color",key: "accentColor",kind: "text",most: 1000},
  ],
  "herald.identity.v1.UpdateRoleRequest": [
    {number: 1,name: "role",key: "role",kind: "message",type: "herald.identity.v1.Role"},
    {number: 2,name: "update_mask",key: "updateMask",kind: "mask"},
  ],
  "herald.identity.v1.UpdateTenantRequest": [
    {number: 1,name: "tenant",key: "tenant",kind: "message",type: "herald.identity.v1.Tenant"},
    {number: 2,name: "update_mask",key: "updateMask",kind: "mask"},
  ],
  "herald.identity.v1.UpdateUserRequest": [
    {number: 1,name: "user",key: "user",kind: "message",type: "herald.identity.v1.User"},
    {number: 2,name: "update_mask",key: "updateMask",kind: "mask"},
  ],
  "herald.identity.v1.User": [
    {number: 1,name: "id",key: "id",kind: "text",most: 1000},
    {number: 2,name: "email",key: "email",kind: "text",most: 1000},
    {number: 3,name: "display_name",key: "displayName",kind: "text",most: 1000},
    {number: 4,name: "role_ids",key: "roleIds",kind: "text",many: "list",most: 1000},
    {number: 6,name: "create_time",key: "createTime",kind: "time"},
    {number: 7,name: "update_time",key: "updateTime",kind: "time"},
    {number: 8,name: "last_sign_in_time",key: "lastSignInTime",kind: "time"},
    {number: 9,name: "etag",key: "etag",kind: "text",most: 1000},
  ],
  "herald.identity.v1.WatchRevocationsRequest": [
  ],
  "herald.jobs.v1.CancelJobRequest": [
    {number: 1,name: "job_id",key: "jobId",kind: "text",most: 1000},
  ],
  "herald.jobs.v1.GetJobRequest": [
    {number: 1,name: "job_id",key: "jobId",kind: "text",most: 1000},
  ],
  "herald.jobs.v1.Job": [
    {number: 1,name: "id",key: "id",kind: "text",most: 1000},
    {number: 2,name: "kind",key: "kind",kind: "text",most: 1000},
    {number: 3,name: "service",key: "service",kind: "text",most: 1000},
    {number: 4,name: "title",key: "title",kind: "text",most: 1000},
    {number: 5,name: "object_id",key: "objectId",kind: "text",most: 1000},
    {number: 7,name: "done_units",key: "doneUnits",kind: "wide"},
    {number: 8,name: "total_units",key: "totalUnits",kind: "wide"},
    {number: 9,name: "unit",key: "unit",kind: "text",most: 1000},
    {number: 10,name: "units_per_second",key: "unitsPerSecond",kind: "real"},
    {number: 11,name: "remaining_seconds",key: "remainingSeconds",kind: "wide"},
    {number: 12,name: "counts",key: "counts",kind: "wide",many: "map"},
    {number: 13,name: "error_message",key: "errorMessage",kind: "text",most: 1000},
    {number: 15,name: "create_time",key: "createTime",kind: "time"},
    {number: 16,name: "update_time",key: "updateTime",kind: "time"},
    {number: 17,name: "end_time",key: "endTime",kind: "time"},
  ],
  "herald.jobs.v1.ListJobsRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 4000},
    {number: 4,name: "kind",key: "kind",kind: "text",most: 1000},
    {number: 5,name: "object_id",key: "objectId",kind: "text",most: 1000},
  ],
  "herald.jobs.v1.RegisterJobRequest": [
    {number: 1,name: "job",key: "job",kind: "message",type: "herald.jobs.v1.Job"},
  ],
  "herald.jobs.v1.ReportProgressRequest": [
    {number: 1,name: "job",key: "job",kind: "message",type: "herald.jobs.v1.Job"},
  ],
  "herald.jobs.v1.WatchJobRequest": [
    {number: 1,name: "job_id",key: "jobId",kind: "text",most: 1000},
  ],
  "herald.lists.v1.AddEntriesRequest": [
    {number: 1,name: "suppression_list_id",key: "suppressionListId",kind: "text",most: 1000},
    {number: 2,name: "entries",key: "entries",kind: "message",many: "list",type: "herald.lists.v1.SuppressionEntry"},
  ],
  "herald.lists.v1.BatchGetRecordsRequest": [
    {number: 1,name: "keys",key: "keys",kind: "message",many: "list",type: "herald.lists.v1.RecordKey"},
  ],
  "herald.lists.v1.CancelImportRequest": [
    {number: 1,name: "import_id",key: "importId",kind: "text",most: 1000},
  ],
  "herald.lists.v1.ContactList": [
    {number: 1,name: "id",key: "id",kind: "text",most: 1000},
    {number: 2,name: "name",key: "name",kind: "text",most: 1000},
    {number: 3,name: "description",key: "description",kind: "text",most: 1000},
    {number: 5,name: "default_region",key: "defaultRegion",kind: "text",most: 1000},
    {number: 6,name: "record_count",key: "recordCount",kind: "wide"},
    {number: 7,name: "create_time",key: "createTime",kind: "time"},
    {number: 8,name: "update_time",key: "updateTime",kind: "time"},
    {number: 9,name: "etag",key: "etag",kind: "text",most: 1000},
  ],
  "herald.lists.v1.CreateContactListRequest": [
    {number: 1,name: "contact_list",key: "contactList",kind: "message",type: "herald.lists.v1.ContactList"},
    {number: 2,name: "request_id",key: "requestId",kind: "text",most: 1000},
  ],
  "herald.lists.v1.CreateSuppressionListRequest": [
    {number: 1,name: "suppression_list",key: "suppressionList",kind: "message",type: "herald.lists.v1.SuppressionList"},
    {number: 2,name: "request_id",key: "requestId",kind: "text",most: 1000},
  ],
  "herald.lists.v1.DeleteContactListRequest": [
    {number: 1,name: "contact_list_id",key: "contactListId",kind: "text",most: 1000},
  ],
  "herald.lists.v1.DeleteSuppressionListRequest": [
    {number: 1,name: "suppression_list_id",key: "suppressionListId",kind: "text",most: 1000},
  ],
  "herald.lists.v1.Device": [
    {number: 3,name: "contact_info",key: "contactInfo",kind: "text",most: 1000},
    {number: 4,name: "country",key: "country",kind: "text",most: 1000},
    {number: 5,name: "area_code",key: "areaCode",kind: "text",most: 1000},
    {number: 6,name: "state",key: "state",kind: "text",most: 1000},
    {number: 7,name: "zones",key: "zones",kind: "text",many: "list",most: 1000},
  ],
  "herald.lists.v1.DownloadRejectedRowsRequest": [
    {number: 1,name: "import_id",key: "importId",kind: "text",most: 1000},
  ],
  "herald.lists.v1.ExportEntriesRequest": [
    {number: 1,name: "suppression_list_id",key: "suppressionListId",kind: "text",most: 1000},
  ],
  "herald.lists.v1.ExportRecordsRequest": [
    {number: 1,name: "contact_list_id",key: "contactListId",kind: "text",most: 1000},
  ],
  "herald.lists.v1.FindHoldersRequest": [
    {number: 1,name: "contact_list_ids",key: "contactListIds",kind: "text",many: "list",most: 1000},
    {number: 2,name: "contact_info",key: "contactInfo",kind: "text",most: 1000},
  ],
  "herald.lists.v1.FindKinRequest": [
    {number: 1,name: "contact_infos",key: "contactInfos",kind: "text",many: "list",most: 1000},
    {number: 2,name: "client_ids",key: "clientIds",kind: "text",many: "list",most: 1000},
  ],
  "herald.lists.v1.GetContactListRequest": [
    {number: 1,name: "contact_list_id",key: "contactListId",kind: "text",most: 1000},
  ],
  "herald.lists.v1.GetImportRequest": [
    {number: 1,name: "import_id",key: "importId",kind: "text",most: 1000},
  ],
  "herald.lists.v1.GetRecordRequest": [
    {number: 1,name: "contact_list_id",key: "contactListId",kind: "text",most: 1000},
    {number: 2,name: "record_id",key: "recordId",kind: "text",most: 1000},
  ],
  "herald.lists.v1.GetSuppressionListRequest": [
    {number: 1,name: "suppression_list_id",key: "suppressionListId",kind: "text",most: 1000},
  ],
  "herald.lists.v1.ImportEntriesRequest": [
    {number: 1,name: "suppression_list_id",key: "suppressionListId",kind: "text",most: 1000},
    {number: 2,name: "file",key: "file",kind: "message",type: "google.api.HttpBody"},
    {number: 3,name: "default_region",key: "defaultRegion",kind: "text",most: 1000},
    {number: 4,name: "file_name",key: "fileName",kind: "text",most: 1000},
    {number: 5,name: "total_bytes",key: "totalBytes",kind: "wide"},
    {number: 6,name: "mapping",key: "mapping",kind: "text",many: "list",most: 1000},
    {number: 7,name: "encoding",key: "encoding",kind: "text",most: 1000},
    {number: 8,name: "delimiter",key: "delimiter",kind: "text",most: 1000},
  ],
  "herald.lists.v1.ImportRecordsRequest": [
    {number: 1,name: "contact_list_id",key: "contactListId",kind: "text",most: 1000},
    {number: 2,name: "file",key: "file",kind: "message",type: "google.api.HttpBody"},
    {number: 4,name: "mapping",key: "mapping",kind: "text",many: "list",most: 1000},
    {number: 5,name: "encoding",key: "encoding",kind: "text",most: 1000},
    {number: 6,name: "delimiter",key: "delimiter",kind: "text",most: 1000},
    {number: 7,name: "file_name",key: "fileName",kind: "text",most: 1000},
    {number: 8,name: "default_region",key: "defaultRegion",kind: "text",most: 1000},
    {number: 9,name: "total_bytes",key: "totalBytes",kind: "wide"},
  ],
  "herald.lists.v1.ListContactListsRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 4000},
    {number: 3,name: "query",key: "query",kind: "text",most: 1000},
  ],
  "herald.lists.v1.ListEntriesRequest": [
    {number: 1,name: "suppression_list_id",key: "suppressionListId",kind: "text",most: 1000},
    {number: 3,name: "page_token",key: "pageToken",kind: "text",most: 4000},
    {number: 4,name: "value_prefix",key: "valuePrefix",kind: "text",most: 1000},
  ],
  "herald.lists.v1.ListImportsRequest": [
    {number: 1,name: "contact_list_id",key: "contactListId",kind: "text",most: 1000},
    {number: 3,name: "page_token",key: "pageToken",kind: "text",most: 4000},
  ],
  "herald.lists.v1.ListOptOutCorrectionsRequest": [
    {number: 1,name: "suppression_list_id",key: "suppressionListId",kind: "text",most: 1000},
    {number: 3,name: "page_token",key: "pageToken",kind: "text",most: 1000},
  ],
  "herald.lists.v1.ListSuppressionListsRequest": [
    {number: 2,name: "page_token",key: "pageToken",kind: "text",most: 4000},
  ],
  "herald.lists.v1.LookUpEntriesRequest": [
    {number: 1,name: "value",key: "value",kind: "text",most: 1000},
  ],
  "herald.lists.v1.OptOutChange": [
    {number: 1,name: "opt_out_id",key: "optOutId",kind: "text",most: 1000},
    {number: 2,name: "contact_infos",key: "contactInfos",kind: "text",many: "list",most: 1000},
    {number: 3,name: "client_ids",key: "clientIds",kind: "text",many: "list",most: 1000},
    {number: 5,name: "program_id",key: "programId",kind: "text",most: 1000},
    {number: 6,name: "program_name",key: "programName",kind: "text",most: 1000},
    {number: 7,name: "reason",key: "reason",kind: "text",most: 1000},
  ],
  "herald.lists.v1.PreviewEntriesRequest": [
    {number: 1,name: "suppression_list_id",key: "suppressionListId",kind: "text",most: 1000},
    {number: 2,name: "file",key: "file",kind: "message",type: "google.api.HttpBody"},
    {number: 3,name: "mapping",key: "mapping",kind: "text",many: "list",most: 1000},
    {number: 4,name: "encoding",key: "encoding",kind: "text",most: 1000},
    {number: 5,name: "delimiter",key: "delimiter",kind: "text",most: 1000},
    {number: 6,name: "default_region",key: "defaultRegion",kind: "text",most: 1000},
  ],
  "herald.lists.v1.PreviewImportRequest": [
    {number: 1,name: "file",key: "file",kind: "message",type: "google.api.HttpBody"},
    {number: 2,name: "mapping",key: "mapping",kind: "text",many: "list",most: 1000},
    {number: 3,name: "encoding",key: "encoding",kind: "text",most: 1000},
    {number: 4,name: "delimiter",key: "delimiter",kind: "text",most: 1000},
    {number: 5,name: "default_region",key: "defaultRegion",kind: "text",most: 1000},
  ],
  "herald.lists.v1.Record": [
    {number: 1,name: "id",key: "id",kind: "text",most: 1000},
    {number: 2,name: "contact_list_id",key: "contactListId",kind: "text",most: 1000},
    {number: 3,name: "client_id",key: "clientId",kind: "text",most: 1000},
    {number: 4,name: "first_name",key: "firstName",kind: "text",most: 1000},
    {number: 5,name: "last_name",key: "lastName",kind: "text",most: 1000},
    {number: 6,name: "company",key: "company",kind: "text",most: 1000},
    {number: 7,name: "fields",key: "fields",kind: "text",many: "map",most: 1024},
    {number: 8,name: "devices",key: "devices",kind: "message",many: "list",type: "herald.lists.v1.Device"},
    {number: 9,name: "postal_code",key: "postalCode",kind: "text",most: 1000},
    {number: 10,name: "state",key: "state",kind: "text",most: 1000},
    {number: 11,name: "country",key: "country",kind: "text",most: 1000},
    {number: 12,name: "zone",key: "zone",kind: "text",most: 1000},
    {number: 13,name: "source_line",key: "sourceLine",kind: "wide"},
    {number: 14,name: "import_id",key: "importId",kind: "text",most: 1000},
    {number: 15,name: "create_time",key: "createTime",kind: "time"},
  ],
  "herald.lists.v1.RecordKey": [
    {number: 1,name: "contact_list_id",key: "contactListId",kind: "text",most: 1000},
    {number: 2,name: "record_id",key: "recordId",kind: "text",most: 1000},
  ],
  "herald.lists.v1.RecordOptOutsRequest": [
    {number: 2,name: "contact_infos",key: "contactInfos",kind: "text",many: "list",most: 1000},
    {number: 3,name: "reason",key: "reason",kind: "text",most: 1000},
    {number: 4,name: "changes",key: "changes",kind: "message",many: "list",type: "herald.lists.v1.OptOutChange"},
  ],
  "herald.lists.v1.RemoveEntriesRequest": [
    {number: 1,name: "suppression_list_id",key: "suppressionListId",kind: "text",most: 1000},
    {number: 2,name: "values",key: "values",kind: "text",many: "list",most: 1000},
    {number: 3,name: "reason",key: "reason",kind: "text",most: 1000},
  ],
  "herald.lists.v1.SearchRecordsRequest": [
    {number: 1,name: "contact_list_id",key: "contactListId",kind: "text",most: 1000},
    {number: 3,name: "page_token",key: "pageToken",kind: "text",most: 4000},
    {number: 4,name: "client_id",key: "clientId",kind: "text",most: 1000},
    {number: 5,name: "contact_info",key: "contactInfo",kind: "text",most: 1000},
    {number: 6,name: "name",key: "name",kind: "text",most: 1000},
  ],
  "herald.lists.v1.StreamEntriesRequest": [
    {number: 1,name: "after_sequence",key: "afterSequence",kind: "wide"},
  ],
  "herald.lists.v1.SuppressionEntry": [
    {number: 1,name: "value",key: "value",kind: "text",most: 1000},
    {number: 2,name: "from_time",key: "fromTime",kind: "time"},
    {number: 3,name: "until_time",key: "untilTime",kind: "time"},
    {number: 4,name: "reason",key: "reason",kind: "text",most: 1000},
    {number: 5,name: "create_time",key: "createTime",kind: "time"},
  ],
  "herald.lists.v1.SuppressionList": [
    {number: 1,name: "id",key: "id",kind: "text",most: 1000},
    {number: 2,name: "name",key: "name",kind: "text",most: 1000},
    {number: 3,name: "description",key: "description",kind: "text",most: 1000},
    {number: 7,name: "entry_count",key: "entryCount",kind: "wide"},
    {number: 8,name: "create_time",key: "createTime",kind: "time"},
    {number: 9,name: "update_time",key: "updateTime",kind: "time"},
    {number: 10,name: "etag",key: "etag",kind: "text",most: 1000},
    {number: 13,name: "program_id",key: "programId",kind: "text",most: 1000},
  ],
  "herald.lists.v1.UpdateContactListRequest": [
    {number: 1,name: "contact_list",key: "contactList",kind: "message",type: "herald.lists.v1.ContactList"},
    {number: 2,name: "update_mask",key: "updateMask",kind: "mask"},
  ],
  "herald.lists.v1.UpdateSuppressionListRequest": [
    {number: 1,name: "suppression_list",key: "suppressionList",kind: "message",type: "herald.lists.v1.SuppressionList"},
    {number: 2,name: "update_mask",key: "updateMask",kind: "mask"},
  ],
};
