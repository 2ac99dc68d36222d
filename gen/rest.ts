// Made from proto/ by `npm run gen`. Do not edit.

/** Asks to add a domain. */
export interface AddEmailDomainRequest {
  /** The domain, in any script: `example.com`, `bücher.example`. Up to 253 characters. */
  domain: string;
}

/** The domain. */
export interface AddEmailDomainResponse {
  /** The domain, with the DNS records to publish. */
  emailDomain?: EmailDomain;
}

/** Asks to add entries. */
export interface AddEntriesBody {
  /** 1 to 1,000 entries. Numbers may be in any notation of the tenant's region. */
  entries: Array<SuppressionEntryInput>;
}

/** The entries hold. */
export interface AddEntriesResponse {
  /** The list with its new count. */
  suppressionList?: SuppressionList;
  /** Entries that were not there before. */
  addedCount: number;
}

/** What went wrong, in one shape for every path. */
export interface ApiError {
  /** The canonical gRPC code, for example 5 for NOT_FOUND. */
  code: number;
  /** For people, in English. */
  message: string;
  /** For programs. */
  details: Array<ErrorDetail>;
}

/** The credentials of a program. */
export interface ApiKey {
  /** Identifies the key, and is its client id. UUID, set by the server. */
  id: string;
  /** Shown to people, 1 to 120 characters. */
  name: string;
  /** Roles that it holds. At least one. */
  roleIds: Array<string>;
  /** From then on the key gets no tokens; absent means that it never expires. */
  expireTime?: string;
  /** When it was created. */
  createTime?: string;
  /** When it last got a token; absent if never. */
  lastUseTime?: string;
}

/** The credentials of a program. */
export interface ApiKeyInput {
  /** Shown to people, 1 to 120 characters. */
  name: string;
  /** Roles that it holds. At least one. */
  roleIds?: Array<string>;
  /** From then on the key gets no tokens; absent means that it never expires. */
  expireTime?: string;
}

/** One try to reach one device, made or refused. */
export interface Attempt {
  /** Identifies the attempt within the tenant, in every service and at the provider. UUID, made by the service that asks for the attempt: by `campaigns` with the lease. */
  id: string;
  /** The campaign group; empty if the origin has none. */
  campaignGroupId: string;
  /** The contact list; empty if the origin has none. */
  contactListId: string;
  /** The record; empty if the origin has none. */
  recordId: string;
  /** The tenant's own key for the customer. */
  clientId: string;
  /** The device's place in the chain; 0 if the origin is not a chain. */
  deviceIndex: number;
  /** The channel. */
  channel: Channel;
  /** E.164 number or email address. */
  contactInfo: string;
  /** Our number or address. */
  ownAddress: string;
  /** Number of the attempt in its chain, from 1; 0 if the origin is not a chain. */
  attemptNumber: number;
  /** Where it is in its life. */
  state: AttemptState;
  /** How it ended; absent while the attempt goes on, and for refusals. */
  outcome?: Outcome;
  /** Compliance's RefusalReason in lower case, or `record_gone`, `device_gone`, `content_invalid` or `value_missing` (a value that the message template needs); empty if the attempt was made. */
  refusalReason: string;
  /** The rule or suppression list that refused it; empty if the attempt was made. */
  ruleId: string;
  /** The provider's status without numbers or addresses: `550 5.1.1`. */
  providerStatus: string;
  /** The provider's own id. */
  providerMessageId: string;
  /** When the attempt was decided (its intent was stored) or refused. */
  createTime?: string;
  /** When it was handed to the provider; absent if it was not. */
  sendTime?: string;
  /** When it ended; absent while it goes on. */
  endTime?: string;
  /** True for a test message of the group. It has no chain and no record (both ids are empty, `attempt_number` is 0), and counts nowhere. */
  test: boolean;
  /**
   * IANA zones in which the owner of the number may be, by the number alone. Empty for an email address, and for a number that shows only its country if that
   * has several zones. The zones that a decision used are in its explanation.
   */
  zones: Array<string>;
  /** Why the attempt exists, and so what it belongs to. */
  origin: AttemptOrigin;
  /** The tenant's provider through which it was or would be made; empty for the platform's own. UUID. */
  providerId: string;
}

/** At most N attempts in a period. */
export interface AttemptCap {
  /** Attempts allowed in the period, 0 to 1,000. Attempts from before the rule was created count too. */
  limit: number;
  /** Length of the rolling period, seconds, up to 90 days. */
  periodSeconds: string;
  /** Whose attempts are counted together. */
  subject: CapSubject;
  /** Which attempts are counted. */
  scope: CapScope;
  /** Places to which it applies: `US-FL`; empty or `*` for everywhere. */
  places: Array<string>;
}

/** At most N attempts in a period. */
export interface AttemptCapInput {
  /** Attempts allowed in the period, 0 to 1,000. Attempts from before the rule was created count too. */
  limit?: number;
  /** Length of the rolling period, seconds, up to 90 days. */
  periodSeconds?: string;
  /** Whose attempts are counted together. */
  subject?: CapSubject;
  /** Which attempts are counted. */
  scope?: CapScope;
  /** Places to which it applies: `US-FL`; empty or `*` for everywhere. */
  places?: Array<string>;
}

/** An attempt that a caller wants to make, with everything that the rules need to know about it. */
export interface AttemptCheck {
  /**
   * Identifies the attempt within the tenant; UUID made by the caller. A repeated check with the same id gives the same answer and counts once.
   * Two exceptions: an attempt that was allowed and would be refused now is refused, for example because of an opt-out in the meantime; and one that was refunded, because it
   * never reached the network, is decided anew and counts from then on.
   * If empty, the check is a "what if" check: the decision is stored as proof under a new id, and nothing is counted.
   */
  attemptId?: string;
  /** How the contact would be reached. */
  channel: Channel;
  /** E.164 number or email address. CheckAttempt also accepts numbers in other forms that can be read with the tenant's region; CheckAttempts accepts only E.164. */
  contactInfo: string;
  /** The tenant's own key for the customer, if known. */
  clientId?: string;
  /** The campaign group of the attempt. Empty for attempts outside campaigns; then no campaign state is checked. */
  campaignGroupId?: string;
  /** Time zones in which the contact may be, as far as the caller knows (from an address or a file). The zones of the number are added, unless `zone_is_certain`. */
  zones?: Array<string>;
  /** True if the person's zone is certain, so that the zones of the number do not matter. */
  zoneIsCertain?: boolean;
  /** State or region of the person, if known from an address; ISO 3166-2 without the country. */
  state?: string;
  /** Country of the person, if known from an address. The country of the number counts as well. */
  country?: string;
  /**
   * Suppression lists of the group, in addition to the required ones; at most 100. A deleted list has no effect. A list that the tenant never had is
   * INVALID_ARGUMENT; a new list that has not arrived here yet is UNAVAILABLE: check again.
   */
  suppressionListIds?: Array<string>;
  /** Rules of the group, in addition to the required ones; at most 100. A deleted rule has no effect; a rule that never existed is INVALID_ARGUMENT. */
  ruleIds?: Array<string>;
  /** The record that the group contacts, if there is one; UUID. An attempt never waits for an earlier attempt of the same group and record. */
  recordId?: string;
  /**
   * The lease of the work under which the attempt is made: 0 to 2,147,483,647. It grows each time the same attempt is leased again; 0 where attempts are never leased again.
   * An attempt that is allowed under a later lease is no longer refunded by a report of an earlier one.
   */
  leaseNumber?: number;
  /** The program for which the person is contacted; UUID. Empty means the tenant's usual program. An opt-out from one program refuses attempts of that program alone. */
  programId?: string;
  /**
   * True if it answers what the person has just written: that STOP was understood, what HELP asks for. The person waits for the answer, so suppression, hours,
   * caps and other attempts in progress do not refuse it, and it counts in no cap. Whoever asks sees to it that each message gets one answer at most.
   */
  isAnswer?: boolean;
}

/**
 * Why an attempt exists. The origin decides which ids the attempt has; the others are empty.
 *
 * - `ATTEMPT_ORIGIN_UNSPECIFIED`: Never returned.
 * - `ATTEMPT_ORIGIN_CHAIN`: A try of a chain of a campaign group. It has a group, a list and a record.
 * - `ATTEMPT_ORIGIN_TEST`: A test message of a campaign group. It has a group, but no list or record, and counts nowhere.
 * - `ATTEMPT_ORIGIN_ANSWER`: The answer to what a person wrote: STOP, HELP, a keyword. It has no group, list or record.
 */
export type AttemptOrigin = 
  | "ATTEMPT_ORIGIN_UNSPECIFIED"
  | "ATTEMPT_ORIGIN_CHAIN"
  | "ATTEMPT_ORIGIN_TEST"
  | "ATTEMPT_ORIGIN_ANSWER";

/** Prevents attempts to the same device or client at the same time, across all campaign groups and channels of a tenant. A tenant that changed nothing has the defaults. */
export interface AttemptPolicy {
  /**
   * If true, no other call or message to the same number or client is allowed while a call is in progress: from the check that allowed it until its outcome is reported.
   * Default true.
   */
  callsExclusive: boolean;
  /**
   * The longest time that a call counts as in progress, so that a lost outcome does not block a number for ever. Seconds, 60 to 86,400; default 7,200, after
   * which `campaigns` also stops waiting for the result of a call.
   */
  callHoldSeconds: number;
  /** If true, no other call or message to the same number, address or client is allowed for `message_hold_seconds` after a message. Default true. */
  messagesExclusive: boolean;
  /** How long a message counts as in progress, from the last check that allowed it. A message that never reached the network stops counting at once. Seconds, 1 to 3,600; default 60. */
  messageHoldSeconds: number;
  /** When it last changed; absent if it never did. */
  updateTime?: string;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag: string;
}

/** Prevents attempts to the same device or client at the same time, across all campaign groups and channels of a tenant. A tenant that changed nothing has the defaults. */
export interface AttemptPolicyPatch {
  /**
   * If true, no other call or message to the same number or client is allowed while a call is in progress: from the check that allowed it until its outcome is reported.
   * Default true.
   */
  callsExclusive?: boolean;
  /**
   * The longest time that a call counts as in progress, so that a lost outcome does not block a number for ever. Seconds, 60 to 86,400; default 7,200, after
   * which `campaigns` also stops waiting for the result of a call.
   */
  callHoldSeconds?: number;
  /** If true, no other call or message to the same number, address or client is allowed for `message_hold_seconds` after a message. Default true. */
  messagesExclusive?: boolean;
  /** How long a message counts as in progress, from the last check that allowed it. A message that never reached the network stops counting at once. Seconds, 1 to 3,600; default 60. */
  messageHoldSeconds?: number;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag?: string;
}

/**
 * Where an attempt is in its life.
 *
 * - `ATTEMPT_STATE_UNSPECIFIED`: Never returned; in a filter: any.
 * - `ATTEMPT_STATE_INTENDED`: Its intent is stored; it is about to be handed to the provider.
 * - `ATTEMPT_STATE_IN_FLIGHT`: With the provider; the final outcome is not known yet.
 * - `ATTEMPT_STATE_ENDED`: Ended; `outcome` says how.
 * - `ATTEMPT_STATE_REFUSED`: Not made; `refusal_reason` says why.
 * - `ATTEMPT_STATE_STALE`: Its result is unknown: it may or may not have reached the person. It is never made again by itself.
 */
export type AttemptState = 
  | "ATTEMPT_STATE_UNSPECIFIED"
  | "ATTEMPT_STATE_INTENDED"
  | "ATTEMPT_STATE_IN_FLIGHT"
  | "ATTEMPT_STATE_ENDED"
  | "ATTEMPT_STATE_REFUSED"
  | "ATTEMPT_STATE_STALE";

/**
 * The kind of change that the audit trail records for a call. The words are those of user-action dashboards in the field.
 *
 * - `AUDIT_ACTION_UNSPECIFIED`: Not audited: the call reads, or other services make it on behalf of an audited one.
 * - `AUDIT_ACTION_CREATE`: An object was created.
 * - `AUDIT_ACTION_EDIT`: An object's settings changed.
 * - `AUDIT_ACTION_DELETE`: An object was removed.
 * - `AUDIT_ACTION_ALTER`: The data behind an object changed: an import, entries added.
 * - `AUDIT_ACTION_EXECUTE`: A command was given: start a campaign group, cancel a job.
 * - `AUDIT_ACTION_EXPORT`: Data left the platform: an export, a download. The one action that a call without side effects can have.
 * - `AUDIT_ACTION_SIGN_IN`: Somebody signed in with a password or an API key, or tried to. No RPC declares this action or the next two: `identity` records them itself.
 * - `AUDIT_ACTION_REFRESH`: A sign-in session was continued with a refresh token, or that was refused.
 * - `AUDIT_ACTION_SIGN_OUT`: A sign-in session ended: its owner signed out, or a refresh token was used twice.
 */
export type AuditAction = 
  | "AUDIT_ACTION_UNSPECIFIED"
  | "AUDIT_ACTION_CREATE"
  | "AUDIT_ACTION_EDIT"
  | "AUDIT_ACTION_DELETE"
  | "AUDIT_ACTION_ALTER"
  | "AUDIT_ACTION_EXECUTE"
  | "AUDIT_ACTION_EXPORT"
  | "AUDIT_ACTION_SIGN_IN"
  | "AUDIT_ACTION_REFRESH"
  | "AUDIT_ACTION_SIGN_OUT";

/** One call that changed or exported something, or tried to; or several similar calls. */
export interface AuditEntry {
  /** Identifies the entry. UUIDv7, made by the service that was called. */
  id: string;
  /** The tenant. */
  tenantId: string;
  /** When the call began; of several calls, the first. */
  startTime?: string;
  /** How long it took, up to 2,147,483,647 milliseconds; of several calls, the first. */
  durationMs: number;
  /** The RPC: `herald.lists.v1.ContactListService/DeleteContactList`. `*` stands for many. */
  rpc: string;
  /** The kind of change. */
  action: AuditAction;
  /**
   * `user`, `api_key` or `service`; `none` for sign-ins to accounts that do not exist; `*` stands for many.
   * A sign-in has the account that was tried as its caller, since nobody knows who tried it.
   */
  callerKind: string;
  /** Id of the user or API key, or name of the service. Empty if the account does not exist: the name that was typed is not stored. */
  callerId: string;
  /** The `x-request-id` of the call; of several calls, the first. */
  requestId: string;
  /** Ids named in the request and the response, by field name: `contact_list_id` → UUID. Never contact data. */
  objectIds: { [key: string]: string };
  /**
   * The canonical code with which the call ended: `OK`, `ABORTED`. For sign-ins: `UNAUTHENTICATED` for wrong credentials, `RESOURCE_EXHAUSTED` when the
   * caller had to wait.
   */
  status: string;
  /**
   * The IP address from which the edge got the call; empty for calls within the mesh, and for entries made before addresses were stored.
   * If `count` can grow, of an IPv6 address only the network of 64 bits (`2001:db8:1:2::/64`). `*` stands for many addresses: after 200 entries of a tenant,
   * process and hour, addresses are no longer told apart; after 1,000, callers neither.
   */
  clientAddress: string;
  /** Number of calls that this entry stands for, 1 to 2,000,000,000. */
  count: number;
  /** When the last of them began. */
  lastTime?: string;
  /** Email of the user or name of the API key as it is now; empty if that is gone, and for other callers. */
  callerName: string;
}

/** Which fields are wrong, and what would be right. */
export interface BadRequest {
  "@type": "type.googleapis.com/google.rpc.BadRequest";
  fieldViolations: Array<{
    field: string;
    description: string;
  }>;
}

/**
 * The outcome of a voice attempt, with exactly the integer codes that are usual in the field (0 to 53).
 *
 * - `CALL_RESULT_UNSPECIFIED`: Code 0: no result yet.
 * - `CALL_RESULT_TRANSFERRED`: Telephony layer only: transferred. Kept for import and export.
 * - `CALL_RESULT_CONFERENCED`: Telephony layer only: conferenced.
 * - `CALL_RESULT_GENERAL_ERROR`: Unclassified failure.
 * - `CALL_RESULT_SYSTEM_ERROR`: Internal fault before dialing. Does not count as an attempt.
 * - `CALL_RESULT_REMOTE_RELEASE`: The far end hung up before classification.
 * - `CALL_RESULT_BUSY`: Busy: SIP 486 or 600, Q.850 17.
 * - `CALL_RESULT_NO_ANSWER`: Nobody answered within the ring time.
 * - `CALL_RESULT_SIT_DETECTED`: Special information tone, kind unknown.
 * - `CALL_RESULT_ANSWERING_MACHINE_DETECTED`: An answering machine took the call.
 * - `CALL_RESULT_ALL_TRUNKS_BUSY`: No trunk was free. Does not count as an attempt.
 * - `CALL_RESULT_SIT_INVALID_NUMBER`: The number is not valid.
 * - `CALL_RESULT_SIT_VACANT_CODE`: The number is not allocated.
 * - `CALL_RESULT_SIT_OPERATOR_INTERCEPT`: The number has changed.
 * - `CALL_RESULT_SIT_UNKNOWN`: A tone that could not be classified.
 * - `CALL_RESULT_SIT_NO_CIRCUIT`: No circuit to the destination.
 * - `CALL_RESULT_SIT_REORDER`: The network was congested.
 * - `CALL_RESULT_FAX_DETECTED`: A fax machine took the call.
 * - `CALL_RESULT_QUEUE_FULL`: Telephony layer only: queue full.
 * - `CALL_RESULT_CLEARED`: Telephony layer only: cleared.
 * - `CALL_RESULT_OVERFLOWED`: Telephony layer only: overflowed.
 * - `CALL_RESULT_ABANDONED`: A person answered and hung up before an agent was ready.
 * - `CALL_RESULT_REDIRECTED`: Telephony layer only: redirected.
 * - `CALL_RESULT_FORWARDED`: Telephony layer only: forwarded.
 * - `CALL_RESULT_CONSULT`: Telephony layer only: consult.
 * - `CALL_RESULT_PICKED_UP`: Telephony layer only: picked up.
 * - `CALL_RESULT_DROPPED`: A person answered, and we released the call because no agent was ready.
 * - `CALL_RESULT_DROPPED_ON_NO_ANSWER`: The call was given to an agent who did not answer.
 * - `CALL_RESULT_UNKNOWN_CALL_RESULT`: Never dialed: the initial value of every record.
 * - `CALL_RESULT_COVERED`: Telephony layer only: covered.
 * - `CALL_RESULT_CONVERSE_ON`: Telephony layer only: converse-on.
 * - `CALL_RESULT_BRIDGED`: Telephony layer only: bridged.
 * - `CALL_RESULT_SILENCE`: Connected, but no voice was heard.
 * - `CALL_RESULT_ANSWER`: A person answered.
 * - `CALL_RESULT_NU_TONE`: Number-unobtainable tone.
 * - `CALL_RESULT_NO_DIAL_TONE`: No dial tone.
 * - `CALL_RESULT_NO_PROGRESS`: No progress signal in time.
 * - `CALL_RESULT_NO_RING_BACK`: No ring back.
 * - `CALL_RESULT_NO_ESTABLISHED`: Signalling connected, but media did not.
 * - `CALL_RESULT_PAGER_DETECTED`: A pager took the call.
 * - `CALL_RESULT_WRONG_PARTY`: The right number, the wrong person.
 * - `CALL_RESULT_DIAL_ERROR`: Refused before or at origination.
 * - `CALL_RESULT_CALL_DROP_ERROR`: The call could not be released.
 * - `CALL_RESULT_SWITCH_ERROR`: Fault of the voice back-end. Does not count as an attempt.
 * - `CALL_RESULT_NO_FREE_PORT`: No port or channel was free. Does not count as an attempt.
 * - `CALL_RESULT_TRANSFER_ERROR`: The transfer failed.
 * - `CALL_RESULT_STALE`: No result came in time: the result of the attempt is unknown.
 * - `CALL_RESULT_AGENT_CALLBACK_ERROR`: A personal callback was due and its agent was not available.
 * - `CALL_RESULT_GROUP_CALLBACK_ERROR`: A campaign callback was due and the group could not take it.
 * - `CALL_RESULT_DEAFENED`: Telephony layer only: deafened.
 * - `CALL_RESULT_HELD`: Telephony layer only: held.
 * - `CALL_RESULT_DO_NOT_CALL`: Suppressed, or asked not to be called.
 * - `CALL_RESULT_CANCEL_RECORD`: Cancelled.
 * - `CALL_RESULT_WRONG_NUMBER`: The person can never be reached at this number.
 */
export type CallResult = 
  | "CALL_RESULT_UNSPECIFIED"
  | "CALL_RESULT_TRANSFERRED"
  | "CALL_RESULT_CONFERENCED"
  | "CALL_RESULT_GENERAL_ERROR"
  | "CALL_RESULT_SYSTEM_ERROR"
  | "CALL_RESULT_REMOTE_RELEASE"
  | "CALL_RESULT_BUSY"
  | "CALL_RESULT_NO_ANSWER"
  | "CALL_RESULT_SIT_DETECTED"
  | "CALL_RESULT_ANSWERING_MACHINE_DETECTED"
  | "CALL_RESULT_ALL_TRUNKS_BUSY"
  | "CALL_RESULT_SIT_INVALID_NUMBER"
  | "CALL_RESULT_SIT_VACANT_CODE"
  | "CALL_RESULT_SIT_OPERATOR_INTERCEPT"
  | "CALL_RESULT_SIT_UNKNOWN"
  | "CALL_RESULT_SIT_NO_CIRCUIT"
  | "CALL_RESULT_SIT_REORDER"
  | "CALL_RESULT_FAX_DETECTED"
  | "CALL_RESULT_QUEUE_FULL"
  | "CALL_RESULT_CLEARED"
  | "CALL_RESULT_OVERFLOWED"
  | "CALL_RESULT_ABANDONED"
  | "CALL_RESULT_REDIRECTED"
  | "CALL_RESULT_FORWARDED"
  | "CALL_RESULT_CONSULT"
  | "CALL_RESULT_PICKED_UP"
  | "CALL_RESULT_DROPPED"
  | "CALL_RESULT_DROPPED_ON_NO_ANSWER"
  | "CALL_RESULT_UNKNOWN_CALL_RESULT"
  | "CALL_RESULT_COVERED"
  | "CALL_RESULT_CONVERSE_ON"
  | "CALL_RESULT_BRIDGED"
  | "CALL_RESULT_SILENCE"
  | "CALL_RESULT_ANSWER"
  | "CALL_RESULT_NU_TONE"
  | "CALL_RESULT_NO_DIAL_TONE"
  | "CALL_RESULT_NO_PROGRESS"
  | "CALL_RESULT_NO_RING_BACK"
  | "CALL_RESULT_NO_ESTABLISHED"
  | "CALL_RESULT_PAGER_DETECTED"
  | "CALL_RESULT_WRONG_PARTY"
  | "CALL_RESULT_DIAL_ERROR"
  | "CALL_RESULT_CALL_DROP_ERROR"
  | "CALL_RESULT_SWITCH_ERROR"
  | "CALL_RESULT_NO_FREE_PORT"
  | "CALL_RESULT_TRANSFER_ERROR"
  | "CALL_RESULT_STALE"
  | "CALL_RESULT_AGENT_CALLBACK_ERROR"
  | "CALL_RESULT_GROUP_CALLBACK_ERROR"
  | "CALL_RESULT_DEAFENED"
  | "CALL_RESULT_HELD"
  | "CALL_RESULT_DO_NOT_CALL"
  | "CALL_RESULT_CANCEL_RECORD"
  | "CALL_RESULT_WRONG_NUMBER";

/** A campaign: contact lists, a channel, content and rules that run together. */
export interface CampaignGroup {
  /** Identifies the group within the tenant. UUID, set by the server. */
  id: string;
  /** Shown to people. Unique within the tenant, 1 to 120 characters. */
  name: string;
  /** What it is for, up to 500 characters. */
  description: string;
  /** The state of the group. Only the commands load, start, pause, resume and stop change it, never an update. */
  state: CampaignGroupState;
  /** Contact lists whose people it contacts, 1 to 50. Cannot be changed once the group is loaded. */
  contactListIds: Array<string>;
  /** How it reaches people. Cannot be changed once the group is loaded. */
  channel: Channel;
  /** What is sent, for SMS and email. */
  content?: MessageContent;
  /** How calls are made, for voice. */
  voice?: VoiceSettings;
  /** Suppression lists in addition to the required ones, up to 50. */
  suppressionListIds: Array<string>;
  /** Compliance rules in addition to the required ones, up to 50. */
  ruleIds: Array<string>;
  /** What follows an outcome, up to 50. The first treatment whose trigger fits and whose count is not used up is applied. If there is none, the chain is finished. */
  treatments: Array<Treatment>;
  /** Most messages per minute, for SMS and email, up to 1,000,000; 0 means as fast as the provider accepts them. */
  messagesPerMinute: number;
  /** When it was created. */
  createTime?: string;
  /** When it last changed. */
  updateTime?: string;
  /** Changes on every write, including changes of state. Send back the value you read and a lost update is refused. */
  etag: string;
  /** Why it was stopped, in the words of the person who stopped it. Empty if no reason was given, and after the group is loaded again. */
  stopReason: string;
  /**
   * If false (the default), each number and address is contacted through only one record: the first that has it, in the order of the lists. Other records keep their other devices; a record
   * with no device left is left out as `duplicate_device`. If true, each number and address is contacted as often as the lists contain it. Cannot be changed once the group is loaded.
   */
  allowDuplicates: boolean;
  /** Why it contacts people; marketing unless said. Emails for marketing carry a link to unsubscribe and the headers with which mail programs offer it (`List-Unsubscribe`, RFC 8058). */
  purpose: Purpose;
  /** The program for which people are contacted; empty means the tenant's usual one. People who opted out of this program are not contacted. Cannot be changed once the group is loaded. */
  programId: string;
  /**
   * The tenant's provider through which it reaches people, of the group's channel; empty means the tenant's default provider of the channel, or else the platform's own. A running group goes on with
   * another one within seconds after a change.
   */
  providerId: string;
}

/** A campaign: contact lists, a channel, content and rules that run together. */
export interface CampaignGroupInput {
  /** Shown to people. Unique within the tenant, 1 to 120 characters. */
  name: string;
  /** What it is for, up to 500 characters. */
  description?: string;
  /** Contact lists whose people it contacts, 1 to 50. Cannot be changed once the group is loaded. */
  contactListIds?: Array<string>;
  /** How it reaches people. Cannot be changed once the group is loaded. */
  channel?: Channel;
  /** What is sent, for SMS and email. */
  content?: MessageContentInput;
  /** How calls are made, for voice. */
  voice?: VoiceSettingsInput;
  /** Suppression lists in addition to the required ones, up to 50. */
  suppressionListIds?: Array<string>;
  /** Compliance rules in addition to the required ones, up to 50. */
  ruleIds?: Array<string>;
  /** What follows an outcome, up to 50. The first treatment whose trigger fits and whose count is not used up is applied. If there is none, the chain is finished. */
  treatments?: Array<TreatmentInput>;
  /** Most messages per minute, for SMS and email, up to 1,000,000; 0 means as fast as the provider accepts them. */
  messagesPerMinute?: number;
  /** Changes on every write, including changes of state. Send back the value you read and a lost update is refused. */
  etag?: string;
  /**
   * If false (the default), each number and address is contacted through only one record: the first that has it, in the order of the lists. Other records keep their other devices; a record
   * with no device left is left out as `duplicate_device`. If true, each number and address is contacted as often as the lists contain it. Cannot be changed once the group is loaded.
   */
  allowDuplicates?: boolean;
  /** Why it contacts people; marketing unless said. Emails for marketing carry a link to unsubscribe and the headers with which mail programs offer it (`List-Unsubscribe`, RFC 8058). */
  purpose?: Purpose;
  /** The program for which people are contacted; empty means the tenant's usual one. People who opted out of this program are not contacted. Cannot be changed once the group is loaded. */
  programId?: string;
  /**
   * The tenant's provider through which it reaches people, of the group's channel; empty means the tenant's default provider of the channel, or else the platform's own. A running group goes on with
   * another one within seconds after a change.
   */
  providerId?: string;
}

/** A campaign: contact lists, a channel, content and rules that run together. */
export interface CampaignGroupPatch {
  /** Shown to people. Unique within the tenant, 1 to 120 characters. */
  name?: string;
  /** What it is for, up to 500 characters. */
  description?: string;
  /** Contact lists whose people it contacts, 1 to 50. Cannot be changed once the group is loaded. */
  contactListIds?: Array<string>;
  /** How it reaches people. Cannot be changed once the group is loaded. */
  channel?: Channel;
  /** What is sent, for SMS and email. */
  content?: MessageContentInput;
  /** How calls are made, for voice. */
  voice?: VoiceSettingsInput;
  /** Suppression lists in addition to the required ones, up to 50. */
  suppressionListIds?: Array<string>;
  /** Compliance rules in addition to the required ones, up to 50. */
  ruleIds?: Array<string>;
  /** What follows an outcome, up to 50. The first treatment whose trigger fits and whose count is not used up is applied. If there is none, the chain is finished. */
  treatments?: Array<TreatmentInput>;
  /** Most messages per minute, for SMS and email, up to 1,000,000; 0 means as fast as the provider accepts them. */
  messagesPerMinute?: number;
  /** Changes on every write, including changes of state. Send back the value you read and a lost update is refused. */
  etag?: string;
  /**
   * If false (the default), each number and address is contacted through only one record: the first that has it, in the order of the lists. Other records keep their other devices; a record
   * with no device left is left out as `duplicate_device`. If true, each number and address is contacted as often as the lists contain it. Cannot be changed once the group is loaded.
   */
  allowDuplicates?: boolean;
  /** Why it contacts people; marketing unless said. Emails for marketing carry a link to unsubscribe and the headers with which mail programs offer it (`List-Unsubscribe`, RFC 8058). */
  purpose?: Purpose;
  /** The program for which people are contacted; empty means the tenant's usual one. People who opted out of this program are not contacted. Cannot be changed once the group is loaded. */
  programId?: string;
  /**
   * The tenant's provider through which it reaches people, of the group's channel; empty means the tenant's default provider of the channel, or else the platform's own. A running group goes on with
   * another one within seconds after a change.
   */
  providerId?: string;
}

/**
 * The states of a campaign group.
 *
 * - `CAMPAIGN_GROUP_STATE_UNSPECIFIED`: Never returned.
 * - `CAMPAIGN_GROUP_STATE_NOT_LOADED`: It has settings, but no queue. May be loaded, started, changed and deleted.
 * - `CAMPAIGN_GROUP_STATE_LOADING`: Its lists are being put into the dial queue.
 * - `CAMPAIGN_GROUP_STATE_ACTIVE`: Its queue is complete, but it is not dialing. May be started.
 * - `CAMPAIGN_GROUP_STATE_RUNNING`: It is dialing. May be paused and stopped.
 * - `CAMPAIGN_GROUP_STATE_PAUSED`: It is interrupted: no new attempt begins. May be resumed and stopped.
 * - `CAMPAIGN_GROUP_STATE_STOPPED`: Every chain is closed, or somebody stopped it. May be deleted, or loaded or started again with a LoadMode.
 */
export type CampaignGroupState = 
  | "CAMPAIGN_GROUP_STATE_UNSPECIFIED"
  | "CAMPAIGN_GROUP_STATE_NOT_LOADED"
  | "CAMPAIGN_GROUP_STATE_LOADING"
  | "CAMPAIGN_GROUP_STATE_ACTIVE"
  | "CAMPAIGN_GROUP_STATE_RUNNING"
  | "CAMPAIGN_GROUP_STATE_PAUSED"
  | "CAMPAIGN_GROUP_STATE_STOPPED";

/** Asks to stop an import. */
export type CancelImportBody = { [key: string]: never };

/** The request to stop is stored. */
export interface CancelImportResponse {
  /** The import as it is now. */
  import?: Import;
}

/** Asks to stop a job. */
export type CancelJobBody = { [key: string]: never };

/** The request to stop is stored. */
export interface CancelJobResponse {
  /** The job as it is now. */
  job?: Job;
}

/**
 * Which attempts a cap counts.
 *
 * - `CAP_SCOPE_UNSPECIFIED`: Read as CAP_SCOPE_TENANT on create; never returned.
 * - `CAP_SCOPE_TENANT`: All attempts of the tenant.
 * - `CAP_SCOPE_CAMPAIGN_GROUP`: Only attempts of the same campaign group.
 */
export type CapScope = 
  | "CAP_SCOPE_UNSPECIFIED"
  | "CAP_SCOPE_TENANT"
  | "CAP_SCOPE_CAMPAIGN_GROUP";

/**
 * Whose attempts a cap counts together.
 *
 * - `CAP_SUBJECT_UNSPECIFIED`: Read as CAP_SUBJECT_DEVICE on create; never returned.
 * - `CAP_SUBJECT_DEVICE`: Attempts to one number or address.
 * - `CAP_SUBJECT_CLIENT_ID`: Attempts to all devices of one client id. Attempts without a client id are counted by device.
 */
export type CapSubject = 
  | "CAP_SUBJECT_UNSPECIFIED"
  | "CAP_SUBJECT_DEVICE"
  | "CAP_SUBJECT_CLIENT_ID";

/** One contact in the queue of one group, with its devices. */
export interface Chain {
  /** The group. */
  campaignGroupId: string;
  /** The record, which also identifies the chain within the group. */
  recordId: string;
  /** The contact list of the record. */
  contactListId: string;
  /** The tenant's own key for the customer. */
  clientId: string;
  /** Why it is queued. */
  recordType: RecordType;
  /** Its status. */
  recordStatus: RecordStatus;
  /** Devices that fit the channel, in order: the N of `DeviceN`. */
  deviceIndexes: Array<number>;
  /** The device that is tried now, or next. */
  nextDeviceIndex: number;
  /** Attempts made. */
  attempts: number;
  /** How the last attempt ended; absent if none has ended. */
  lastOutcome?: Outcome;
  /** Why the last try was refused, as compliance's RefusalReason in lower case; empty if it was not refused. */
  refusalReason: string;
  /** The attempt in flight, or the last one. */
  attemptId: string;
  /** No attempt begins before this time; absent if the chain is closed. */
  nextTime?: string;
  /** How often each treatment was applied so far, in the order of the group's treatments. */
  treatmentCounts: Array<number>;
  /** When it last changed. */
  updateTime?: string;
  /** Name of the person. Empty without `lists.read`, if the record no longer exists, and while `lists` does not answer. */
  contactName: string;
  /** The number or address that is tried now or next, or was tried last. Empty in the same cases as `contact_name`. */
  contactInfo: string;
  /** Time zones in which its owner may be; the first is used to show the person's time. Empty in the same cases as `contact_name`. */
  zones: Array<string>;
}

/**
 * A way to reach a device.
 *
 * - `CHANNEL_UNSPECIFIED`: Never returned; in a filter: any.
 * - `CHANNEL_VOICE`: A phone call.
 * - `CHANNEL_SMS`: A text message.
 * - `CHANNEL_EMAIL`: An email.
 */
export type Channel = 
  | "CHANNEL_UNSPECIFIED"
  | "CHANNEL_VOICE"
  | "CHANNEL_SMS"
  | "CHANNEL_EMAIL";

/** Asks for a check of one attempt. */
export interface CheckAttemptRequest {
  /** The attempt. */
  check: AttemptCheck;
}

/** The answer. */
export interface CheckAttemptResponse {
  /** The decision, stored as proof. */
  decision?: Decision;
}

/** Asks for a check of a content. */
export interface CheckContentRequest {
  /** Contact lists whose people would get it, up to 50. */
  contactListIds?: Array<string>;
  /** The content to check. */
  content?: MessageContentInput;
  /** SMS or email, for a preview of the message. Without a channel there is no preview. */
  channel?: Channel;
  /** The contact list of the record whose values fill the preview. */
  contactListId?: string;
  /** The record. Without one, `sample_values` fill the preview. With one, the caller needs `lists.read`. */
  recordId?: string;
  /** Values by the names that the content uses, if no record is given: at most 100, each up to 1,000 characters. A name without a value gets an example: `Ann` for `first_name`, `[plan]` for a custom field. */
  sampleValues?: { [key: string]: string };
}

/** Which placeholders would be empty, and how the message would look. */
export interface CheckContentResponse {
  /** Placeholders that would be empty for some people: each name once for each field of the content. */
  placeholderProblems: Array<PlaceholderProblem>;
  /** Names for which every one of the lists has a column, in alphabetical order. */
  knownNames: Array<string>;
  /** The message as one person would get it; absent without a channel, and while `dial`, which makes it, does not answer. */
  preview?: MessagePreview;
}

/** Asks to look for the records. */
export interface CheckEmailDomainBody {
  /** If true, nobody is asked, and waiting keys begin to sign at once: for platforms that reach no name server, after the records were published. */
  withoutDns?: boolean;
}

/** The records were looked for. */
export interface CheckEmailDomainResponse {
  /** The domain as it is now. */
  emailDomain?: EmailDomain;
}

/** Asks for a claim. */
export interface ClaimSenderRequest {
  /**
   * A phone number, a short code of up to 6 digits, a name, an email address, or `@` and a domain; up to 320 characters. An email address claims its domain with all
   * domains below it; with free mail, only the address itself.
   */
  sender: string;
}

/** The claim is held. */
export interface ClaimSenderResponse {
  /** The sender. */
  sender?: Sender;
}

/** The credentials of a program. */
export interface ClientCredentialsGrant {
  /** Id of the API key. */
  clientId: string;
  /** The secret that was shown when the key was created. */
  clientSecret: string;
}

/** Asks for a copy of a template. */
export interface CloneMessageTemplateBody {
  /** Name of the copy: unique within the tenant, 1 to 120 characters. */
  name: string;
  /** UUID made by the caller; the same id again returns the first result. */
  requestId?: string;
}

/** The copy. */
export interface CloneMessageTemplateResponse {
  /** The new template. */
  messageTemplate?: MessageTemplate;
}

/** One column of a file. */
export interface ColumnPreview {
  /** Its header. */
  header: string;
  /** The field that it maps to; empty if the column is left out. */
  field: string;
  /** Up to 3 of its values. */
  samples: Array<string>;
}

/** Asks to confirm an opt-out. */
export type ConfirmOptOutBody = { [key: string]: never };

/** The opt-out holds. */
export interface ConfirmOptOutResponse {
  /** The opt-out. */
  optOut?: OptOut;
}

/** A person, known by client id, numbers and addresses. */
export interface Contact {
  /** Identifies the contact within the tenant. UUID, set by the server. */
  id: string;
  /** The tenant's own key for the customer; empty if not known. */
  clientId: string;
  /** First name; empty if not known. */
  firstName: string;
  /** Last name; empty if not known. */
  lastName: string;
  /** Numbers and addresses, oldest first. */
  identities: Array<ContactIdentity>;
  /** When the contact became known. */
  createTime?: string;
  /** When its data last changed. */
  updateTime?: string;
  /** When its latest interaction began; absent if there was none. */
  lastInteractionTime?: string;
}

/** One number or address of a contact. */
export interface ContactIdentity {
  /** E.164 number or email address. */
  value: string;
  /** Whether it is a number or an address. */
  kind: IdentityKind;
  /** When it became known. */
  createTime?: string;
}

/**
 * The type of a device, with exactly the integer codes that are usual in the field (0 to 10).
 *
 * - `CONTACT_INFO_TYPE_UNSPECIFIED`: Code 0: unknown.
 * - `CONTACT_INFO_TYPE_HOME_PHONE`: Home phone.
 * - `CONTACT_INFO_TYPE_DIRECT_BUSINESS_PHONE`: Direct business phone.
 * - `CONTACT_INFO_TYPE_BUSINESS_WITH_EXTENSION`: Business phone with extension.
 * - `CONTACT_INFO_TYPE_MOBILE`: Mobile phone.
 * - `CONTACT_INFO_TYPE_VACATION_PHONE`: Vacation phone.
 * - `CONTACT_INFO_TYPE_PAGER`: Pager.
 * - `CONTACT_INFO_TYPE_MODEM`: Modem.
 * - `CONTACT_INFO_TYPE_VOICE_MAIL`: Voice mail.
 * - `CONTACT_INFO_TYPE_PIN_PAGER`: PIN pager.
 * - `CONTACT_INFO_TYPE_EMAIL`: Email address.
 */
export type ContactInfoType = 
  | "CONTACT_INFO_TYPE_UNSPECIFIED"
  | "CONTACT_INFO_TYPE_HOME_PHONE"
  | "CONTACT_INFO_TYPE_DIRECT_BUSINESS_PHONE"
  | "CONTACT_INFO_TYPE_BUSINESS_WITH_EXTENSION"
  | "CONTACT_INFO_TYPE_MOBILE"
  | "CONTACT_INFO_TYPE_VACATION_PHONE"
  | "CONTACT_INFO_TYPE_PAGER"
  | "CONTACT_INFO_TYPE_MODEM"
  | "CONTACT_INFO_TYPE_VOICE_MAIL"
  | "CONTACT_INFO_TYPE_PIN_PAGER"
  | "CONTACT_INFO_TYPE_EMAIL";

/** A named set of contacts that campaign groups draw from. */
export interface ContactList {
  /** Identifies the list within the tenant. UUID, set by the server. */
  id: string;
  /** Shown to people. Unique within the tenant, 1 to 120 characters. */
  name: string;
  /** What it is for, up to 500 characters. */
  description: string;
  /** Where the list is in its life. Imports move it; updates cannot. */
  state: ContactListState;
  /** Country of numbers that are written without a country code (ISO 3166-1 alpha-2); empty means the tenant's. */
  defaultRegion: string;
  /** Records in the list. */
  recordCount: string;
  /** When it was created. */
  createTime?: string;
  /** When it or its records last changed. */
  updateTime?: string;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag: string;
}

/** A named set of contacts that campaign groups draw from. */
export interface ContactListInput {
  /** Shown to people. Unique within the tenant, 1 to 120 characters. */
  name: string;
  /** What it is for, up to 500 characters. */
  description?: string;
  /** Country of numbers that are written without a country code (ISO 3166-1 alpha-2); empty means the tenant's. */
  defaultRegion?: string;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag?: string;
}

/** A named set of contacts that campaign groups draw from. */
export interface ContactListPatch {
  /** Shown to people. Unique within the tenant, 1 to 120 characters. */
  name?: string;
  /** What it is for, up to 500 characters. */
  description?: string;
  /** Country of numbers that are written without a country code (ISO 3166-1 alpha-2); empty means the tenant's. */
  defaultRegion?: string;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag?: string;
}

/**
 * Where a contact list is in its life.
 *
 * - `CONTACT_LIST_STATE_UNSPECIFIED`: Never returned.
 * - `CONTACT_LIST_STATE_EMPTY`: No records yet.
 * - `CONTACT_LIST_STATE_IMPORTING`: An import is under way; until it succeeds, the records from before are used.
 * - `CONTACT_LIST_STATE_READY`: Has records.
 */
export type ContactListState = 
  | "CONTACT_LIST_STATE_UNSPECIFIED"
  | "CONTACT_LIST_STATE_EMPTY"
  | "CONTACT_LIST_STATE_IMPORTING"
  | "CONTACT_LIST_STATE_READY";

/**
 * Times of day, in local time, at which contacts in some places may be reached. If several windows apply (federal, state, the tenant's own), all must be
 * open in every zone in which the contact may be. The first and last five minutes of a window are not used. When clocks change, a local time that occurs twice or never must be open by both readings.
 */
export interface ContactWindow {
  /** Places to which it applies: `US`, `US-TX`; `*` for everywhere. */
  places: Array<string>;
  /** Open times. A weekday that is not named is closed. */
  openTimes: Array<OpenTime>;
}

/**
 * Times of day, in local time, at which contacts in some places may be reached. If several windows apply (federal, state, the tenant's own), all must be
 * open in every zone in which the contact may be. The first and last five minutes of a window are not used. When clocks change, a local time that occurs twice or never must be open by both readings.
 */
export interface ContactWindowInput {
  /** Places to which it applies: `US`, `US-TX`; `*` for everywhere. */
  places?: Array<string>;
  /** Open times. A weekday that is not named is closed. */
  openTimes?: Array<OpenTimeInput>;
}

/** Asks for a new key. There is no `request_id`: a repeat could not show the secret again. */
export interface CreateApiKeyRequest {
  /** Name, roles and expiry. */
  apiKey: ApiKeyInput;
}

/** The new key. */
export interface CreateApiKeyResponse {
  /** The key; its id is the client id. */
  apiKey?: ApiKey;
  /** The client secret. Keep it: it is not shown again. */
  secret: string;
}

/** Asks for a new group. */
export interface CreateCampaignGroupRequest {
  /** The group. */
  campaignGroup: CampaignGroupInput;
  /** UUID made by the caller; the same id again returns the first result. */
  requestId?: string;
}

/** The new group. */
export interface CreateCampaignGroupResponse {
  /** The group. */
  campaignGroup?: CampaignGroup;
}

/** Asks for a new list. */
export interface CreateContactListRequest {
  /** Name, description and region. */
  contactList: ContactListInput;
  /** UUID made by the caller; the same id again returns the first result. */
  requestId?: string;
}

/** The new list. */
export interface CreateContactListResponse {
  /** The list. */
  contactList?: ContactList;
}

/** Asks for a new keyword. */
export interface CreateKeywordRequest {
  /** Kind, program, language, words and answer. */
  keyword: KeywordInput;
  /** UUID made by the caller; the same id again returns the first result. */
  requestId?: string;
}

/** The new keyword. */
export interface CreateKeywordResponse {
  /** The keyword. */
  keyword?: Keyword;
}

/** Asks for a new template. */
export interface CreateMessageTemplateRequest {
  /** The template. */
  messageTemplate: MessageTemplateInput;
  /** UUID made by the caller; the same id again returns the first result. */
  requestId?: string;
}

/** The new template. */
export interface CreateMessageTemplateResponse {
  /** The template. */
  messageTemplate?: MessageTemplate;
}

/** Asks for a new program. */
export interface CreateProgramRequest {
  /** Name, language and contact words. */
  program: ProgramInput;
  /** UUID made by the caller; the same id again returns the first result. */
  requestId?: string;
}

/** The new program. */
export interface CreateProgramResponse {
  /** The program. */
  program?: Program;
}

/** Asks for a new provider. */
export interface CreateProviderRequest {
  /** The provider. */
  provider: ProviderInput;
  /** UUID made by the caller; the same id again returns the first result. */
  requestId?: string;
}

/** The new provider. */
export interface CreateProviderResponse {
  /** The provider. */
  provider?: Provider;
}

/** Asks for a new role. */
export interface CreateRoleRequest {
  /** Name, description and permissions. */
  role: RoleInput;
  /** UUID made by the caller; the same id again returns the first result. */
  requestId?: string;
}

/** The new role. */
export interface CreateRoleResponse {
  /** The role. */
  role?: Role;
}

/** Asks for a new rule. */
export interface CreateRuleRequest {
  /** The rule. */
  rule: RuleInput;
  /** UUID made by the caller; the same id again returns the first result. */
  requestId?: string;
}

/** The new rule. */
export interface CreateRuleResponse {
  /** The rule. */
  rule?: Rule;
}

/** Asks for a new list. */
export interface CreateSuppressionListRequest {
  /** Name, description, kind, channels and whether it is required. */
  suppressionList: SuppressionListInput;
  /** UUID made by the caller; the same id again returns the first result. */
  requestId?: string;
}

/** The new list. */
export interface CreateSuppressionListResponse {
  /** The list. */
  suppressionList?: SuppressionList;
}

/** Asks for a new tenant. */
export interface CreateTenantRequest {
  /** Its slug, name and settings; the defaults of the settings are `US`, `America/New_York` and `en-US`. */
  tenant: TenantInput;
  /** Email of the first administrator. */
  adminEmail: string;
  /** Password of the first administrator, 10 to 200 characters. */
  adminPassword: string;
  /** UUID made by the caller; the same id again returns the first result. */
  requestId?: string;
}

/** The new tenant. */
export interface CreateTenantResponse {
  /** The tenant. */
  tenant?: Tenant;
  /** Id of its first administrator. */
  adminUserId: string;
}

/** Asks for a new user. */
export interface CreateUserRequest {
  /** Email, name and roles. */
  user: UserInput;
  /** First password, 10 to 200 characters. */
  password: string;
  /** UUID made by the caller; the same id again returns the first result. */
  requestId?: string;
}

/** The new user. */
export interface CreateUserResponse {
  /** The user. */
  user?: User;
}

/** The result of one check, stored as proof. */
export interface Decision {
  /** The attempt; for a "what if" check an id made by the server. */
  attemptId: string;
  /** Whether the attempt may be made now. */
  verdict: Verdict;
  /** The reason of the first rule that refused; unspecified if allowed. */
  reason: RefusalReason;
  /** Id of the rule or suppression list that refused; `builtin:<name>` for one that is part of Herald; empty if allowed. */
  ruleId: string;
  /** Its name, for people. */
  ruleName: string;
  /** For people: `It is 21:40 for the contact in America/New_York; calls are allowed 08:00 to 21:00, tried from 08:05 to 20:55.` Holds no number, address or name. */
  explanation: string;
  /** The earliest time at which the same attempt could be allowed; absent if time alone will never make it allowed. */
  earliestTime?: string;
  /** When the decision was made. */
  decideTime?: string;
  /** All time zones in which contact windows were checked. */
  zones: Array<string>;
  /** The channel of the attempt. */
  channel: Channel;
  /** The number or address of the attempt. */
  contactInfo: string;
  /** The client of the attempt. */
  clientId: string;
  /** The campaign group of the attempt. */
  campaignGroupId: string;
}

/** The key is gone. */
export type DeleteApiKeyResponse = { [key: string]: never };

/** The group is deleted. */
export type DeleteCampaignGroupResponse = { [key: string]: never };

/** The list is gone. */
export type DeleteContactListResponse = { [key: string]: never };

/** The domain is gone. */
export type DeleteEmailDomainResponse = { [key: string]: never };

/** The message is gone. */
export type DeleteHeldMessageResponse = { [key: string]: never };

/** The keyword is gone. */
export type DeleteKeywordResponse = { [key: string]: never };

/** The template is deleted. */
export type DeleteMessageTemplateResponse = { [key: string]: never };

/** The program is gone. */
export type DeleteProgramResponse = { [key: string]: never };

/** The provider is deleted. */
export type DeleteProviderResponse = { [key: string]: never };

/** The role is gone. */
export type DeleteRoleResponse = { [key: string]: never };

/** The rule is deleted. */
export type DeleteRuleResponse = { [key: string]: never };

/** The list is gone. */
export type DeleteSuppressionListResponse = { [key: string]: never };

/** The user is gone. */
export type DeleteUserResponse = { [key: string]: never };

/**
 * The outcome of a message (SMS or email). It is separate from CallResult, so that no code is added to those of the field.
 *
 * - `DELIVERY_STATE_UNSPECIFIED`: Not a message, or nothing known yet.
 * - `DELIVERY_STATE_SENT`: The provider accepted it; a receipt may follow.
 * - `DELIVERY_STATE_DELIVERED`: Delivery to the device is confirmed.
 * - `DELIVERY_STATE_DEFERRED`: The provider asks to try later (throttled, greylisted, mailbox full).
 * - `DELIVERY_STATE_EXPIRED`: It was not delivered within its validity.
 * - `DELIVERY_STATE_UNDELIVERABLE`: The destination can never receive it (SMPP UNDELIV).
 * - `DELIVERY_STATE_REJECTED`: The provider or its filter refused it.
 * - `DELIVERY_STATE_FAILED`: Any other final failure.
 * - `DELIVERY_STATE_SOFT_BOUNCE`: Email: SMTP 4xx after the last retry.
 * - `DELIVERY_STATE_HARD_BOUNCE`: Email: SMTP 5.1.x, the address does not exist.
 * - `DELIVERY_STATE_UNKNOWN`: The result is unknown: the connection broke before the provider's answer, or no receipt came in time.
 */
export type DeliveryState = 
  | "DELIVERY_STATE_UNSPECIFIED"
  | "DELIVERY_STATE_SENT"
  | "DELIVERY_STATE_DELIVERED"
  | "DELIVERY_STATE_DEFERRED"
  | "DELIVERY_STATE_EXPIRED"
  | "DELIVERY_STATE_UNDELIVERABLE"
  | "DELIVERY_STATE_REJECTED"
  | "DELIVERY_STATE_FAILED"
  | "DELIVERY_STATE_SOFT_BOUNCE"
  | "DELIVERY_STATE_HARD_BOUNCE"
  | "DELIVERY_STATE_UNKNOWN";

/** A phone number or an address. */
export interface Device {
  /** Place in the chain, 1 to 10: the N of `DeviceN`. */
  index: number;
  /** The type of the device. */
  type: ContactInfoType;
  /** E.164 (`+12025550123`) or an email address in lower case. */
  contactInfo: string;
  /** Country of the number, ISO 3166-1 alpha-2; empty for email. */
  country: string;
  /** Area code of a +1 number; empty otherwise. */
  areaCode: string;
  /** State or region of the number if its prefix shows it; empty otherwise. */
  state: string;
  /** All IANA zones in which the device may be, by number and address together. Never empty. */
  zones: Array<string>;
}

/**
 * Dialing modes, with the integer codes that are usual in the industry.
 *
 * - `DIALING_MODE_UNSPECIFIED`: Not voice.
 * - `DIALING_MODE_PROGRESSIVE`: Dials for agents that are ready now.
 * - `DIALING_MODE_POWER`: Dials at a fixed rate, for announcements.
 */
export type DialingMode = 
  | "DIALING_MODE_UNSPECIFIED"
  | "DIALING_MODE_PROGRESSIVE"
  | "DIALING_MODE_POWER";

/**
 * How a key signs.
 *
 * - `DKIM_ALGORITHM_UNSPECIFIED`: Never returned.
 * - `DKIM_ALGORITHM_RSA`: RSA of 2048 bits (`rsa-sha256`), which every receiver knows.
 * - `DKIM_ALGORITHM_ED25519`: Ed25519 (`ed25519-sha256`, RFC 8463), beside RSA.
 */
export type DkimAlgorithm = 
  | "DKIM_ALGORITHM_UNSPECIFIED"
  | "DKIM_ALGORITHM_RSA"
  | "DKIM_ALGORITHM_ED25519";

/** One key of a domain, and the DNS record that verifies what it has signed. */
export interface DkimKey {
  /** The name of the key in DNS and in signatures. Unique within the domain. */
  selector: string;
  /** How it signs. */
  algorithm: DkimAlgorithm;
  /** Whether it signs. */
  state: DkimKeyState;
  /** The name of the TXT record to publish: `h20260302ab12r._domainkey.example.com`. */
  recordName: string;
  /** The value of the record, up to 1,000 characters. Name servers take it in pieces of 255. */
  recordValue: string;
  /** What is wrong with the record, for people, as it was seen last; empty if it is right, or was never looked for. */
  recordProblem: string;
  /** When the record was looked for last; absent if never. */
  checkTime?: string;
  /** When the key was made. */
  createTime?: string;
  /** When it began to sign; absent if it did not yet. */
  signTime?: string;
  /** When it ceased to sign. Leave its record in DNS for a week after that: what it has signed is still on its way. */
  retireTime?: string;
}

/**
 * Whether a key signs.
 *
 * - `DKIM_KEY_STATE_UNSPECIFIED`: Never returned.
 * - `DKIM_KEY_STATE_PENDING`: It waits for its DNS record, and signs nothing: a signature that nobody can verify is worse than none.
 * - `DKIM_KEY_STATE_SIGNING`: It signs.
 * - `DKIM_KEY_STATE_RETIRED`: A newer key signs in its place.
 */
export type DkimKeyState = 
  | "DKIM_KEY_STATE_UNSPECIFIED"
  | "DKIM_KEY_STATE_PENDING"
  | "DKIM_KEY_STATE_SIGNING"
  | "DKIM_KEY_STATE_RETIRED";

/** What is known of an email before it is sent. */
export interface EmailDetails {
  /** Size of the HTML in bytes. */
  htmlBytes: number;
  /** True if the plain part was made of the HTML. */
  textFromHtml: boolean;
  /** What may keep people from reading it. Warnings prevent nothing. */
  warnings: Array<EmailWarning>;
}

/** A domain from which the tenant sends email, with the keys that sign it (DKIM, RFC 6376). Emails from the domain, and from domains below it that have no keys of their own, are signed with every key that signs. */
export interface EmailDomain {
  /** The domain in the form that DNS uses: `example.com`, `xn--bcher-kva.example`. Identifies it within the tenant. */
  domain: string;
  /** Its keys, the newest first. Secrets are never returned. */
  dkimKeys: Array<DkimKey>;
  /** When it was added. */
  createTime?: string;
}

/** What may keep people from reading an email. */
export interface EmailWarning {
  /** The kind: `html_too_large` (over 102 KB, where mail programs clip it), `image_without_alt`, `only_images`, `link_not_https`, `link_empty`, `no_unsubscribe` (marketing without a way to unsubscribe), `no_subject`, `form_or_script`. */
  kind: string;
  /** How often it occurs. */
  count: number;
  /** For people, with what would be right. */
  explanation: string;
}

/** One detail; `@type` says which. */
export type ErrorDetail = ErrorInfo | BadRequest | RetryInfo;

/** Which error. */
export interface ErrorInfo {
  "@type": "type.googleapis.com/google.rpc.ErrorInfo";
  /** A value of the service's `ErrorReason`. */
  reason: string;
  /** The service that gave it. */
  domain: string;
  /** The variable parts of the message. */
  metadata: { [key: string]: string };
}

/** Why an attempt was allowed or refused. */
export interface ExplainAttemptResponse {
  /** The stored decision. */
  decision?: Decision;
  /** The verdict of every rule that applied, in the order of the rules, with the facts of that moment. */
  ruleVerdicts: Array<RuleVerdict>;
}

/** One key. */
export interface GetApiKeyResponse {
  /** The key. */
  apiKey?: ApiKey;
}

/** The policy. */
export interface GetAttemptPolicyResponse {
  /** The policy as it is now. */
  attemptPolicy?: AttemptPolicy;
}

/** One attempt. */
export interface GetAttemptResponse {
  /** The attempt. */
  attempt?: Attempt;
}

/** One group. */
export interface GetCampaignGroupResponse {
  /** The group. */
  campaignGroup?: CampaignGroup;
  /** Its progress. */
  progress?: Progress;
}

/** One chain. */
export interface GetChainResponse {
  /** The chain. */
  chain?: Chain;
}

/** One list. */
export interface GetContactListResponse {
  /** The list. */
  contactList?: ContactList;
}

/** One contact. */
export interface GetContactResponse {
  /** The contact. */
  contact?: Contact;
}

/** One domain. */
export interface GetEmailDomainResponse {
  /** The domain. */
  emailDomain?: EmailDomain;
}

/** One import. */
export interface GetImportResponse {
  /** The import. */
  import?: Import;
}

/** One interaction. */
export interface GetInteractionResponse {
  /** The interaction. */
  interaction?: Interaction;
}

/** One job. */
export interface GetJobResponse {
  /** The job. */
  job?: Job;
}

/** One keyword. */
export interface GetKeywordResponse {
  /** The keyword. */
  keyword?: Keyword;
}

/** One template. */
export interface GetMessageTemplateResponse {
  /** The template. */
  messageTemplate?: MessageTemplate;
}

/** One version. */
export interface GetMessageTemplateVersionResponse {
  /** The version. */
  version?: MessageTemplateVersion;
}

/** The policy. */
export interface GetOptOutPolicyResponse {
  /** The policy as it is now. */
  optOutPolicy?: OptOutPolicy;
}

/** One opt-out. */
export interface GetOptOutResponse {
  /** The opt-out. */
  optOut?: OptOut;
}

/** One program. */
export interface GetProgramResponse {
  /** The program. */
  program?: Program;
}

/** How the counts of a run changed. */
export interface GetProgressHistoryResponse {
  /** The requested run; absent if the group had no run, or if the run is no longer stored. */
  run?: Run;
  /** Its points, oldest first. Counts were the same from one point until `run.interval_seconds` before the next point. */
  points: Array<ProgressPoint>;
  /** All stored runs, newest first: the last ten of the group. */
  runs: Array<Run>;
}

/** One provider. */
export interface GetProviderResponse {
  /** The provider. */
  provider?: Provider;
}

/** One record. */
export interface GetRecordResponse {
  /** The record. */
  record?: Record;
}

/** One role. */
export interface GetRoleResponse {
  /** The role. */
  role?: Role;
}

/** One rule. */
export interface GetRuleResponse {
  /** The rule. */
  rule?: Rule;
}

/** One session. */
export interface GetSessionResponse {
  /** The session. */
  session?: Session;
}

/** One list. */
export interface GetSuppressionListResponse {
  /** The list. */
  suppressionList?: SuppressionList;
}

/** The caller's tenant. */
export interface GetTenantResponse {
  /** The tenant. */
  tenant?: Tenant;
}

/** One user. */
export interface GetUserResponse {
  /** The user. */
  user?: User;
}

/** A message or receipt that waits for a person. */
export interface HeldMessage {
  /** Identifies it. UUID, set by the server. */
  id: string;
  /** Why it is held. */
  reason: HeldReason;
  /** The number that it came from, as the message centre wrote it. */
  fromAddress: string;
  /** The number that it was sent to, as the message centre wrote it. */
  toAddress: string;
  /** Its text, as far as it could be read. */
  text: string;
  /** For an opt-out: the number of tenants for which it holds nevertheless, because they have sent messages to `from_address`. */
  optedOutTenants: number;
  /** When it arrived. */
  receiveTime?: string;
}

/**
 * Why a message is held.
 *
 * - `HELD_REASON_UNSPECIFIED`: Never returned.
 * - `HELD_REASON_STRANGER`: No tenant is known to have sent messages from `to_address` to `from_address`.
 * - `HELD_REASON_OPT_OUT`: It is an opt-out, and it is not known for which tenant.
 * - `HELD_REASON_RECEIPT_UNREADABLE`: It is marked as a delivery receipt, but cannot be read.
 */
export type HeldReason = 
  | "HELD_REASON_UNSPECIFIED"
  | "HELD_REASON_STRANGER"
  | "HELD_REASON_OPT_OUT"
  | "HELD_REASON_RECEIPT_UNREADABLE";

/** What is known about a person. */
export interface IdentifyContactRequest {
  /** The tenant's own key for the customer. */
  clientId?: string;
  /** A phone number, E.164 or in the notation of the tenant's region. */
  phone?: string;
  /** An email address. */
  email?: string;
  /** Stored if the contact has no name yet. */
  firstName?: string;
  /** Stored if the contact has no name yet. */
  lastName?: string;
}

/** The person. */
export interface IdentifyContactResponse {
  /** The contact. */
  contact?: Contact;
  /** True if this call created it. */
  created: boolean;
}

/**
 * Whether an identity is a number or an address.
 *
 * - `IDENTITY_KIND_UNSPECIFIED`: Never returned.
 * - `IDENTITY_KIND_PHONE`: A phone number.
 * - `IDENTITY_KIND_EMAIL`: An email address.
 */
export type IdentityKind = 
  | "IDENTITY_KIND_UNSPECIFIED"
  | "IDENTITY_KIND_PHONE"
  | "IDENTITY_KIND_EMAIL";

/** One import of a file into a list. */
export interface Import {
  /** Identifies the import within the tenant. UUID, set by the server. */
  id: string;
  /** The list. */
  contactListId: string;
  /** Its job, for progress and cancelling. */
  jobId: string;
  /** Name of the file; empty if the caller gave none. */
  fileName: string;
  /** Where it is in its life. */
  state: ImportState;
  /** Whether the file adds to the list or takes its place. */
  mode: ImportMode;
  /** The mapping of columns: header → field. Headers that map to nothing are absent. */
  mapping: { [key: string]: string };
  /** Character set found or given: `utf-8`. */
  encoding: string;
  /** Separator found or given: `,`. */
  delimiter: string;
  /** Rows of the file without its header. */
  rowCount: string;
  /** Rows that were accepted: added, updated or skipped. */
  acceptedCount: string;
  /** Rows that were rejected; DownloadRejectedRows returns them all. */
  rejectedCount: string;
  /** Rejected rows by reason: `duplicate_in_file`, `no_device`, `column_count`, `quote_misplaced`, `device_invalid`, `country_unknown` (the number has no country code, and the row's country is not understood), `value_rounded` (a spreadsheet wrote the client id as `1.59E+17`), `value_too_long`, `encoding`. */
  rejectedByReason: { [key: string]: string };
  /**
   * Values that were left out of accepted rows, by reason: devices of rows that had another device too (`device_invalid`, `duplicate_in_row`,
   * `too_many_devices`: a cell may have several, but a record has at most ten; `fax`), and zones that do not exist (`zone_unknown`).
   */
  droppedDevicesByReason: { [key: string]: string };
  /** Why it failed, for people; empty otherwise. */
  errorMessage: string;
  /** When it began. */
  createTime?: string;
  /** When it ended; absent while it goes on. */
  endTime?: string;
  /** How it treated rows that the list had already. */
  knownRecords: KnownRecords;
  /** Accepted rows that became new records. */
  addedCount: string;
  /** Accepted rows that changed a record. */
  updatedCount: string;
  /** Accepted rows whose records existed and stayed as they were. */
  skippedCount: string;
  /** Records that a REPLACE removed, since they are not in the file. */
  removedCount: string;
  /** Line of the header, from 1; lines before it are notes. 0 until it is found. */
  headerLine: string;
  /** Whether `encoding` is a guess that may be wrong: the file is not UTF-8, and the caller did not give its encoding. */
  isEncodingGuessed: boolean;
}

/** The result of the import. */
export interface ImportEntriesResponse {
  /** The list with its new count. */
  suppressionList?: SuppressionList;
  /** Rows of the file without its header. */
  rowCount: string;
  /** Rows that were read without a fault; a value that is there twice counts twice. */
  acceptedCount: string;
  /** Rows with a fault; their other values are suppressed nevertheless. */
  rejectedCount: string;
  /** The first 1,000 rejected rows. */
  rejectedRows: Array<RejectedRow>;
  /** Entries that were not there before. */
  addedCount: string;
  /** Rows that were left out since they say that they may be contacted. Accepted, rejected and left out rows are all rows. */
  leftOutCount: string;
  /** The columns that were read: header → field; empty for a file of bare values. */
  mapping: { [key: string]: string };
  /** Character set found or given: `utf-8`. */
  encoding: string;
  /** Separator found or given: `,`. */
  delimiter: string;
  /** Line of the header, from 1; lines before it are notes. 0 for a file without a header. */
  headerLine: string;
  /** Whether `encoding` is a guess that may be wrong. */
  isEncodingGuessed: boolean;
}

/**
 * What an import does to the records of the list.
 *
 * - `IMPORT_MODE_UNSPECIFIED`: Read as IMPORT_MODE_APPEND.
 * - `IMPORT_MODE_APPEND`: Adds to them.
 * - `IMPORT_MODE_REPLACE`: Replaces them all at once when it succeeds. Records that are also in the file (as `KnownRecords` describes) keep their ids and get the file's values, so that running campaigns and history go on with these people. The others are removed. The same file again changes nothing.
 */
export type ImportMode = 
  | "IMPORT_MODE_UNSPECIFIED"
  | "IMPORT_MODE_APPEND"
  | "IMPORT_MODE_REPLACE";

/** The ended import. */
export interface ImportRecordsResponse {
  /** Counts, mapping and reasons. */
  import?: Import;
}

/**
 * Where an import is in its life.
 *
 * - `IMPORT_STATE_UNSPECIFIED`: Never returned.
 * - `IMPORT_STATE_RUNNING`: Reading; nothing of it is visible yet.
 * - `IMPORT_STATE_SUCCEEDED`: All accepted rows are visible.
 * - `IMPORT_STATE_FAILED`: Nothing of it is visible; `error_message` says why.
 * - `IMPORT_STATE_CANCELLED`: Stopped on request; nothing of it is visible.
 */
export type ImportState = 
  | "IMPORT_STATE_UNSPECIFIED"
  | "IMPORT_STATE_RUNNING"
  | "IMPORT_STATE_SUCCEEDED"
  | "IMPORT_STATE_FAILED"
  | "IMPORT_STATE_CANCELLED";

/** A message from a person, also from somebody whom nobody has written to. It is in the history of the contact too, which is created if needed. */
export interface InboundMessage {
  /** The interaction of the contact. UUID, set by the server. */
  id: string;
  /** Its place among the tenant's inbound messages, from 1; none is left out. */
  sequence: string;
  /** How it came. */
  channel: Channel;
  /** The number (E.164) or address of the person, or its name or short code. */
  contactInfo: string;
  /** The tenant's own key for the customer; empty if not known. */
  clientId: string;
  /** Our number or address to which it was written. */
  ownAddress: string;
  /** The program that it answers, as far as known; the usual one has the tenant's id. */
  programId: string;
  /** What the person wrote, up to 16,384 characters. */
  text: string;
  /** What it means; unspecified for a message like any other. */
  kind: KeywordKind;
  /** True if it sounds like a refusal, and is held until a person decides. */
  uncertain: boolean;
  /** When it arrived. */
  receiveTime?: string;
}

/** One attempt made or refused, or one message received. */
export interface Interaction {
  /** Identifies the interaction within the tenant: the attempt's id, or an id made for the inbound message. */
  id: string;
  /** The contact. */
  contactId: string;
  /** Who began it. */
  direction: InteractionDirection;
  /** The channel. */
  channel: Channel;
  /** The contact's number or address. */
  contactInfo: string;
  /** Our number or address. */
  ownAddress: string;
  /** The campaign group, if there was one. */
  campaignGroupId: string;
  /** The group's name at that time. */
  campaignGroupName: string;
  /** The record, if there was one. */
  recordId: string;
  /** How the attempt ended; absent while it goes on, for refusals and for inbound messages. */
  outcome?: Outcome;
  /** Why it was refused: compliance's `RefusalReason` in lower case (`outside_window`); empty otherwise. */
  refusalReason: string;
  /** Subject of an email. */
  subject: string;
  /** Text sent or received, up to 64 KiB. */
  text: string;
  /** When it began. */
  startTime?: string;
  /** When it ended; absent while it goes on. */
  endTime?: string;
  /**
   * IANA zones in which the person may have been, by the number alone. Empty for an email address, and for a number that shows only its country if that has
   * several zones. Set by the server in its answers.
   */
  zones: Array<string>;
}

/**
 * Who began an interaction.
 *
 * - `INTERACTION_DIRECTION_UNSPECIFIED`: Never returned.
 * - `INTERACTION_DIRECTION_OUTBOUND`: We did.
 * - `INTERACTION_DIRECTION_INBOUND`: The contact did.
 */
export type InteractionDirection = 
  | "INTERACTION_DIRECTION_UNSPECIFIED"
  | "INTERACTION_DIRECTION_OUTBOUND"
  | "INTERACTION_DIRECTION_INBOUND";

/** Asks for a token with one kind of credentials. */
export interface IssueTokenRequest {
  /** A person signs in. At most one of `password`, `clientCredentials`, `refresh` is set. */
  password?: PasswordGrant;
  /** A program signs in with an API key. At most one of `password`, `clientCredentials`, `refresh` is set. */
  clientCredentials?: ClientCredentialsGrant;
  /** A sign-in session continues. At most one of `password`, `clientCredentials`, `refresh` is set. */
  refresh?: RefreshGrant;
}

/** A token. */
export interface IssueTokenResponse {
  /** The access token. Send it as `authorization: Bearer <access_token>`. */
  accessToken: string;
  /** Always `Bearer`. */
  tokenType: string;
  /** Seconds until the access token expires. */
  expiresInSeconds: number;
  /** Continues the session; empty for client credentials. Valid for 30 days. */
  refreshToken: string;
  /** The permissions of the token. */
  permissions: Array<string>;
  /** The caller's tenant. */
  tenantId: string;
  /** Id of the user or API key. */
  subjectId: string;
  /**
   * Store it with the tenant and email, also after signing out, and send it with the next password. It gives no access by itself. Empty unless a password
   * was given.
   */
  deviceToken: string;
  /** Number of wrong passwords for this user since the last sign-in with the right one. Show it to the user, since no email is sent about them. */
  refusedSignIns: number;
  /** When the last wrong password was tried; absent if there was none. */
  lastRefusedSignInTime?: string;
}

/** One piece of long work. The service that registered it does the work. */
export interface Job {
  /** Identifies the job within the tenant. UUID, made by the service that does the work. */
  id: string;
  /** The kind of work: `lists.import`. */
  kind: string;
  /** The service that does the work: `lists`. */
  service: string;
  /** Shown to people: `Import spring.csv into Spring`. */
  title: string;
  /** The object it works on: a contact list, an import. */
  objectId: string;
  /** Where it is in its life. */
  state: JobState;
  /** Units done. */
  doneUnits: string;
  /** Units in total; 0 while not known. */
  totalUnits: string;
  /** The unit: `rows`, `bytes`. */
  unit: string;
  /** Present rate in units a second. */
  unitsPerSecond: number;
  /** Estimated seconds until the end; 0 while not known. */
  remainingSeconds: string;
  /** Counts to show to people: `accepted` → 9700. */
  counts: { [key: string]: string };
  /** Why it failed, for people; empty otherwise. */
  errorMessage: string;
  /** True after somebody asked to stop it. The service that does the work notices within seconds. */
  cancelRequested: boolean;
  /** When it was registered. */
  createTime?: string;
  /** When its service last reported. */
  updateTime?: string;
  /** When it ended; absent while it goes on. */
  endTime?: string;
}

/**
 * Where a job is in its life.
 *
 * - `JOB_STATE_UNSPECIFIED`: Never returned; in a filter: any.
 * - `JOB_STATE_RUNNING`: Work goes on.
 * - `JOB_STATE_SUCCEEDED`: Ended with success.
 * - `JOB_STATE_FAILED`: Ended with an error; `error_message` says why.
 * - `JOB_STATE_CANCELLED`: Stopped on request.
 */
export type JobState = 
  | "JOB_STATE_UNSPECIFIED"
  | "JOB_STATE_RUNNING"
  | "JOB_STATE_SUCCEEDED"
  | "JOB_STATE_FAILED"
  | "JOB_STATE_CANCELLED";

/**
 * Words that people write by SMS, what they mean, and what is answered. Herald knows the usual words for STOP, START and HELP in many languages, and answers them;
 * a keyword adds words, or changes the answer. Case, accents, punctuation, quotes, emoji, invisible characters, repeated letters and polite words do not matter.
 */
export interface Keyword {
  /** Identifies the keyword within the tenant. UUID, set by the server. */
  id: string;
  /** What the words mean. Cannot be changed. */
  kind: KeywordKind;
  /** The program to whose messages people answer with it; empty means every program. Cannot be changed. */
  programId: string;
  /** The language of words and answer: `en`, `pt-BR`. Empty means any. */
  language: string;
  /** Up to 50 words or phrases of up to 40 characters, in addition to the usual ones. At least one for KEYWORD_KIND_OWN. None may mean something else already. */
  words: Array<string>;
  /**
   * What is answered, up to 459 characters. `{{ program }}` is the program's name, `{{ contact }}` its contact words. Empty means the usual answer; required for KEYWORD_KIND_OWN
   * unless `silent`.
   */
  answer: string;
  /** If true, nothing is answered, for example because the carrier does. */
  silent: boolean;
  /** When it was created. */
  createTime?: string;
  /** When it last changed. */
  updateTime?: string;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag: string;
}

/**
 * Words that people write by SMS, what they mean, and what is answered. Herald knows the usual words for STOP, START and HELP in many languages, and answers them;
 * a keyword adds words, or changes the answer. Case, accents, punctuation, quotes, emoji, invisible characters, repeated letters and polite words do not matter.
 */
export interface KeywordInput {
  /** What the words mean. Cannot be changed. */
  kind: KeywordKind;
  /** The program to whose messages people answer with it; empty means every program. Cannot be changed. */
  programId?: string;
  /** The language of words and answer: `en`, `pt-BR`. Empty means any. */
  language?: string;
  /** Up to 50 words or phrases of up to 40 characters, in addition to the usual ones. At least one for KEYWORD_KIND_OWN. None may mean something else already. */
  words?: Array<string>;
  /**
   * What is answered, up to 459 characters. `{{ program }}` is the program's name, `{{ contact }}` its contact words. Empty means the usual answer; required for KEYWORD_KIND_OWN
   * unless `silent`.
   */
  answer?: string;
  /** If true, nothing is answered, for example because the carrier does. */
  silent?: boolean;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag?: string;
}

/**
 * What a keyword means.
 *
 * - `KEYWORD_KIND_UNSPECIFIED`: Never returned.
 * - `KEYWORD_KIND_STOP`: The person refuses. It is answered once, when the refusal begins to hold.
 * - `KEYWORD_KIND_START`: The person takes back what STOP did, and nothing else. It is answered when there was something to take back.
 * - `KEYWORD_KIND_HELP`: The person asks who is writing. It is answered once an hour at most.
 * - `KEYWORD_KIND_OWN`: The tenant's own word. It is answered once in ten minutes at most.
 */
export type KeywordKind = 
  | "KEYWORD_KIND_UNSPECIFIED"
  | "KEYWORD_KIND_STOP"
  | "KEYWORD_KIND_START"
  | "KEYWORD_KIND_HELP"
  | "KEYWORD_KIND_OWN";

/**
 * Words that people write by SMS, what they mean, and what is answered. Herald knows the usual words for STOP, START and HELP in many languages, and answers them;
 * a keyword adds words, or changes the answer. Case, accents, punctuation, quotes, emoji, invisible characters, repeated letters and polite words do not matter.
 */
export interface KeywordPatch {
  /** What the words mean. Cannot be changed. */
  kind?: KeywordKind;
  /** The program to whose messages people answer with it; empty means every program. Cannot be changed. */
  programId?: string;
  /** The language of words and answer: `en`, `pt-BR`. Empty means any. */
  language?: string;
  /** Up to 50 words or phrases of up to 40 characters, in addition to the usual ones. At least one for KEYWORD_KIND_OWN. None may mean something else already. */
  words?: Array<string>;
  /**
   * What is answered, up to 459 characters. `{{ program }}` is the program's name, `{{ contact }}` its contact words. Empty means the usual answer; required for KEYWORD_KIND_OWN
   * unless `silent`.
   */
  answer?: string;
  /** If true, nothing is answered, for example because the carrier does. */
  silent?: boolean;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag?: string;
}

/** How a message would be understood. */
export interface KeywordReading {
  /** What it means; unspecified if it is a message like any other. */
  kind: KeywordKind;
  /** True if it sounds like a refusal but is not certain: it is held at once, and a person decides. */
  uncertain: boolean;
  /** The tenant's keyword that decided; empty for Herald's usual words. */
  keywordId: string;
  /** The language in which it was said, as far as the word tells it. */
  language: string;
  /** What would be answered; empty if nothing. */
  answer: string;
}

/**
 * What IMPORT_MODE_APPEND does with a row that the list has already. A row belongs to the record with its client id. If the row or the record has no client id, it
 * belongs to the record that has one of its devices. Two different client ids are two people, even if they share devices.
 *
 * - `KNOWN_RECORDS_UNSPECIFIED`: Read as KNOWN_RECORDS_SKIP.
 * - `KNOWN_RECORDS_SKIP`: Leaves the record as it is.
 * - `KNOWN_RECORDS_UPDATE`: Gives the record the row's values, and keeps its id. Values whose columns the file does not have stay as they were. Devices are replaced as a whole, and postal code, state, country and zone together. Of several rows for one record the first counts, and the others are skipped.
 * - `KNOWN_RECORDS_ADD`: Adds the row as a record of its own, so that this person is in the list twice.
 */
export type KnownRecords = 
  | "KNOWN_RECORDS_UNSPECIFIED"
  | "KNOWN_RECORDS_SKIP"
  | "KNOWN_RECORDS_UPDATE"
  | "KNOWN_RECORDS_ADD";

/** A record that gave no chain when its group was loaded. */
export interface LeftOut {
  /** The record. */
  recordId: string;
  /** The contact list of the record. */
  contactListId: string;
  /** The tenant's own key for the customer. */
  clientId: string;
  /** Why: `no_device_for_channel`, `duplicate_device`; `suppressed_device`, `suppressed_client` if suppressed without an end; `location_forbidden`, `outside_window` if attempts to this place are never allowed. */
  reason: string;
  /** Name of the person. Empty without `lists.read`, and if the record no longer exists. */
  contactName: string;
  /** Its devices, in order. Empty without `lists.read`, and if the record no longer exists. */
  contactInfos: Array<string>;
}

/** One page of keys. */
export interface ListApiKeysResponse {
  /** The keys. */
  apiKeys: Array<ApiKey>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of attempts. */
export interface ListAttemptsResponse {
  /** The attempts. */
  attempts: Array<Attempt>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of the trail. */
export interface ListAuditEntriesResponse {
  /** The entries. */
  auditEntries: Array<AuditEntry>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of groups. */
export interface ListCampaignGroupsResponse {
  /** The groups. */
  campaignGroups: Array<CampaignGroup>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of history. */
export interface ListContactHistoryResponse {
  /** The interactions. */
  interactions: Array<Interaction>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of lists. */
export interface ListContactListsResponse {
  /** The lists. */
  contactLists: Array<ContactList>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of decisions. */
export interface ListDecisionsResponse {
  /** The decisions. */
  decisions: Array<Decision>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** All domains. */
export interface ListEmailDomainsResponse {
  /** The domains. */
  emailDomains: Array<EmailDomain>;
}

/** One page of entries. */
export interface ListEntriesResponse {
  /** The entries. */
  entries: Array<SuppressionEntry>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of held messages. */
export interface ListHeldMessagesResponse {
  /** The messages. */
  heldMessages: Array<HeldMessage>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of imports. */
export interface ListImportsResponse {
  /** The imports. */
  imports: Array<Import>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of messages. */
export interface ListInboundMessagesResponse {
  /** The messages. */
  inboundMessages: Array<InboundMessage>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of jobs. */
export interface ListJobsResponse {
  /** The jobs. */
  jobs: Array<Job>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** All keywords; a tenant has at most 200. */
export interface ListKeywordsResponse {
  /** The keywords. */
  keywords: Array<Keyword>;
}

/** One page of records that were left out. */
export interface ListLeftOutResponse {
  /** The records. */
  leftOut: Array<LeftOut>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of uses. */
export interface ListMessageTemplateUsesResponse {
  /** The uses. */
  uses: Array<MessageTemplateUse>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of versions. */
export interface ListMessageTemplateVersionsResponse {
  /** The versions, without their texts. */
  versions: Array<MessageTemplateVersion>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of templates. */
export interface ListMessageTemplatesResponse {
  /** The templates, without the texts of their drafts. */
  messageTemplates: Array<MessageTemplate>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of corrections. */
export interface ListOptOutCorrectionsResponse {
  /** The corrections. */
  corrections: Array<OptOutCorrection>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of opt-outs. */
export interface ListOptOutsResponse {
  /** The opt-outs. */
  optOuts: Array<OptOut>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** The permissions that roles can hold. */
export interface ListPermissionsResponse {
  /** In alphabetical order. */
  permissions: Array<Permission>;
}

/** All programs; a tenant has at most 100. */
export interface ListProgramsResponse {
  /** The programs. */
  programs: Array<Program>;
}

/** One page of providers. */
export interface ListProvidersResponse {
  /** The providers. */
  providers: Array<Provider>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of chains. */
export interface ListQueuedResponse {
  /** The chains. */
  chains: Array<Chain>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of roles. */
export interface ListRolesResponse {
  /** The roles. */
  roles: Array<Role>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of rules. */
export interface ListRulesResponse {
  /** The rules. */
  rules: Array<Rule>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of senders. */
export interface ListSendersResponse {
  /** The senders. */
  senders: Array<Sender>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of sessions. */
export interface ListSessionsResponse {
  /** The sessions. */
  sessions: Array<Session>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of lists. */
export interface ListSuppressionListsResponse {
  /** The lists. */
  suppressionLists: Array<SuppressionList>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of tenants. */
export interface ListTenantsResponse {
  /** The tenants. */
  tenants: Array<Tenant>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of undelivered messages. */
export interface ListUndeliveredResponse {
  /** The messages. */
  undelivered: Array<Undelivered>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
  /** Services that did not answer; their messages are missing here. */
  unreachedServices: Array<string>;
}

/** One page of users. */
export interface ListUsersResponse {
  /** The users. */
  users: Array<User>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** Asks to load a group. */
export interface LoadCampaignGroupBody {
  /** Whom to contact after an earlier run. Has no effect on a group that was never loaded. */
  mode?: LoadMode;
}

/** The group after the command. */
export interface LoadCampaignGroupResponse {
  /** The group as it is now. */
  campaignGroup?: CampaignGroup;
}

/**
 * Whom to contact after an earlier run.
 *
 * - `LOAD_MODE_UNSPECIFIED`: For a group that had no run yet. After a run it is refused, so that nobody gets a second message by mistake.
 * - `LOAD_MODE_CONTINUE`: Continues with the people whom the previous run did not finish: those cancelled by the stop (their attempts and retries still count), and those not contacted because every attempt was refused, who are checked again. People who are new in the lists are added. People who were reached, whose retries are used up or whose last attempt has an unknown outcome are not contacted again.
 * - `LOAD_MODE_ANEW`: Forgets the previous run and contacts everybody, including people who were reached.
 */
export type LoadMode = 
  | "LOAD_MODE_UNSPECIFIED"
  | "LOAD_MODE_CONTINUE"
  | "LOAD_MODE_ANEW";

/** Places where no attempts are made. */
export interface LocationRule {
  /** Countries (`US`), states (`US-TX`) and +1 area codes (`+1617`). */
  places: Array<string>;
}

/** Places where no attempts are made. */
export interface LocationRuleInput {
  /** Countries (`US`), states (`US-TX`) and +1 area codes (`+1617`). */
  places?: Array<string>;
}

/** The lists with an entry for the value. */
export interface LookUpEntriesResponse {
  /** One for each list that has an entry, whether it holds now or not. */
  hits: Array<SuppressionHit>;
}

/**
 * The content of messages. Subject, text and HTML are Liquid templates with the values of the record: `Hello {{ first_name }}`. Custom fields are used by their names.
 * In an email, `{{ unsubscribe_url }}` is the link to the page where the person unsubscribes.
 */
export interface MessageContent {
  /** Sender: an email address (`news@example.com` or `News <news@example.com>`, up to 320 characters, the domain in any script), or a number or name for SMS; empty means the provider's default. */
  from: string;
  /** Subject of an email: one line of up to 500 characters. Invisible characters are allowed only if their script needs them; direction marks and tag characters are not. */
  subject: string;
  /** Text of an SMS, up to 2,000 characters, or the plain part of an email, up to 100,000 characters. */
  text: string;
  /** HTML part of an email, up to 500,000 characters. Values of the record are escaped. */
  html: string;
  /**
   * If true, an SMS is sent with plain characters instead of typographic ones: `'` and `"` for quotes of any form, `-` for dashes, `...` for an ellipsis, `*` for bullets.
   * A single typographic character makes the whole text Unicode, and then one part has 70 characters instead of 160. False by default: the text is sent as it was written.
   * In both cases, separate accents are joined with their letters, and unusual spaces become normal ones. Only for SMS.
   */
  plainSigns?: boolean;
  /** A published message template that takes the place of subject, text, HTML and `plain_signs`, which are left out then. It must be of the group's channel. Empty for a content of its own. */
  messageTemplateId?: string;
  /** The version of the template that is sent: 0 to 2,147,483,647. 0 means the newest one: a group that runs sends what is published from then on, without being paused. Only with `message_template_id`. */
  messageTemplateVersion?: number;
}

/**
 * The content of messages. Subject, text and HTML are Liquid templates with the values of the record: `Hello {{ first_name }}`. Custom fields are used by their names.
 * In an email, `{{ unsubscribe_url }}` is the link to the page where the person unsubscribes.
 */
export interface MessageContentInput {
  /** Sender: an email address (`news@example.com` or `News <news@example.com>`, up to 320 characters, the domain in any script), or a number or name for SMS; empty means the provider's default. */
  from?: string;
  /** Subject of an email: one line of up to 500 characters. Invisible characters are allowed only if their script needs them; direction marks and tag characters are not. */
  subject?: string;
  /** Text of an SMS, up to 2,000 characters, or the plain part of an email, up to 100,000 characters. */
  text?: string;
  /** HTML part of an email, up to 500,000 characters. Values of the record are escaped. */
  html?: string;
  /**
   * If true, an SMS is sent with plain characters instead of typographic ones: `'` and `"` for quotes of any form, `-` for dashes, `...` for an ellipsis, `*` for bullets.
   * A single typographic character makes the whole text Unicode, and then one part has 70 characters instead of 160. False by default: the text is sent as it was written.
   * In both cases, separate accents are joined with their letters, and unusual spaces become normal ones. Only for SMS.
   */
  plainSigns?: boolean;
  /** A published message template that takes the place of subject, text, HTML and `plain_signs`, which are left out then. It must be of the group's channel. Empty for a content of its own. */
  messageTemplateId?: string;
  /** The version of the template that is sent: 0 to 2,147,483,647. 0 means the newest one: a group that runs sends what is published from then on, without being paused. Only with `message_template_id`. */
  messageTemplateVersion?: number;
}

/** A message as it would be sent to one person. */
export interface MessagePreview {
  /** Subject of an email. */
  subject: string;
  /** Text; for an SMS exactly the characters that are sent. */
  text: string;
  /** HTML part of an email. */
  html: string;
  /** Why nothing would be sent to this person, for people: a template that does not parse, or a text that is empty or too long. Then the other fields are empty. */
  fault: string;
  /** Size of an SMS; absent for email. */
  smsSize?: SmsSize;
}

/** A message that campaigns and people use again and again, in one or more languages. People work on its draft. Publishing makes an immutable version of the draft, and only versions are sent. */
export interface MessageTemplate {
  /** Identifies the template within the tenant. UUID, set by the server. */
  id: string;
  /** Shown to people. Unique within the tenant, 1 to 120 characters. */
  name: string;
  /** What it is for; up to 500 characters. */
  description: string;
  /** SMS or email. It cannot be changed. */
  channel: Channel;
  /** Whether it can be used. Publishing moves it. */
  state: MessageTemplateState;
  /** What is being written. Lists of templates leave its texts out. */
  draft?: MessageTemplateContent;
  /** The newest version, which is the one that is sent; 0 before the first. */
  publishedVersion: number;
  /** True if the draft differs from the newest version, or there is none. */
  hasUnpublishedChanges: boolean;
  /** When it was created. */
  createTime?: string;
  /** When it was last changed or published. */
  updateTime?: string;
  /** Changes on every write. Send back the value you read, and a lost update is refused. */
  etag: string;
}

/** What a template says. All texts together have at most 1,000,000 characters. */
export interface MessageTemplateContent {
  /** The texts, one variant for each language; 1 to 30, no language twice. */
  variants: Array<MessageTemplateVariant>;
  /** The language of the variant for people whose language is not known or has no variant: BCP 47, `en` or `pt-BR`. There must be a variant of this language. Empty means that of the first variant. */
  defaultLanguage: string;
  /** The field of a record that holds the person's language; empty means `language`. Up to 64 characters. For a person with `pt-BR`, the variant `pt-BR` is taken, or else `pt`, or else that of the default language. */
  languageField: string;
  /** What happens if a value that a text shows is missing, and `fields` says nothing about it. Unspecified means REFUSE. */
  missingValues: MissingValueAction;
  /** What happens if the values of these fields are missing; at most 100, no name twice. */
  fields: Array<MessageTemplateField>;
  /** If true, an SMS is sent with plain characters instead of typographic ones, as `MessageContent.plain_signs` says. Only for SMS. */
  plainSigns: boolean;
  /** The price of one part of an SMS, for previews; absent if it is not known. Only for SMS. */
  pricePerPart?: Price;
  /** Why people get the message, for previews and tests; a campaign group says it for itself. Unspecified means marketing. Previews warn if marketing by email has no way to unsubscribe. */
  purpose: Purpose;
}

/** What a template says. All texts together have at most 1,000,000 characters. */
export interface MessageTemplateContentInput {
  /** The texts, one variant for each language; 1 to 30, no language twice. */
  variants: Array<MessageTemplateVariantInput>;
  /** The language of the variant for people whose language is not known or has no variant: BCP 47, `en` or `pt-BR`. There must be a variant of this language. Empty means that of the first variant. */
  defaultLanguage?: string;
  /** The field of a record that holds the person's language; empty means `language`. Up to 64 characters. For a person with `pt-BR`, the variant `pt-BR` is taken, or else `pt`, or else that of the default language. */
  languageField?: string;
  /** What happens if a value that a text shows is missing, and `fields` says nothing about it. Unspecified means REFUSE. */
  missingValues?: MissingValueAction;
  /** What happens if the values of these fields are missing; at most 100, no name twice. */
  fields?: Array<MessageTemplateFieldInput>;
  /** If true, an SMS is sent with plain characters instead of typographic ones, as `MessageContent.plain_signs` says. Only for SMS. */
  plainSigns?: boolean;
  /** The price of one part of an SMS, for previews; absent if it is not known. Only for SMS. */
  pricePerPart?: PriceInput;
  /** Why people get the message, for previews and tests; a campaign group says it for itself. Unspecified means marketing. Previews warn if marketing by email has no way to unsubscribe. */
  purpose?: Purpose;
}

/** What happens if the value of a field is missing: the record has no such field, or there is nothing in it that can be seen. */
export interface MessageTemplateField {
  /** The name in the placeholder: `first_name`. 1 to 64 characters: letters, digits, `_` and `-`. */
  name: string;
  /** Refuse the record, or send the default. */
  missing: MissingValueAction;
  /** What is sent instead, with MISSING_VALUE_ACTION_DEFAULT; may be empty. Up to 500 characters. */
  defaultValue: string;
}

/** What happens if the value of a field is missing: the record has no such field, or there is nothing in it that can be seen. */
export interface MessageTemplateFieldInput {
  /** The name in the placeholder: `first_name`. 1 to 64 characters: letters, digits, `_` and `-`. */
  name: string;
  /** Refuse the record, or send the default. */
  missing: MissingValueAction;
  /** What is sent instead, with MISSING_VALUE_ACTION_DEFAULT; may be empty. Up to 500 characters. */
  defaultValue?: string;
}

/** A message that campaigns and people use again and again, in one or more languages. People work on its draft. Publishing makes an immutable version of the draft, and only versions are sent. */
export interface MessageTemplateInput {
  /** Shown to people. Unique within the tenant, 1 to 120 characters. */
  name: string;
  /** What it is for; up to 500 characters. */
  description?: string;
  /** SMS or email. It cannot be changed. */
  channel: Channel;
  /** What is being written. Lists of templates leave its texts out. */
  draft: MessageTemplateContentInput;
  /** Changes on every write. Send back the value you read, and a lost update is refused. */
  etag?: string;
}

/** A message that campaigns and people use again and again, in one or more languages. People work on its draft. Publishing makes an immutable version of the draft, and only versions are sent. */
export interface MessageTemplatePatch {
  /** Shown to people. Unique within the tenant, 1 to 120 characters. */
  name?: string;
  /** What it is for; up to 500 characters. */
  description?: string;
  /** SMS or email. It cannot be changed. */
  channel?: Channel;
  /** What is being written. Lists of templates leave its texts out. */
  draft?: MessageTemplateContentInput;
  /** Changes on every write. Send back the value you read, and a lost update is refused. */
  etag?: string;
}

/** A message as one person would get it. */
export interface MessageTemplatePreview {
  /** Subject of an email. */
  subject: string;
  /** Text; for an SMS exactly the characters that are sent, for an email also the plain part that was made of its HTML. */
  text: string;
  /** HTML part of an email. */
  html: string;
  /** The language of the variant; empty if the template has one variant without a language. */
  language: string;
  /** The language of the person as the record has it; empty if it has none. */
  recordLanguage: string;
  /** Values that are missing in the record, and what happens because of that. */
  missingValues: Array<MissingValue>;
  /** Mistakes in the texts; then there is no message. */
  faults: Array<TemplateFault>;
  /** Why nothing would be sent to this person, for people: a value is missing, or the text is empty or too long. Then there is no message. */
  refusal: string;
  /** For SMS, unless there is no message. */
  sms?: SmsDetails;
  /** For email, unless there is no message. */
  email?: EmailDetails;
}

/**
 * Whether a template can be used.
 *
 * - `MESSAGE_TEMPLATE_STATE_UNSPECIFIED`: Never returned.
 * - `MESSAGE_TEMPLATE_STATE_DRAFT`: It was never published, and nothing can use it.
 * - `MESSAGE_TEMPLATE_STATE_PUBLISHED`: It has a version that can be sent. Its draft may hold newer changes.
 */
export type MessageTemplateState = 
  | "MESSAGE_TEMPLATE_STATE_UNSPECIFIED"
  | "MESSAGE_TEMPLATE_STATE_DRAFT"
  | "MESSAGE_TEMPLATE_STATE_PUBLISHED";

/** Something that uses a template. */
export interface MessageTemplateUse {
  /** The campaign group that uses it. UUID. */
  campaignGroupId: string;
  /** The group's name. */
  campaignGroupName: string;
  /** The version that the group names; 0 means the newest one. */
  version: number;
}

/** The texts of one language. Each is a Liquid template: `Hello {{ first_name }}`. */
export interface MessageTemplateVariant {
  /** BCP 47: `en`, `pt-BR`, `zh-Hant`. May be empty if the template has only one variant. Up to 35 characters. */
  language: string;
  /** Subject of an email: one line of up to 500 characters. Invisible characters are allowed only if their script needs them; direction marks and tag characters are not. */
  subject: string;
  /** Text of an SMS, up to 2,000 characters, or the plain part of an email, up to 100,000 characters. If an email has HTML and no text, its plain part is made of the HTML. */
  text: string;
  /** HTML part of an email, up to 500,000 characters. Values of the record are escaped. */
  html: string;
}

/** The texts of one language. Each is a Liquid template: `Hello {{ first_name }}`. */
export interface MessageTemplateVariantInput {
  /** BCP 47: `en`, `pt-BR`, `zh-Hant`. May be empty if the template has only one variant. Up to 35 characters. */
  language?: string;
  /** Subject of an email: one line of up to 500 characters. Invisible characters are allowed only if their script needs them; direction marks and tag characters are not. */
  subject?: string;
  /** Text of an SMS, up to 2,000 characters, or the plain part of an email, up to 100,000 characters. If an email has HTML and no text, its plain part is made of the HTML. */
  text?: string;
  /** HTML part of an email, up to 500,000 characters. Values of the record are escaped. */
  html?: string;
}

/** A published version. It never changes. */
export interface MessageTemplateVersion {
  /** 1 for the first, then one more each time. */
  version: number;
  /** What is sent. Lists of versions leave its texts out. */
  content?: MessageTemplateContent;
  /** Id of the user or API key that published it. */
  publishedBy: string;
  /** When it was published. */
  publishTime?: string;
  /** What is new in it, as its publisher says; up to 500 characters. */
  note: string;
}

/** A value that a record does not have. */
export interface MissingValue {
  /** The name in the placeholder. */
  name: string;
  /** Whether the record is refused or the default is sent. */
  action: MissingValueAction;
  /** What is sent instead, with MISSING_VALUE_ACTION_DEFAULT. */
  defaultValue: string;
}

/**
 * What happens if a value is missing.
 *
 * - `MISSING_VALUE_ACTION_UNSPECIFIED`: The default of the field that has this type.
 * - `MISSING_VALUE_ACTION_REFUSE`: The record gets no message. The attempt is refused with the reason `value_missing`.
 * - `MISSING_VALUE_ACTION_DEFAULT`: The default value takes its place: that of the field, or else nothing.
 */
export type MissingValueAction = 
  | "MISSING_VALUE_ACTION_UNSPECIFIED"
  | "MISSING_VALUE_ACTION_REFUSE"
  | "MISSING_VALUE_ACTION_DEFAULT";

/** One open time. */
export interface OpenTime {
  /** 1 (Monday) to 7 (Sunday). */
  weekdays: Array<number>;
  /** Minutes after local midnight, 0 to 1439. */
  fromMinute: number;
  /** Minutes after local midnight, 1 to 1440; after `from_minute`. */
  untilMinute: number;
}

/** One open time. */
export interface OpenTimeInput {
  /** 1 (Monday) to 7 (Sunday). */
  weekdays?: Array<number>;
  /** Minutes after local midnight, 0 to 1439. */
  fromMinute?: number;
  /** Minutes after local midnight, 1 to 1440; after `from_minute`. */
  untilMinute?: number;
}

/** A person said no: who, when, where and in which words, what it suppresses, and what undid it. */
export interface OptOut {
  /** Identifies the opt-out within the tenant. UUID. */
  id: string;
  /** Whether it holds. */
  state: OptOutState;
  /** How the person said it. */
  source: OptOutSource;
  /** The channel by which the person said it. */
  channel: Channel;
  /** The number (E.164) or address of the person, up to 320 characters. When it is recorded by RPC, the tenant's region decides how a number without a country code is read. */
  contactInfo: string;
  /** The tenant's own key for the customer, if known. Up to 128 characters. */
  clientId: string;
  /** The program that it was said about; empty means the usual one. */
  programId: string;
  /** What it suppresses. */
  scope: OptOutScope;
  /** The person's words, up to 2,000 characters. They are in the contact's history too. */
  words: string;
  /** Our number or address to which it was said; empty if there was none. Up to 320 characters. */
  ownAddress: string;
  /** When the person said it. */
  sayTime?: string;
  /** The attempt that it is an answer to, if known. UUID. */
  attemptId: string;
  /** Who recorded it: `user` or `api_key` and the id; empty if Herald heard it from the person. */
  recordedBy: string;
  /** The numbers and addresses that it suppresses, up to 1,000: the one above at once, and all that contacts and lists know of the same person soon after. */
  contactInfos: Array<string>;
  /** The clients that it suppresses with all their devices, up to 1,000. */
  clientIds: Array<string>;
  /** True once contacts and lists were asked for the person's other devices, or when the scope asks for none. */
  complete: boolean;
  /** Who confirmed it; empty if nobody had to. */
  confirmedBy: string;
  /** When it was withdrawn; absent while it holds. */
  withdrawTime?: string;
  /** Who withdrew it: `user` or `api_key` and the id; `person` if the person wrote START. */
  withdrawnBy: string;
  /** Why it was withdrawn: the reason that was given, or the person's words. */
  withdrawReason: string;
  /** When it was stored. */
  createTime?: string;
}

/** The removal of an opt-out: who removed it, and why. */
export interface OptOutCorrection {
  /** Identifies the correction. UUID, set by the server. */
  id: string;
  /** The number or address that may be contacted again. */
  value: string;
  /** The reason that the person gave. */
  reason: string;
  /** Who removed it: `user` or `api_key`, and the id. */
  correctedBy: string;
  /** When it was removed. */
  correctTime?: string;
}

/** A person said no: who, when, where and in which words, what it suppresses, and what undid it. */
export interface OptOutInput {
  /** How the person said it. */
  source?: OptOutSource;
  /** The channel by which the person said it. */
  channel?: Channel;
  /** The number (E.164) or address of the person, up to 320 characters. When it is recorded by RPC, the tenant's region decides how a number without a country code is read. */
  contactInfo?: string;
  /** The tenant's own key for the customer, if known. Up to 128 characters. */
  clientId?: string;
  /** The program that it was said about; empty means the usual one. */
  programId?: string;
  /** What it suppresses. */
  scope?: OptOutScope;
  /** The person's words, up to 2,000 characters. They are in the contact's history too. */
  words?: string;
  /** Our number or address to which it was said; empty if there was none. Up to 320 characters. */
  ownAddress?: string;
  /** When the person said it. */
  sayTime?: string;
  /** The attempt that it is an answer to, if known. UUID. */
  attemptId?: string;
}

/** What opt-outs mean, unless they say it themselves. A tenant that changed nothing has the defaults. */
export interface OptOutPolicy {
  /** What an opt-out suppresses. Default OPT_OUT_SCOPE_EVERYTHING. */
  scope: OptOutScope;
  /** When it last changed; absent if it never did. */
  updateTime?: string;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag: string;
}

/** What opt-outs mean, unless they say it themselves. A tenant that changed nothing has the defaults. */
export interface OptOutPolicyPatch {
  /** What an opt-out suppresses. Default OPT_OUT_SCOPE_EVERYTHING. */
  scope?: OptOutScope;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag?: string;
}

/**
 * What an opt-out suppresses.
 *
 * - `OPT_OUT_SCOPE_UNSPECIFIED`: Read as the tenant's policy says; never returned.
 * - `OPT_OUT_SCOPE_PROGRAM_CHANNEL`: The program, on the channel by which the person said it, for this number or address alone.
 * - `OPT_OUT_SCOPE_CHANNEL`: All programs, on the channel by which the person said it, for this number or address alone.
 * - `OPT_OUT_SCOPE_EVERYTHING`: All programs and channels, for every number and address that is known of the person.
 * - `OPT_OUT_SCOPE_PROGRAM`: The program, on all channels, for every number and address that is known of the person.
 */
export type OptOutScope = 
  | "OPT_OUT_SCOPE_UNSPECIFIED"
  | "OPT_OUT_SCOPE_PROGRAM_CHANNEL"
  | "OPT_OUT_SCOPE_CHANNEL"
  | "OPT_OUT_SCOPE_EVERYTHING"
  | "OPT_OUT_SCOPE_PROGRAM";

/**
 * How a person said no.
 *
 * - `OPT_OUT_SOURCE_UNSPECIFIED`: Read as OPT_OUT_SOURCE_API when it is recorded by RPC; never returned.
 * - `OPT_OUT_SOURCE_KEYWORD`: A message with a word such as STOP. The person's START withdraws it.
 * - `OPT_OUT_SOURCE_UNSUBSCRIBE_LINK`: The one-click link of an email (RFC 8058), or the link in its text.
 * - `OPT_OUT_SOURCE_PREFERENCE_PAGE`: The preference page.
 * - `OPT_OUT_SOURCE_COMPLAINT`: A complaint: the person marked a message as spam, or wrote to an authority or to us.
 * - `OPT_OUT_SOURCE_CALL`: A call ended with "do not call".
 * - `OPT_OUT_SOURCE_API`: It was recorded by RPC or REST.
 */
export type OptOutSource = 
  | "OPT_OUT_SOURCE_UNSPECIFIED"
  | "OPT_OUT_SOURCE_KEYWORD"
  | "OPT_OUT_SOURCE_UNSUBSCRIBE_LINK"
  | "OPT_OUT_SOURCE_PREFERENCE_PAGE"
  | "OPT_OUT_SOURCE_COMPLAINT"
  | "OPT_OUT_SOURCE_CALL"
  | "OPT_OUT_SOURCE_API";

/**
 * Whether an opt-out holds.
 *
 * - `OPT_OUT_STATE_UNSPECIFIED`: Never returned; in a filter: any.
 * - `OPT_OUT_STATE_PROVISIONAL`: It sounds like a refusal but is not certain. It holds until a person confirms it or withdraws it.
 * - `OPT_OUT_STATE_HOLDING`: It holds.
 * - `OPT_OUT_STATE_WITHDRAWN`: It was withdrawn and suppresses nothing any more.
 */
export type OptOutState = 
  | "OPT_OUT_STATE_UNSPECIFIED"
  | "OPT_OUT_STATE_PROVISIONAL"
  | "OPT_OUT_STATE_HOLDING"
  | "OPT_OUT_STATE_WITHDRAWN";

/** How an attempt ended, on any channel. */
export interface Outcome {
  /** For voice. At most one of `callResult`, `deliveryState` is set. */
  callResult?: CallResult;
  /** For SMS and email. At most one of `callResult`, `deliveryState` is set. */
  deliveryState?: DeliveryState;
}

/** How an attempt ended, on any channel. */
export interface OutcomeInput {
  /** For voice. At most one of `callResult`, `deliveryState` is set. */
  callResult?: CallResult;
  /** For SMS and email. At most one of `callResult`, `deliveryState` is set. */
  deliveryState?: DeliveryState;
}

/** The credentials of a person. */
export interface PasswordGrant {
  /** Slug of the tenant. */
  tenant: string;
  /** Email of the user. */
  email: string;
  /** Password of the user. */
  password: string;
  /** The `device_token` of an earlier sign-in of this user on this device, if there was one. An unknown token is ignored. */
  deviceToken?: string;
}

/** Asks to pause a group. */
export type PauseCampaignGroupBody = { [key: string]: never };

/** The group after the command. */
export interface PauseCampaignGroupResponse {
  /** The group as it is now. */
  campaignGroup?: CampaignGroup;
  /**
   * Which of `compliance` and `dial` could not be told yet; usually empty. The group already gives out no more people, and these services will be told
   * later without another call. Until `dial` is told, it may begin attempts that it had leased before, for 15 seconds at most.
   */
  untoldServices: Array<string>;
}

/** One permission. */
export interface Permission {
  /** Its name: `lists.write`. */
  name: string;
  /** The RPCs that need it: `herald.lists.v1.ContactListService/CreateContactList`. */
  rpcs: Array<string>;
}

/** A placeholder for which not every list of the group has a column, so that it would be empty for some people. */
export interface PlaceholderProblem {
  /** The field of the content: `subject`, `text` or `html`; of a message template in several languages with the language before it: `de.text`. `fields` if the template needs the value although no text shows it. */
  field: string;
  /** The name in the placeholder: `first_nme`. */
  name: string;
  /** A similar name for which the lists have a column and which was probably meant; empty if there is none. */
  nearest: string;
  /** Contact lists that have no such column. */
  contactListIds: Array<string>;
  /**
   * True if the text would show the value and has nothing for people without one, such as `{{ first_nme | default: "there" }}` or `{% if first_nme %}` around it. Then the group cannot be
   * started. False if the value only decides what is shown.
   */
  preventsStart: boolean;
  /** For people, with what would be right. */
  explanation: string;
}

/** How the file would be understood. */
export interface PreviewEntriesResponse {
  /** Character set found or given. */
  encoding: string;
  /** Separator found or given. */
  delimiter: string;
  /** Columns in the order of the file, each with its field; one column without a header for a file of bare values. */
  columns: Array<ColumnPreview>;
  /** The entries of the first rows, up to 10 of those that were read. */
  entries: Array<SuppressionEntry>;
  /** The first rejected rows, up to 10 of those that were read. */
  rejectedRows: Array<RejectedRow>;
  /** Line of the header; 0 for a file without a header. */
  headerLine: string;
  /** Whether `encoding` is a guess that may be wrong. */
  isEncodingGuessed: boolean;
  /** Number of rows that were read, up to 1,000, as in PreviewImportResponse: all else comes from these rows only. */
  rowsRead: number;
}

/** How the file would be understood. */
export interface PreviewImportResponse {
  /** Character set found or given. */
  encoding: string;
  /** Separator found or given. */
  delimiter: string;
  /** Columns in the order of the file. */
  columns: Array<ColumnPreview>;
  /** The first rows as records, up to 10 of those that were read. */
  records: Array<Record>;
  /** The first rejected rows, up to 10 of those that were read. */
  rejectedRows: Array<RejectedRow>;
  /** Line of the header; lines before it are notes. */
  headerLine: string;
  /** Whether `encoding` is a guess that may be wrong. Look at names with accents; if they are wrong, set `encoding` in the request. */
  isEncodingGuessed: boolean;
  /**
   * Number of rows that were read: the first 1,000, or all if there are fewer. Samples, records and rejected rows come from these rows only; faults
   * in later rows are found by the import.
   */
  rowsRead: number;
}

/** Asks for a preview. */
export interface PreviewMessageTemplateRequest {
  /** The template. Empty to preview a `content` that is not stored. */
  messageTemplateId?: string;
  /** Which version: 0 to 2,147,483,647; 0 means the draft. */
  version?: number;
  /** A content that is shown instead of the stored one: what somebody is writing. */
  content?: MessageTemplateContentInput;
  /** The channel of the `content`; without a template it is required. */
  channel?: Channel;
  /** The list of the record. */
  contactListId?: string;
  /** The record whose values fill the message; the caller needs `lists.read`. Empty fills it with `values`. */
  recordId?: string;
  /** Values by name; in addition to those of the record, and before them. At most 100, each up to 1,000 characters. */
  values?: { [key: string]: string };
  /** If true, values that are given nowhere get examples, so that nothing is missing: `[plan]`, and `Ann` as first name. */
  fillExamples?: boolean;
  /** The language of the variant to show; empty chooses it as for a real message. Up to 35 characters. */
  language?: string;
}

/** The message. */
export interface PreviewMessageTemplateResponse {
  /** The message that one person would get. */
  preview?: MessageTemplatePreview;
}

/** What a start would do. */
export interface PreviewStartResponse {
  /** People who could be contacted: those in the queue, or those whom loading would put there. */
  people: string;
  /** Of `people`: those due at once. The others wait for the contact window of their place, or for another time in the queue. If compliance does not answer, all people count. */
  dueNow: string;
  /** Of `people`: those who had an attempt in the previous run and would get another one. */
  contactedBefore: string;
  /** People of the previous run whom LOAD_MODE_CONTINUE does not contact again: they were reached, their retries are used up, or the outcome of their last attempt is unknown. */
  leftAlone: string;
  /** Records that would give no chain, by reason, as in LeftOut. */
  leftOutByReason: { [key: string]: string };
  /** True if the group had a run before, so that StartCampaignGroup requires a mode. */
  modeRequired: boolean;
  /** How many people compliance was asked about: the first ones, up to 50. 0 if it does not answer. */
  checked: number;
  /** Of these: how many may be contacted now. */
  checkedAllowed: number;
  /** Of these: how many may not, by reason; compliance's RefusalReason in lower case. */
  checkedRefusedByReason: { [key: string]: number };
  /** The first time at which somebody may be contacted, as far as known; absent if there is none, or if compliance was asked about nobody. */
  firstAttemptTime?: string;
  /** The sender of the content, or the caller id; empty for the provider's default. */
  sender: string;
  /** Most messages or calls per minute; 0 means as fast as the provider accepts them, or as agents are ready. */
  mostPerMinute: number;
  /** Placeholders of the content that would be empty for some people. StartCampaignGroup refuses a group with one that has `prevents_start`. */
  placeholderProblems: Array<PlaceholderProblem>;
  /** Why `sender` cannot be used; StartCampaignGroup then refuses the group. Empty if it can be used, or if this cannot be checked now. */
  senderProblem: string;
}

/** An amount of money. */
export interface Price {
  /** A decimal number with up to 6 digits after the point: `0.0075`. Not negative. */
  amount: string;
  /** ISO 4217: `USD`. */
  currency: string;
}

/** An amount of money. */
export interface PriceInput {
  /** A decimal number with up to 6 digits after the point: `0.0075`. Not negative. */
  amount: string;
  /** ISO 4217: `USD`. */
  currency: string;
}

/**
 * What people are written to and called for, as they know it: `Blue Shop offers`. They may refuse one program and keep another. Every tenant has one from the
 * beginning, to which all campaign groups belong that name no other.
 */
export interface Program {
  /** Identifies the program within the tenant. UUID, set by the server. The usual program has the tenant's own id. */
  id: string;
  /** The name that people know, used in answers to HELP and STOP. Unique within the tenant, 1 to 60 characters. */
  name: string;
  /** The language of answers, if none is set up in the language of the keyword: `en`, `pt-BR`. Empty means English. */
  language: string;
  /** How people reach somebody, as answers to HELP say it: `call 212 555 0100`. Up to 160 characters. */
  contactWords: string;
  /** Whether it is the usual program. It cannot be deleted. */
  usual: boolean;
  /** When it was created. */
  createTime?: string;
  /** When it last changed. */
  updateTime?: string;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag: string;
}

/**
 * What people are written to and called for, as they know it: `Blue Shop offers`. They may refuse one program and keep another. Every tenant has one from the
 * beginning, to which all campaign groups belong that name no other.
 */
export interface ProgramInput {
  /** The name that people know, used in answers to HELP and STOP. Unique within the tenant, 1 to 60 characters. */
  name: string;
  /** The language of answers, if none is set up in the language of the keyword: `en`, `pt-BR`. Empty means English. */
  language?: string;
  /** How people reach somebody, as answers to HELP say it: `call 212 555 0100`. Up to 160 characters. */
  contactWords?: string;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag?: string;
}

/**
 * What people are written to and called for, as they know it: `Blue Shop offers`. They may refuse one program and keep another. Every tenant has one from the
 * beginning, to which all campaign groups belong that name no other.
 */
export interface ProgramPatch {
  /** The name that people know, used in answers to HELP and STOP. Unique within the tenant, 1 to 60 characters. */
  name?: string;
  /** The language of answers, if none is set up in the language of the keyword: `en`, `pt-BR`. Empty means English. */
  language?: string;
  /** How people reach somebody, as answers to HELP say it: `call 212 555 0100`. Up to 160 characters. */
  contactWords?: string;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag?: string;
}

/** The progress of a group in counts. Always: due = attempted + refused + waiting. */
export interface Progress {
  /** Chains put into the queue. */
  due: string;
  /** Chains with at least one attempt made. */
  attempted: string;
  /** Chains closed without any attempt ("not contacted"), because every device was refused for good or the group was stopped before. The sum of `refused_by_reason`. */
  refused: string;
  /** Open chains without any attempt yet. */
  waiting: string;
  /** Of `waiting`: those that are due later (a window is closed, a cap is reached). */
  waitingForLater: string;
  /** Chains that are leased or have an attempt in flight. */
  inFlight: string;
  /** Closed chains, including refused ones. */
  finished: string;
  /** Chains whose last attempt has an unknown outcome. */
  stale: string;
  /** Attempts made, including retries. */
  attempts: string;
  /** Attempts by result: `delivered`, `answer`, `busy`. */
  attemptsByResult: { [key: string]: string };
  /** Refusals by checks before attempts, by reason: `suppressed_device`, `outside_window`. One chain can be refused several times. */
  refusalsByReason: { [key: string]: string };
  /** `refused` by the last reason; `cancelled` if the group was stopped before. */
  refusedByReason: { [key: string]: string };
  /** Records that gave no chain, by reason, as in LeftOut. ListLeftOut lists them. A record whose reason disappears while the group is loaded is queued later. */
  leftOutByReason: { [key: string]: string };
  /** Attempts begun in the last minute. */
  attemptsLastMinute: string;
  /** When the next chain is due; absent if one is due now, or if none is left. */
  nextDueTime?: string;
  /** Why no attempts are made; empty while attempts are made. */
  stalls: Array<Stall>;
  /** Devices left out of chains that have other devices, because an earlier record of the group has them. */
  duplicateDevices: string;
  /**
   * Open chains that still wait to be planned again, batch by batch, because contact windows or suppression lists have changed; 0 when all are planned. Until then their times may
   * change; the check before each attempt holds at once.
   */
  chainsToPlan: string;
}

/** The counts of a run at one moment, as in Progress. */
export interface ProgressPoint {
  /** The moment. */
  time?: string;
  /** Chains put into the queue. */
  due: string;
  /** Chains with at least one attempt made. */
  attempted: string;
  /** Chains closed without any attempt. */
  refused: string;
  /** Open chains without any attempt yet. */
  waiting: string;
  /** Chains that are leased or have an attempt in flight. */
  inFlight: string;
  /** Closed chains, including refused ones. */
  finished: string;
  /** Attempts made, including retries. */
  attempts: string;
}

/**
 * An account of the tenant with somebody who delivers its messages or places its calls. Passwords and keys are stored encrypted and are never returned; `secrets` says which
 * are set.
 */
export interface Provider {
  /** Identifies the provider within the tenant. UUID, set by the server. */
  id: string;
  /** Shown to people. Unique within the tenant, 1 to 120 characters. */
  name: string;
  /** What it is for, up to 500 characters. */
  description: string;
  /** A mail server. At most one of `smtp`, `smpp`, `voiceAdapter` is set. */
  smtp?: SmtpAccount;
  /** A message centre for SMS. At most one of `smtp`, `smpp`, `voiceAdapter` is set. */
  smpp?: SmppAccount;
  /** A voice adapter, which places calls. At most one of `smtp`, `smpp`, `voiceAdapter` is set. */
  voiceAdapter?: VoiceAdapterAccount;
  /** The channel that it serves: email, SMS or voice. Follows from its kind. */
  channel: Channel;
  /** If true, campaign groups of its channel that name no provider use it. At most one provider of a channel; the one before stops being it. */
  isDefault: boolean;
  /** If true, nothing is sent through it, and no connection to it is held. */
  disabled: boolean;
  /**
   * Sender of campaign groups that name none: an email address (`News <news@example.com>`, up to 320 characters), a number, short code or name of up to 11 letters and digits for SMS, an E.164
   * number for calls. Empty leaves it to the provider; a mail server needs one of the two.
   */
  defaultSender: string;
  /** Its passwords and keys that are set. */
  secrets: Array<ProviderSecret>;
  /** Whether it works, as a dialer last saw it. */
  state: ProviderState;
  /** Why it is down, for people; empty while it works. */
  trouble: string;
  /** Since when it is in this state; absent if no dialer has used it yet. */
  stateTime?: string;
  /** When it was created. */
  createTime?: string;
  /** When it was last changed. */
  updateTime?: string;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag: string;
}

/**
 * An account of the tenant with somebody who delivers its messages or places its calls. Passwords and keys are stored encrypted and are never returned; `secrets` says which
 * are set.
 */
export interface ProviderInput {
  /** Shown to people. Unique within the tenant, 1 to 120 characters. */
  name: string;
  /** What it is for, up to 500 characters. */
  description?: string;
  /** A mail server. At most one of `smtp`, `smpp`, `voiceAdapter` is set. */
  smtp?: SmtpAccountInput;
  /** A message centre for SMS. At most one of `smtp`, `smpp`, `voiceAdapter` is set. */
  smpp?: SmppAccountInput;
  /** A voice adapter, which places calls. At most one of `smtp`, `smpp`, `voiceAdapter` is set. */
  voiceAdapter?: VoiceAdapterAccountInput;
  /** If true, campaign groups of its channel that name no provider use it. At most one provider of a channel; the one before stops being it. */
  isDefault?: boolean;
  /** If true, nothing is sent through it, and no connection to it is held. */
  disabled?: boolean;
  /**
   * Sender of campaign groups that name none: an email address (`News <news@example.com>`, up to 320 characters), a number, short code or name of up to 11 letters and digits for SMS, an E.164
   * number for calls. Empty leaves it to the provider; a mail server needs one of the two.
   */
  defaultSender?: string;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag?: string;
}

/**
 * The kinds of providers.
 *
 * - `PROVIDER_KIND_UNSPECIFIED`: In a filter: every kind. Never returned.
 * - `PROVIDER_KIND_SMTP`: A mail server.
 * - `PROVIDER_KIND_SMPP`: A message centre for SMS.
 * - `PROVIDER_KIND_VOICE_ADAPTER`: A voice adapter.
 */
export type ProviderKind = 
  | "PROVIDER_KIND_UNSPECIFIED"
  | "PROVIDER_KIND_SMTP"
  | "PROVIDER_KIND_SMPP"
  | "PROVIDER_KIND_VOICE_ADAPTER";

/**
 * An account of the tenant with somebody who delivers its messages or places its calls. Passwords and keys are stored encrypted and are never returned; `secrets` says which
 * are set.
 */
export interface ProviderPatch {
  /** Shown to people. Unique within the tenant, 1 to 120 characters. */
  name?: string;
  /** What it is for, up to 500 characters. */
  description?: string;
  /** A mail server. At most one of `smtp`, `smpp`, `voiceAdapter` is set. */
  smtp?: SmtpAccountInput;
  /** A message centre for SMS. At most one of `smtp`, `smpp`, `voiceAdapter` is set. */
  smpp?: SmppAccountInput;
  /** A voice adapter, which places calls. At most one of `smtp`, `smpp`, `voiceAdapter` is set. */
  voiceAdapter?: VoiceAdapterAccountInput;
  /** If true, campaign groups of its channel that name no provider use it. At most one provider of a channel; the one before stops being it. */
  isDefault?: boolean;
  /** If true, nothing is sent through it, and no connection to it is held. */
  disabled?: boolean;
  /**
   * Sender of campaign groups that name none: an email address (`News <news@example.com>`, up to 320 characters), a number, short code or name of up to 11 letters and digits for SMS, an E.164
   * number for calls. Empty leaves it to the provider; a mail server needs one of the two.
   */
  defaultSender?: string;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag?: string;
}

/** A password or key of a provider that is set. Its value is never returned. */
export interface ProviderSecret {
  /** The field that sets it: `smtp.password`, `smpp.password`, `voice_adapter.key`. */
  field: string;
  /** Since when it has its present value. */
  setTime?: string;
}

/**
 * Whether a provider works.
 *
 * - `PROVIDER_STATE_UNSPECIFIED`: In a filter: every state. Never returned.
 * - `PROVIDER_STATE_UNUSED`: No dialer has connected to it since its settings changed. It is connected when it is needed.
 * - `PROVIDER_STATE_UP`: It took the last connection.
 * - `PROVIDER_STATE_DOWN`: It cannot be reached, or takes nothing; `trouble` says why. Dialers try again by themselves.
 * - `PROVIDER_STATE_DISABLED`: Somebody disabled it.
 */
export type ProviderState = 
  | "PROVIDER_STATE_UNSPECIFIED"
  | "PROVIDER_STATE_UNUSED"
  | "PROVIDER_STATE_UP"
  | "PROVIDER_STATE_DOWN"
  | "PROVIDER_STATE_DISABLED";

/**
 * The steps of a test.
 *
 * - `PROVIDER_TEST_KIND_UNSPECIFIED`: Never returned.
 * - `PROVIDER_TEST_KIND_ADDRESS`: The host has an address to which we may connect.
 * - `PROVIDER_TEST_KIND_CONNECTION`: Somebody answers there.
 * - `PROVIDER_TEST_KIND_TLS`: The connection is encrypted, and the certificate is right.
 * - `PROVIDER_TEST_KIND_CREDENTIALS`: User and password, system id, or key are accepted.
 * - `PROVIDER_TEST_KIND_SENDER`: The sender is accepted.
 */
export type ProviderTestKind = 
  | "PROVIDER_TEST_KIND_UNSPECIFIED"
  | "PROVIDER_TEST_KIND_ADDRESS"
  | "PROVIDER_TEST_KIND_CONNECTION"
  | "PROVIDER_TEST_KIND_TLS"
  | "PROVIDER_TEST_KIND_CREDENTIALS"
  | "PROVIDER_TEST_KIND_SENDER";

/**
 * How a step of a test ended.
 *
 * - `PROVIDER_TEST_RESULT_UNSPECIFIED`: Never returned.
 * - `PROVIDER_TEST_RESULT_PASSED`: It works.
 * - `PROVIDER_TEST_RESULT_FAILED`: It does not work.
 * - `PROVIDER_TEST_RESULT_SKIPPED`: It was not tried: an earlier step failed, the settings do not need it, or the provider cannot be asked; the explanation says which.
 */
export type ProviderTestResult = 
  | "PROVIDER_TEST_RESULT_UNSPECIFIED"
  | "PROVIDER_TEST_RESULT_PASSED"
  | "PROVIDER_TEST_RESULT_FAILED"
  | "PROVIDER_TEST_RESULT_SKIPPED";

/** One step of a test. */
export interface ProviderTestStep {
  /** What was tried. */
  kind: ProviderTestKind;
  /** How it ended. */
  result: ProviderTestResult;
  /** What was found, for people: what is wrong, or what was agreed on. */
  explanation: string;
  /** What would be right; empty unless the step failed. */
  remedy: string;
  /** Milliseconds that it took. */
  durationMs: number;
}

/** Asks to publish the draft. */
export interface PublishMessageTemplateBody {
  /** The `etag` that was read with the draft, so that nobody publishes what he has not seen; empty publishes the draft as it is. */
  etag?: string;
  /** What is new; up to 500 characters. */
  note?: string;
}

/** The draft is published. */
export interface PublishMessageTemplateResponse {
  /** The template as it is now. */
  messageTemplate?: MessageTemplate;
  /** The new version. */
  version?: MessageTemplateVersion;
}

/**
 * Why a message is sent. Law and people expect other things of advertising than of a receipt.
 *
 * - `PURPOSE_UNSPECIFIED`: Never returned; in a request: marketing, the purpose with the strictest duties.
 * - `PURPOSE_MARKETING`: Advertising, offers, newsletters. An email carries a link to unsubscribe.
 * - `PURPOSE_INFORMATIONAL`: News about something that the person uses: changed hours, a recall.
 * - `PURPOSE_TRANSACTIONAL`: Belongs to something that the person asked for or bought: a receipt, an appointment, a password.
 */
export type Purpose = 
  | "PURPOSE_UNSPECIFIED"
  | "PURPOSE_MARKETING"
  | "PURPOSE_INFORMATIONAL"
  | "PURPOSE_TRANSACTIONAL";

/** Asks how a message would be understood. */
export interface ReadMessageRequest {
  /** What the person writes, up to 2,000 characters. */
  text: string;
  /** The program that it answers; empty means the usual one. */
  programId?: string;
}

/** How it would be understood. */
export interface ReadMessageResponse {
  /** What it means, and what is answered. */
  reading?: KeywordReading;
}

/**
 * How a message centre names messages in its receipts, compared with its answers.
 *
 * - `RECEIPT_IDS_UNSPECIFIED`: Read as RECEIPT_IDS_AUTO on create; never returned.
 * - `RECEIPT_IDS_AUTO`: Found out for each receipt, where that is certain.
 * - `RECEIPT_IDS_SAME`: The same in both.
 * - `RECEIPT_IDS_DECIMAL`: Decimal in receipts, hexadecimal in answers.
 * - `RECEIPT_IDS_HEXADECIMAL`: Hexadecimal in receipts, decimal in answers.
 */
export type ReceiptIds = 
  | "RECEIPT_IDS_UNSPECIFIED"
  | "RECEIPT_IDS_AUTO"
  | "RECEIPT_IDS_SAME"
  | "RECEIPT_IDS_DECIMAL"
  | "RECEIPT_IDS_HEXADECIMAL";

/** One person of a list, with devices in the order in which they are tried: a chain. */
export interface Record {
  /** Identifies the record (the chain) within the tenant. UUID, set by the server. */
  id: string;
  /** The list it belongs to. */
  contactListId: string;
  /** The tenant's own key for the customer; up to 64 characters. */
  clientId: string;
  /** First name, up to 64 characters. */
  firstName: string;
  /** Last name, up to 64 characters. */
  lastName: string;
  /** Company, up to 64 characters. */
  company: string;
  /** Fields of the tenant's own, by name (`other1`, `balance`): up to 100, each up to 1,024 characters. */
  fields: { [key: string]: string };
  /** 1 to 10 devices, in the order of their columns. */
  devices: Array<Device>;
  /** Postal code as in the file, up to 16 characters. */
  postalCode: string;
  /** State or region of the person, ISO 3166-2 without the country (`CA`); empty if not known. */
  state: string;
  /** Country of the person, ISO 3166-1 alpha-2; empty if not known. */
  country: string;
  /** IANA zone from the file; empty if the file has none. If it is set, the devices have only this zone. */
  zone: string;
  /** Line of the file from which it came, from 1; 0 if it did not come from a file. */
  sourceLine: string;
  /** The import that added it. */
  importId: string;
  /** When it was created. */
  createTime?: string;
}

/** Asks to record an opt-out. */
export interface RecordOptOutRequest {
  /** Who said no, where, when and how. `channel` and `contact_info` are required; `say_time` is now unless it is given. */
  optOut: OptOutInput;
  /** UUID made by the caller; the same id again returns the first result. */
  requestId?: string;
}

/** The opt-out holds. */
export interface RecordOptOutResponse {
  /** The opt-out. */
  optOut?: OptOut;
}

/**
 * The state of a record or chain, with exactly the integer codes that are usual in the field (0 to 9).
 *
 * - `RECORD_STATUS_UNSPECIFIED`: Code 0: unset.
 * - `RECORD_STATUS_READY`: May be retrieved when due.
 * - `RECORD_STATUS_RETRIEVED`: Leased by a dialer, or an attempt is under way.
 * - `RECORD_STATUS_UPDATED`: Processed; final.
 * - `RECORD_STATUS_STALE`: The result of its attempt is unknown; it is not tried again by itself.
 * - `RECORD_STATUS_CANCELLED`: Cancelled by a person or a program; final.
 * - `RECORD_STATUS_AGENT_ERROR`: An agent did not finish it.
 * - `RECORD_STATUS_CHAIN_UPDATED`: Another device of the chain finished it; final.
 * - `RECORD_STATUS_MISSED_CALLBACK`: A callback's time passed outside every window.
 * - `RECORD_STATUS_CHAIN_READY`: The chain was rescheduled as a unit.
 */
export type RecordStatus = 
  | "RECORD_STATUS_UNSPECIFIED"
  | "RECORD_STATUS_READY"
  | "RECORD_STATUS_RETRIEVED"
  | "RECORD_STATUS_UPDATED"
  | "RECORD_STATUS_STALE"
  | "RECORD_STATUS_CANCELLED"
  | "RECORD_STATUS_AGENT_ERROR"
  | "RECORD_STATUS_CHAIN_UPDATED"
  | "RECORD_STATUS_MISSED_CALLBACK"
  | "RECORD_STATUS_CHAIN_READY";

/**
 * Why a record is in the queue, with exactly the integer codes that are usual in the field (0 to 7).
 *
 * - `RECORD_TYPE_UNSPECIFIED`: Code 0: unset.
 * - `RECORD_TYPE_UNKNOWN`: Imported without a type; never dialed.
 * - `RECORD_TYPE_GENERAL`: A fresh record.
 * - `RECORD_TYPE_CAMPAIGN_RESCHEDULED`: A treatment scheduled it again.
 * - `RECORD_TYPE_PERSONAL_RESCHEDULED`: Scheduled again for the same agent.
 * - `RECORD_TYPE_PERSONAL_CALLBACK`: The customer asked for a callback by the same agent.
 * - `RECORD_TYPE_CAMPAIGN_CALLBACK`: The customer asked for a callback by anyone.
 * - `RECORD_TYPE_NO_CALL`: Must not be contacted.
 */
export type RecordType = 
  | "RECORD_TYPE_UNSPECIFIED"
  | "RECORD_TYPE_UNKNOWN"
  | "RECORD_TYPE_GENERAL"
  | "RECORD_TYPE_CAMPAIGN_RESCHEDULED"
  | "RECORD_TYPE_PERSONAL_RESCHEDULED"
  | "RECORD_TYPE_PERSONAL_CALLBACK"
  | "RECORD_TYPE_CAMPAIGN_CALLBACK"
  | "RECORD_TYPE_NO_CALL";

/** Asks to deliver many messages again. */
export interface RedeliverAllRequest {
  /** As for ListUndelivered. */
  service?: string;
  /** As for ListUndelivered. */
  topic?: string;
}

/** The messages will be delivered again. */
export interface RedeliverAllResponse {
  /** Number of messages. */
  redeliveredCount: string;
  /** Services that did not answer; their messages stay set aside. */
  unreachedServices: Array<string>;
}

/** Asks to deliver a message again. */
export type RedeliverBody = { [key: string]: never };

/** The message will be delivered again. */
export type RedeliverResponse = { [key: string]: never };

/** The credentials of a sign-in session. */
export interface RefreshGrant {
  /** The last refresh token that was received. It works once; the answer has the next one. A token that is used twice ends its session (the last 20 tokens of a session are known). A token that the session never had changes nothing. */
  refreshToken: string;
}

/**
 * Why an attempt must not be made, in the order in which rules are checked.
 *
 * - `REFUSAL_REASON_UNSPECIFIED`: Never returned for a refusal; in a filter: any.
 * - `REFUSAL_REASON_CAMPAIGN_NOT_RUNNING`: The campaign group is not running, or is unknown.
 * - `REFUSAL_REASON_DEVICE_INVALID`: The number or address cannot be reached: it is not E.164, or not an email address.
 * - `REFUSAL_REASON_SUPPRESSED_DEVICE`: The device is on a suppression list.
 * - `REFUSAL_REASON_SUPPRESSED_CLIENT`: The client is on a suppression list.
 * - `REFUSAL_REASON_LOCATION_FORBIDDEN`: A location rule forbids attempts to this place.
 * - `REFUSAL_REASON_OUTSIDE_WINDOW`: The time is outside the contact window in at least one of the zones in which the contact may be.
 * - `REFUSAL_REASON_ATTEMPT_CAP`: The allowed number of attempts in a period is reached.
 * - `REFUSAL_REASON_ATTEMPT_IN_PROGRESS`: Another attempt to the device or the client is in progress: a call that has not ended, or a message of the last minute (see `AttemptPolicy`). `earliest_time` is soon: the end of the message's hold time, or 10 seconds later for a call, whose end is not known.
 */
export type RefusalReason = 
  | "REFUSAL_REASON_UNSPECIFIED"
  | "REFUSAL_REASON_CAMPAIGN_NOT_RUNNING"
  | "REFUSAL_REASON_DEVICE_INVALID"
  | "REFUSAL_REASON_SUPPRESSED_DEVICE"
  | "REFUSAL_REASON_SUPPRESSED_CLIENT"
  | "REFUSAL_REASON_LOCATION_FORBIDDEN"
  | "REFUSAL_REASON_OUTSIDE_WINDOW"
  | "REFUSAL_REASON_ATTEMPT_CAP"
  | "REFUSAL_REASON_ATTEMPT_IN_PROGRESS";

/** A row that did not become a record. */
export interface RejectedRow {
  /** Line of the file, from 1. */
  line: string;
  /** Reason, as in `Import.rejected_by_reason`. */
  reason: string;
  /** Header of the wrong column; empty if the row as a whole is wrong. */
  column: string;
  /** For people: what is wrong and what would be right. */
  detail: string;
}

/** Asks to take a claim from its holder. */
export interface ReleaseAnySenderRequest {
  /** The sender as ListSenders shows it: a number with its country code, a short code, a name, an email address, or `@` and a domain; up to 320 characters. */
  sender: string;
  /** The tenant that holds the claim from then on. UUID; empty means that the first tenant to claim it gets it. */
  forTenantId?: string;
}

/** The claim is released. */
export interface ReleaseAnySenderResponse {
  /** The tenants that held the claim until now. UUIDs. */
  tenantIds: Array<string>;
}

/** Asks to give a claim up. */
export interface ReleaseSenderRequest {
  /** As for ClaimSender. */
  sender: string;
}

/** The claim is given up. */
export type ReleaseSenderResponse = { [key: string]: never };

/** Asks to remove entries. */
export interface RemoveEntriesBody {
  /** 1 to 1,000 values; exactly 1 for a list in which Herald keeps opt-outs. */
  values: Array<string>;
  /** The reason, up to 200 characters: that the entry was wrong, or how and when the person consented again. Required for a list in which Herald keeps opt-outs, and stored with the correction; ignored for other lists. */
  reason?: string;
}

/** The entries no longer hold. */
export interface RemoveEntriesResponse {
  /** The list with its new count. */
  suppressionList?: SuppressionList;
  /** Number of entries that existed. */
  removedCount: number;
}

/** Asks to encrypt all passwords and keys anew. */
export type ResealSecretsRequest = { [key: string]: never };

/** What was encrypted anew. */
export interface ResealSecretsResponse {
  /** Passwords and keys that were encrypted with the first key now. */
  resealedCount: number;
  /** Passwords and keys that none of the keys opens; they have to be given again. Each stays as it is. */
  unreadableCount: number;
}

/** Where the number may be. */
export interface ResolvePlaceResponse {
  /** The number as E.164. */
  contactInfo: string;
  /** Country of the number, ISO 3166-1 alpha-2. */
  country: string;
  /** State or region, ISO 3166-2 without the country; empty when not known. */
  state: string;
  /** Area code of a +1 number; empty otherwise. */
  areaCode: string;
  /** The time zones in which its owner may be. */
  zones: Array<ZoneEvidence>;
}

/** The outcome that a person found out. */
export interface ResolveStaleAttemptBody {
  /** How it ended. */
  outcome: OutcomeInput;
}

/** The attempt is resolved. */
export interface ResolveStaleAttemptResponse {
  /** The attempt as it is now. */
  attempt?: Attempt;
}

/** Asks to make a version the draft again. */
export interface RestoreMessageTemplateVersionBody {
  /** Which version: 1 to 2,147,483,647. */
  version: number;
  /** The `etag` that was read, so that no change of somebody else is lost; empty replaces any draft. */
  etag?: string;
}

/** The draft is replaced. */
export interface RestoreMessageTemplateVersionResponse {
  /** The template as it is now. */
  messageTemplate?: MessageTemplate;
}

/** Asks to resume a group. */
export type ResumeCampaignGroupBody = { [key: string]: never };

/** The group after the command. */
export interface ResumeCampaignGroupResponse {
  /** The group as it is now. */
  campaignGroup?: CampaignGroup;
}

/** When to try again. */
export interface RetryInfo {
  "@type": "type.googleapis.com/google.rpc.RetryInfo";
  /** Seconds, for example `1.5s`. */
  retryDelay: string;
}

/** Asks to end a session. */
export interface RevokeTokenRequest {
  /** The refresh token of the session, or one of the 20 before it. Any other token ends nothing; the answer is the same. */
  refreshToken: string;
}

/** The session has ended. */
export type RevokeTokenResponse = { [key: string]: never };

/** A named set of permissions. */
export interface Role {
  /** Identifies the role. UUID, set by the server. */
  id: string;
  /** Shown to people. Unique within the tenant, 1 to 80 characters. */
  name: string;
  /** What it is for, up to 500 characters. */
  description: string;
  /** Permissions by their names in the contract (`lists.write`); `*` means all that exist within a tenant. */
  permissions: Array<string>;
  /** True for roles that were created with the tenant (administrator, supervisor, integration, viewer). They cannot be changed or deleted, and get new permissions when the contract grows. */
  builtIn: boolean;
  /** When it was created. */
  createTime?: string;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag: string;
}

/** A named set of permissions. */
export interface RoleInput {
  /** Shown to people. Unique within the tenant, 1 to 80 characters. */
  name: string;
  /** What it is for, up to 500 characters. */
  description?: string;
  /** Permissions by their names in the contract (`lists.write`); `*` means all that exist within a tenant. */
  permissions?: Array<string>;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag?: string;
}

/** A named set of permissions. */
export interface RolePatch {
  /** Shown to people. Unique within the tenant, 1 to 80 characters. */
  name?: string;
  /** What it is for, up to 500 characters. */
  description?: string;
  /** Permissions by their names in the contract (`lists.write`); `*` means all that exist within a tenant. */
  permissions?: Array<string>;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag?: string;
}

/** Asks for new keys. */
export type RotateDkimKeysBody = { [key: string]: never };

/** The new keys wait for their records. */
export interface RotateDkimKeysResponse {
  /** The domain, with the DNS records to publish. */
  emailDomain?: EmailDomain;
}

/** A rule that attempts must comply with. */
export interface Rule {
  /** Identifies the rule within the tenant. UUID, set by the server; `builtin:<name>` for a rule that is part of Herald, which cannot be changed. */
  id: string;
  /** Shown to people. Unique within the tenant, 1 to 120 characters. */
  name: string;
  /** Why the rule exists, for example the law that it comes from. Up to 500 characters. */
  description: string;
  /** A required rule applies to every campaign group. Another rule applies only to the groups that name it. */
  required: boolean;
  /** Channels to which it applies; empty means all. */
  channels: Array<Channel>;
  /** At which times contacts may be reached. At most one of `contactWindow`, `attemptCap`, `location` is set. */
  contactWindow?: ContactWindow;
  /** How often contacts may be reached. At most one of `contactWindow`, `attemptCap`, `location` is set. */
  attemptCap?: AttemptCap;
  /** Where contacts must not be reached. At most one of `contactWindow`, `attemptCap`, `location` is set. */
  location?: LocationRule;
  /** When it was created. */
  createTime?: string;
  /** When it last changed. */
  updateTime?: string;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag: string;
}

/** A rule that attempts must comply with. */
export interface RuleInput {
  /** Shown to people. Unique within the tenant, 1 to 120 characters. */
  name: string;
  /** Why the rule exists, for example the law that it comes from. Up to 500 characters. */
  description?: string;
  /** A required rule applies to every campaign group. Another rule applies only to the groups that name it. */
  required?: boolean;
  /** Channels to which it applies; empty means all. */
  channels?: Array<Channel>;
  /** At which times contacts may be reached. At most one of `contactWindow`, `attemptCap`, `location` is set. */
  contactWindow?: ContactWindowInput;
  /** How often contacts may be reached. At most one of `contactWindow`, `attemptCap`, `location` is set. */
  attemptCap?: AttemptCapInput;
  /** Where contacts must not be reached. At most one of `contactWindow`, `attemptCap`, `location` is set. */
  location?: LocationRuleInput;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag?: string;
}

/** A rule that attempts must comply with. */
export interface RulePatch {
  /** Shown to people. Unique within the tenant, 1 to 120 characters. */
  name?: string;
  /** Why the rule exists, for example the law that it comes from. Up to 500 characters. */
  description?: string;
  /** A required rule applies to every campaign group. Another rule applies only to the groups that name it. */
  required?: boolean;
  /** Channels to which it applies; empty means all. */
  channels?: Array<Channel>;
  /** At which times contacts may be reached. At most one of `contactWindow`, `attemptCap`, `location` is set. */
  contactWindow?: ContactWindowInput;
  /** How often contacts may be reached. At most one of `contactWindow`, `attemptCap`, `location` is set. */
  attemptCap?: AttemptCapInput;
  /** Where contacts must not be reached. At most one of `contactWindow`, `attemptCap`, `location` is set. */
  location?: LocationRuleInput;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag?: string;
}

/** The verdict of one rule about an attempt. */
export interface RuleVerdict {
  /** Id of the rule or suppression list; `builtin:<name>` for one that is part of Herald. */
  ruleId: string;
  /** Its name, for people. */
  ruleName: string;
  /** The reason that its refusal has. */
  reason: RefusalReason;
  /** Whether it allows the attempt. */
  verdict: Verdict;
  /** For people: the facts that it used, such as local times and counts. */
  explanation: string;
  /** When it would allow the attempt; absent if it allows it now, or if time alone will never make it allow it. */
  earliestTime?: string;
}

/** The time from a start of a group to its end. A pause does not end a run. A start with LOAD_MODE_CONTINUE begins a new run, whose counts continue those of the previous run. */
export interface Run {
  /** 1 for the first run of the group. */
  number: number;
  /** When dialing began. */
  startTime?: string;
  /** When it was stopped or had nothing left to do; absent while it goes on. Its last point includes results that came later. */
  endTime?: string;
  /** Seconds between two points: 5, doubled each time there were too many points. */
  intervalSeconds: number;
}

/** One page of contacts. */
export interface SearchContactsResponse {
  /** The contacts. */
  contacts: Array<Contact>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of interactions. */
export interface SearchInteractionsResponse {
  /** The interactions. */
  interactions: Array<Interaction>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** One page of records. */
export interface SearchRecordsResponse {
  /** The records. */
  records: Array<Record>;
  /** Token of the next page; empty when this is the last. */
  nextPageToken: string;
}

/** Asks for a test message. */
export interface SendTestBody {
  /** Where to send it: an email address, or a number in any form that can be read with the tenant's region. Up to 320 characters. */
  contactInfo: string;
  /**
   * UUID made by the caller. The same id again sends nothing and returns what happened to the first message. It belongs to one message: with another group, address, record, value or content it is refused. If it did not lead to an
   * attempt (`attempt_id` is empty), it may be used again, also with other settings. Without an id, each call sends a new message.
   */
  requestId?: string;
  /** The contact list of the record whose values fill the message. */
  contactListId?: string;
  /** The record. Without one, `sample_values` fill the message. With one, the caller needs `lists.read`. */
  recordId?: string;
  /** Values by the names that the content uses, if no record is given: at most 100, each up to 1,000 characters. A name without a value gets an example: `Ann` for `first_name`, `[plan]` for a custom field. */
  sampleValues?: { [key: string]: string };
  /** A content to use instead of the group's, to try it before it is saved. The caller then needs `campaigns.write`. */
  content?: MessageContentInput;
}

/** Asks for test messages. */
export interface SendTestMessagesBody {
  /** Which version: 0 to 2,147,483,647; 0 means the draft. */
  version?: number;
  /** Where to send it: 1 to 5 numbers or email addresses, none twice, each up to 320 characters. */
  contactInfos: Array<string>;
  /** The sender, as in `MessageContent.from`; empty means the provider's default. Up to 320 characters. */
  from?: string;
  /** The list of the record. */
  contactListId?: string;
  /** The record whose values fill the message; the caller needs `lists.read`. Empty fills it with `values` and examples. */
  recordId?: string;
  /** Values by name; in addition to those of the record, and before them. At most 100, each up to 1,000 characters. */
  values?: { [key: string]: string };
  /** UUID made by the caller. The same id again sends nothing to those who got the message, and returns the results. */
  requestId?: string;
}

/** What happened to the test messages. */
export interface SendTestMessagesResponse {
  /** The messages, in the order of `contact_infos`. */
  testMessages: Array<TestMessage>;
}

/** What happened to the test message. */
export interface SendTestResponse {
  /** The message. */
  testMessage?: TestMessage;
}

/**
 * A number, name or domain from which a tenant sends messages or calls. Only one tenant at a time holds the claim to it. An opt-out sent to it holds for every tenant
 * that has ever used it.
 */
export interface Sender {
  /** What kind of sender it is. */
  kind: SenderKind;
  /** The sender in the form in which senders are compared: E.164 number, digits of a short code or national number, name in capitals, domain in the form that DNS uses without a dot at its end, email address in lower case. */
  address: string;
  /** When the tenant first used or claimed it. */
  firstUseTime?: string;
  /** Since when the tenant holds the claim; absent if it holds none, since it has given the claim up or the platform shares the sender. */
  claimTime?: string;
  /** Who claimed it: the id of a user, an API key, or the campaign group that used it first; `first use` if that was before claims were stored. */
  claimedBy: string;
  /** When the claim was given up; absent while it is held. */
  releaseTime?: string;
}

/**
 * What kind of sender it is.
 *
 * - `SENDER_KIND_UNSPECIFIED`: Never returned.
 * - `SENDER_KIND_NUMBER`: A phone number with its country code.
 * - `SENDER_KIND_SHORT_CODE`: A short code of up to 6 digits, which is compared as it is; or a number without its country code that is not valid in the tenant's region.
 * - `SENDER_KIND_NAME`: A name of up to 11 characters from which SMS are sent.
 * - `SENDER_KIND_EMAIL_DOMAIN`: A domain of email addresses, with all domains below it.
 * - `SENDER_KIND_EMAIL_ADDRESS`: One email address of a domain that cannot belong to one tenant: free mail such as gmail.com, a public suffix such as co.uk, or a single label.
 */
export type SenderKind = 
  | "SENDER_KIND_UNSPECIFIED"
  | "SENDER_KIND_NUMBER"
  | "SENDER_KIND_SHORT_CODE"
  | "SENDER_KIND_NAME"
  | "SENDER_KIND_EMAIL_DOMAIN"
  | "SENDER_KIND_EMAIL_ADDRESS";

/** The dialing of one campaign group. */
export interface Session {
  /** The campaign group, which identifies the session. */
  campaignGroupId: string;
  /** The channel. */
  channel: Channel;
  /** Whether it is open. */
  state: SessionState;
  /** Attempts in flight now. */
  inFlight: number;
  /** Attempts begun in the last minute. */
  attemptsLastMinute: number;
  /** Simulated agents, for progressive voice. */
  agents: number;
  /** Agents that are ready for a call. */
  agentsReady: number;
  /** Why no attempts are made: a StallReason of campaigns in lower case (`provider_down`); empty while attempts are made. */
  stall: string;
  /** The same reason, explained to people. */
  stallExplanation: string;
  /** Calls that a person answered since the session was opened. */
  liveAnswers: string;
  /** Answered calls for which no agent was there in time. */
  abandoned: string;
  /** When it was opened. */
  createTime?: string;
}

/**
 * Whether a session is open.
 *
 * - `SESSION_STATE_UNSPECIFIED`: Never returned.
 * - `SESSION_STATE_OPEN`: Takes leases and makes attempts.
 * - `SESSION_STATE_CLOSING`: Takes no leases; attempts in flight end.
 * - `SESSION_STATE_CLOSED`: Nothing is in flight.
 */
export type SessionState = 
  | "SESSION_STATE_UNSPECIFIED"
  | "SESSION_STATE_OPEN"
  | "SESSION_STATE_CLOSING"
  | "SESSION_STATE_CLOSED";

/** Asks to set a password. */
export interface SetPasswordBody {
  /** The new password, 10 to 200 characters. */
  password: string;
}

/** The password is set. */
export type SetPasswordResponse = { [key: string]: never };

/** An account at a message centre (SMPP 3.4). */
export interface SmppAccount {
  /** Name or IP address of the centre, up to 253 characters. Private, loopback and link-local addresses are refused unless the platform's operator allows them. */
  host: string;
  /** 1 to 65,535; 0 means 2775, or 3550 with TLS. */
  port: number;
  /** TLS from the first byte. */
  tls: boolean;
  /** The user name of SMPP, 1 to 15 characters. */
  systemId: string;
  /** Up to 12 characters; most centres want none. */
  systemType: string;
  /** If true, messages are sent over a transmitter and received over a receiver, two connections for each bind. If false, a bind is one transceiver. */
  separateBinds: boolean;
  /** Binds at once of each dialer, 1 to 20; 0 means 1. */
  binds: number;
  /** Messages of one bind that may wait for their answer, 1 to 1,000; 0 means 100. */
  window: number;
  /** How long the centre tries to deliver, 1 to 720 hours; 0 means 24. */
  validityHours: number;
  /** If true, the attempt's id goes along in a TLV (0x1501). */
  attemptTlv: boolean;
  /** How the centre names messages in its receipts. */
  receiptIds: ReceiptIds;
  /** Country of numbers that the centre writes without a country code, such as `US`, if nothing else shows it. */
  region: string;
  /** Type of number (TON) of our address, 0 to 7. Absent means by its form: 1 for a number with its country code, 3 for a short code, 5 for a name. */
  sourceTon?: number;
  /** Numbering plan (NPI) of our address, 0 to 15. Absent means by its form. */
  sourceNpi?: number;
  /** Type of number (TON) of recipients, 0 to 7. Absent means 1, international. */
  destinationTon?: number;
  /** Numbering plan (NPI) of recipients, 0 to 15. Absent means 1. */
  destinationNpi?: number;
}

/** An account at a message centre (SMPP 3.4). */
export interface SmppAccountInput {
  /** Name or IP address of the centre, up to 253 characters. Private, loopback and link-local addresses are refused unless the platform's operator allows them. */
  host: string;
  /** 1 to 65,535; 0 means 2775, or 3550 with TLS. */
  port?: number;
  /** TLS from the first byte. */
  tls?: boolean;
  /** The user name of SMPP, 1 to 15 characters. */
  systemId: string;
  /**
   * Up to 8 characters in SMPP 3.4; many centres take more, up to 64. Never returned. In an update, empty keeps the one that is set, unless host, port or TLS change: then it must be
   * given again.
   */
  password?: string;
  /** Up to 12 characters; most centres want none. */
  systemType?: string;
  /** If true, messages are sent over a transmitter and received over a receiver, two connections for each bind. If false, a bind is one transceiver. */
  separateBinds?: boolean;
  /** Binds at once of each dialer, 1 to 20; 0 means 1. */
  binds?: number;
  /** Messages of one bind that may wait for their answer, 1 to 1,000; 0 means 100. */
  window?: number;
  /** How long the centre tries to deliver, 1 to 720 hours; 0 means 24. */
  validityHours?: number;
  /** If true, the attempt's id goes along in a TLV (0x1501). */
  attemptTlv?: boolean;
  /** How the centre names messages in its receipts. */
  receiptIds?: ReceiptIds;
  /** Country of numbers that the centre writes without a country code, such as `US`, if nothing else shows it. */
  region?: string;
  /** Type of number (TON) of our address, 0 to 7. Absent means by its form: 1 for a number with its country code, 3 for a short code, 5 for a name. */
  sourceTon?: number;
  /** Numbering plan (NPI) of our address, 0 to 15. Absent means by its form. */
  sourceNpi?: number;
  /** Type of number (TON) of recipients, 0 to 7. Absent means 1, international. */
  destinationTon?: number;
  /** Numbering plan (NPI) of recipients, 0 to 15. Absent means 1. */
  destinationNpi?: number;
}

/**
 * The alphabet of an SMS.
 *
 * - `SMS_ALPHABET_UNSPECIFIED`: Never returned.
 * - `SMS_ALPHABET_GSM`: GSM 7-bit: 160 characters in one part, 153 in each of several.
 * - `SMS_ALPHABET_UCS2`: UCS-2: 70 characters in one part, 67 in each of several.
 */
export type SmsAlphabet = 
  | "SMS_ALPHABET_UNSPECIFIED"
  | "SMS_ALPHABET_GSM"
  | "SMS_ALPHABET_UCS2";

/** How an SMS is sent. */
export interface SmsDetails {
  /** The alphabet that all its characters need. */
  alphabet: SmsAlphabet;
  /** Number of characters, as people count them. */
  characterCount: number;
  /** Number of parts in which it is sent. Providers charge for each part. */
  partCount: number;
  /** Characters outside the GSM alphabet, each once, at most 10. A single one makes the whole text UCS-2. */
  unicodeCharacters: Array<string>;
  /** The price of all parts together; absent if the template has no price. */
  price?: Price;
}

/** Size of an SMS as it is sent. */
export interface SmsSize {
  /** Number of characters, as people count them. */
  characterCount: number;
  /** Number of parts in which it is sent. Providers charge for each part. */
  partCount: number;
  /** Characters outside the SMS alphabet, each once, at most 10. A single one makes the whole text Unicode, and then one part has 70 characters instead of 160. */
  unicodeCharacters: Array<string>;
}

/** An account on a mail server. */
export interface SmtpAccount {
  /** Name or IP address of the server, up to 253 characters. Private, loopback and link-local addresses are refused unless the platform's operator allows them. */
  host: string;
  /** 1 to 65,535; 0 means 587, or 465 with SMTP_TLS_IMPLICIT. */
  port: number;
  /** How connections are encrypted. */
  tls: SmtpTls;
  /** User name, up to 255 characters; empty means that the server wants none, and removes the password. */
  user: string;
  /** Connections at once of each dialer, 1 to 100; 0 means 10. */
  connections: number;
  /** If true, commands are sent one after another although the server offers PIPELINING. */
  noPipelining: boolean;
  /** Address of the envelope (MAIL FROM), to which the server returns what cannot be delivered; up to 320 characters. Empty means the sender's address. */
  envelopeSender: string;
}

/** An account on a mail server. */
export interface SmtpAccountInput {
  /** Name or IP address of the server, up to 253 characters. Private, loopback and link-local addresses are refused unless the platform's operator allows them. */
  host: string;
  /** 1 to 65,535; 0 means 587, or 465 with SMTP_TLS_IMPLICIT. */
  port?: number;
  /** How connections are encrypted. */
  tls?: SmtpTls;
  /** User name, up to 255 characters; empty means that the server wants none, and removes the password. */
  user?: string;
  /**
   * Password of the user, up to 1,000 characters. Never returned. In an update, empty keeps the one that is set, unless host, port or TLS change: then it must be given again,
   * since a stored password is never sent to another server.
   */
  password?: string;
  /** Connections at once of each dialer, 1 to 100; 0 means 10. */
  connections?: number;
  /** If true, commands are sent one after another although the server offers PIPELINING. */
  noPipelining?: boolean;
  /** Address of the envelope (MAIL FROM), to which the server returns what cannot be delivered; up to 320 characters. Empty means the sender's address. */
  envelopeSender?: string;
}

/**
 * How connections to a mail server are encrypted.
 *
 * - `SMTP_TLS_UNSPECIFIED`: Read as SMTP_TLS_REQUIRED on create; never returned.
 * - `SMTP_TLS_REQUIRED`: STARTTLS; a server that does not offer it gets no message.
 * - `SMTP_TLS_OFFERED`: STARTTLS if the server offers it. Without it, the password is sent only to this machine.
 * - `SMTP_TLS_IMPLICIT`: TLS from the first byte, usually on port 465.
 * - `SMTP_TLS_OFF`: No TLS: messages and the password are sent in the clear.
 */
export type SmtpTls = 
  | "SMTP_TLS_UNSPECIFIED"
  | "SMTP_TLS_REQUIRED"
  | "SMTP_TLS_OFFERED"
  | "SMTP_TLS_IMPLICIT"
  | "SMTP_TLS_OFF";

/** One reason why no attempts are made. */
export interface Stall {
  /** The reason. */
  reason: StallReason;
  /** For people, with what to do about it. Contains no time: see `until_time`. */
  explanation: string;
  /** When the first of the waiting chains is due; absent if they do not wait for a time. */
  untilTime?: string;
}

/**
 * Why a group is not dialing.
 *
 * - `STALL_REASON_UNSPECIFIED`: Never returned.
 * - `STALL_REASON_NOT_STARTED`: The group is not started.
 * - `STALL_REASON_PAUSED`: Somebody paused it.
 * - `STALL_REASON_FINISHED`: Every chain is closed.
 * - `STALL_REASON_NO_RECORDS`: The lists gave no chain with a device for the channel.
 * - `STALL_REASON_RETRIES_NOT_DUE`: All open chains wait for a retry whose time has not come.
 * - `STALL_REASON_WINDOWS_CLOSED`: All open chains wait for a contact window to open.
 * - `STALL_REASON_CAPS_REACHED`: All open chains wait until an attempt cap allows another attempt.
 * - `STALL_REASON_COMPLIANCE_UNAVAILABLE`: Compliance does not answer, so that no attempt can be made and no list loaded.
 * - `STALL_REASON_PROVIDER_DOWN`: The provider is down, or refuses Herald's requests.
 * - `STALL_REASON_DIALER_UNAVAILABLE`: The dialer does not answer.
 * - `STALL_REASON_NO_AGENTS`: All agents are busy.
 * - `STALL_REASON_PORTS_FULL`: All ports are in use.
 * - `STALL_REASON_ABANDONMENT_BUDGET`: The abandonment budget is spent.
 * - `STALL_REASON_RESULTS_AWAITED`: Nothing is due, and attempts in flight have no result yet.
 * - `STALL_REASON_SUPPRESSED`: All open chains wait for the end of a suppression. Stop the group to finish without them.
 * - `STALL_REASON_CONTENT_INVALID`: No message can be made from the content: it needs too much time or memory, or the message becomes too long. Nobody is contacted until the content is changed.
 * - `STALL_REASON_SET_ASIDE`: A dialer crashed twice while it worked on this group. The group is left out, so that other groups go on, until somebody resumes it.
 * - `STALL_REASON_ATTEMPTS_IN_PROGRESS`: All open chains wait because another attempt to the same device or client is in progress: a call of another group, or a message of the last minute.
 */
export type StallReason = 
  | "STALL_REASON_UNSPECIFIED"
  | "STALL_REASON_NOT_STARTED"
  | "STALL_REASON_PAUSED"
  | "STALL_REASON_FINISHED"
  | "STALL_REASON_NO_RECORDS"
  | "STALL_REASON_RETRIES_NOT_DUE"
  | "STALL_REASON_WINDOWS_CLOSED"
  | "STALL_REASON_CAPS_REACHED"
  | "STALL_REASON_COMPLIANCE_UNAVAILABLE"
  | "STALL_REASON_PROVIDER_DOWN"
  | "STALL_REASON_DIALER_UNAVAILABLE"
  | "STALL_REASON_NO_AGENTS"
  | "STALL_REASON_PORTS_FULL"
  | "STALL_REASON_ABANDONMENT_BUDGET"
  | "STALL_REASON_RESULTS_AWAITED"
  | "STALL_REASON_SUPPRESSED"
  | "STALL_REASON_CONTENT_INVALID"
  | "STALL_REASON_SET_ASIDE"
  | "STALL_REASON_ATTEMPTS_IN_PROGRESS";

/** Asks to start a group. */
export interface StartCampaignGroupBody {
  /** Whom to contact after an earlier run. Has no effect on a group that was never loaded, or that is loaded already. */
  mode?: LoadMode;
}

/** The group after the command. */
export interface StartCampaignGroupResponse {
  /** The group as it is now. */
  campaignGroup?: CampaignGroup;
}

/** Asks to stop a group. */
export interface StopCampaignGroupBody {
  /** Why, for people: one line of up to 500 characters, shown with the group. A group that is already stopped keeps its reason. */
  reason?: string;
}

/** The group after the command. */
export interface StopCampaignGroupResponse {
  /** The group as it is now. */
  campaignGroup?: CampaignGroup;
  /**
   * Which of `compliance` and `dial` could not be told yet; usually empty. The group already gives out no more people, and these services will be told
   * later without another call. Until `dial` is told, it may begin attempts that it had leased before, for 15 seconds at most.
   */
  untoldServices: Array<string>;
}

/** One device or client that must not be contacted. */
export interface SuppressionEntry {
  /**
   * E.164 number or email address in lower case, up to 254 characters, or client id, up to 128. Argentine mobile numbers are stored without their 9,
   * since both forms reach the same phone. A value of an imported file that cannot be understood is stored as it is written.
   */
  value: string;
  /** When the entry begins to hold; absent means that it has always held. */
  fromTime?: string;
  /** When the entry ceases to hold; absent means never. */
  untilTime?: string;
  /** Why, for people, up to 200 characters: `STOP by SMS`. */
  reason: string;
  /** When it was added. */
  createTime?: string;
}

/** One device or client that must not be contacted. */
export interface SuppressionEntryInput {
  /**
   * E.164 number or email address in lower case, up to 254 characters, or client id, up to 128. Argentine mobile numbers are stored without their 9,
   * since both forms reach the same phone. A value of an imported file that cannot be understood is stored as it is written.
   */
  value: string;
  /** When the entry begins to hold; absent means that it has always held. */
  fromTime?: string;
  /** When the entry ceases to hold; absent means never. */
  untilTime?: string;
  /** Why, for people, up to 200 characters: `STOP by SMS`. */
  reason?: string;
}

/** One list's entry for a value. */
export interface SuppressionHit {
  /** The list. */
  suppressionList?: SuppressionList;
  /** Its entry. */
  entry?: SuppressionEntry;
  /** Whether it holds now. */
  holdsNow: boolean;
}

/**
 * What the entries of a suppression list are.
 *
 * - `SUPPRESSION_KIND_UNSPECIFIED`: Read as SUPPRESSION_KIND_DEVICE on create; never returned.
 * - `SUPPRESSION_KIND_DEVICE`: A phone number or email address: only that device is suppressed.
 * - `SUPPRESSION_KIND_CLIENT_ID`: A client id: every device of the client is suppressed.
 */
export type SuppressionKind = 
  | "SUPPRESSION_KIND_UNSPECIFIED"
  | "SUPPRESSION_KIND_DEVICE"
  | "SUPPRESSION_KIND_CLIENT_ID";

/** A named set of devices or clients that must not be contacted. */
export interface SuppressionList {
  /** Identifies the list within the tenant. UUID, set by the server. */
  id: string;
  /** Shown to people. Unique within the tenant, 1 to 120 characters. */
  name: string;
  /** What it is for, up to 500 characters. */
  description: string;
  /** Whether its entries are devices or client ids. Cannot change. */
  kind: SuppressionKind;
  /** Channels it holds for; empty means all. */
  channels: Array<Channel>;
  /** A required list holds for every campaign group; any other list only for groups that name it. */
  required: boolean;
  /** Entries in the list. */
  entryCount: string;
  /** When it was created. */
  createTime?: string;
  /** When it or its entries last changed. */
  updateTime?: string;
  /** Changes on every write of its settings. Send back the value you read and a lost update is refused. */
  etag: string;
  /** The channel whose opt-outs Herald keeps in this list; unspecified for every other list, and for opt-outs of all channels. */
  optOutChannel: Channel;
  /** Whether Herald keeps opt-outs in this list. Such a list is created with the first opt-out, is required, and can only be read and corrected: one wrong entry at a time, with a reason. */
  keepsOptOuts: boolean;
  /** The program for which it holds; empty means all. Only lists of opt-outs have one. */
  programId: string;
}

/** A named set of devices or clients that must not be contacted. */
export interface SuppressionListInput {
  /** Shown to people. Unique within the tenant, 1 to 120 characters. */
  name: string;
  /** What it is for, up to 500 characters. */
  description?: string;
  /** Whether its entries are devices or client ids. Cannot change. */
  kind?: SuppressionKind;
  /** Channels it holds for; empty means all. */
  channels?: Array<Channel>;
  /** A required list holds for every campaign group; any other list only for groups that name it. */
  required?: boolean;
  /** Changes on every write of its settings. Send back the value you read and a lost update is refused. */
  etag?: string;
}

/** A named set of devices or clients that must not be contacted. */
export interface SuppressionListPatch {
  /** Shown to people. Unique within the tenant, 1 to 120 characters. */
  name?: string;
  /** What it is for, up to 500 characters. */
  description?: string;
  /** Whether its entries are devices or client ids. Cannot change. */
  kind?: SuppressionKind;
  /** Channels it holds for; empty means all. */
  channels?: Array<Channel>;
  /** A required list holds for every campaign group; any other list only for groups that name it. */
  required?: boolean;
  /** Changes on every write of its settings. Send back the value you read and a lost update is refused. */
  etag?: string;
}

/** A mistake in one of the texts. */
export interface TemplateFault {
  /** The language of the variant; empty if it has none. */
  language: string;
  /** The text: `subject`, `text` or `html`. */
  field: string;
  /** The line, from 1. */
  line: number;
  /** The column, from 1. */
  column: number;
  /** For people, with what would be right. */
  explanation: string;
}

/** One customer of the platform. Everything else belongs to exactly one tenant. */
export interface Tenant {
  /** Identifies the tenant. UUID, set by the server. */
  id: string;
  /** Short name used to sign in, 2 to 40 lower-case letters, digits and hyphens. Cannot change. */
  slug: string;
  /** Shown to people, 1 to 120 characters. */
  displayName: string;
  /** Country of numbers that are written without a country code, ISO 3166-1 alpha-2: `US`. */
  defaultRegion: string;
  /** IANA zone of the tenant itself, and of contacts of whom nothing else is known: `America/New_York`. */
  defaultZone: string;
  /** BCP 47 language of messages and dates: `en-US`. */
  locale: string;
  /** Whether its users may sign in. */
  state: TenantState;
  /** When it was created. */
  createTime?: string;
  /** When it last changed. */
  updateTime?: string;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag: string;
  /**
   * Host name of links in messages, such as `news.example.com`, up to 253 characters; the domain in any script. Its DNS must lead to the edge of the platform, which needs a certificate for it.
   * Empty means the platform's own address.
   */
  linkHost: string;
  /** Colour of the pages that people outside see, such as the page to unsubscribe: `#1a5fb4`. Empty means the platform's own. */
  accentColor: string;
}

/** One customer of the platform. Everything else belongs to exactly one tenant. */
export interface TenantInput {
  /** Short name used to sign in, 2 to 40 lower-case letters, digits and hyphens. Cannot change. */
  slug?: string;
  /** Shown to people, 1 to 120 characters. */
  displayName?: string;
  /** Country of numbers that are written without a country code, ISO 3166-1 alpha-2: `US`. */
  defaultRegion?: string;
  /** IANA zone of the tenant itself, and of contacts of whom nothing else is known: `America/New_York`. */
  defaultZone?: string;
  /** BCP 47 language of messages and dates: `en-US`. */
  locale?: string;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag?: string;
  /**
   * Host name of links in messages, such as `news.example.com`, up to 253 characters; the domain in any script. Its DNS must lead to the edge of the platform, which needs a certificate for it.
   * Empty means the platform's own address.
   */
  linkHost?: string;
  /** Colour of the pages that people outside see, such as the page to unsubscribe: `#1a5fb4`. Empty means the platform's own. */
  accentColor?: string;
}

/** One customer of the platform. Everything else belongs to exactly one tenant. */
export interface TenantPatch {
  /** Short name used to sign in, 2 to 40 lower-case letters, digits and hyphens. Cannot change. */
  slug?: string;
  /** Shown to people, 1 to 120 characters. */
  displayName?: string;
  /** Country of numbers that are written without a country code, ISO 3166-1 alpha-2: `US`. */
  defaultRegion?: string;
  /** IANA zone of the tenant itself, and of contacts of whom nothing else is known: `America/New_York`. */
  defaultZone?: string;
  /** BCP 47 language of messages and dates: `en-US`. */
  locale?: string;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag?: string;
  /**
   * Host name of links in messages, such as `news.example.com`, up to 253 characters; the domain in any script. Its DNS must lead to the edge of the platform, which needs a certificate for it.
   * Empty means the platform's own address.
   */
  linkHost?: string;
  /** Colour of the pages that people outside see, such as the page to unsubscribe: `#1a5fb4`. Empty means the platform's own. */
  accentColor?: string;
}

/**
 * Where a tenant is in its life.
 *
 * - `TENANT_STATE_UNSPECIFIED`: Never returned.
 * - `TENANT_STATE_ACTIVE`: Its users may sign in.
 * - `TENANT_STATE_SUSPENDED`: Its users get no tokens; its data stays.
 */
export type TenantState = 
  | "TENANT_STATE_UNSPECIFIED"
  | "TENANT_STATE_ACTIVE"
  | "TENANT_STATE_SUSPENDED";

/**
 * One message of a campaign that somebody requested as a test. It is sent the same way as the campaign's messages and looks
 * the same to its recipient (an email has the additional header `Herald-Test: yes`). It is not counted anywhere: not in the progress, in attempt caps, or in the history of a contact.
 */
export interface TestMessage {
  /** Id of the attempt (with `Attempt.test`), and of compliance's decision about it. Empty if no attempt was made. */
  attemptId: string;
  /** Where it was or would have been sent: E.164 number or email address. */
  contactInfo: string;
  /** What happened to it. */
  state: TestMessageState;
  /**
   * Why it was not accepted, as one word: a RefusalReason of compliance (`suppressed_device`, `outside_window`), how the provider refused it (`hard_bounce`, `rejected`, `failed`, `deferred`), or
   * `provider_down`, `provider_missing`, `sender_refused`, `sender_taken`, `content_invalid`, `value_missing` (a value that the message template needs), `device_shared` (more than 100 different clients of the group's lists have it). Empty if it was accepted.
   */
  reason: string;
  /** For people: what happened, and what can be done about it. Contains no number, address or name. */
  explanation: string;
  /** When compliance would allow it; absent if it did, or if time alone will never make it allowed. */
  earliestTime?: string;
}

/**
 * What happened to a test message.
 *
 * - `TEST_MESSAGE_STATE_UNSPECIFIED`: Never returned.
 * - `TEST_MESSAGE_STATE_ACCEPTED`: The provider accepted it. The attempt shows whether it arrived.
 * - `TEST_MESSAGE_STATE_REFUSED`: It was refused, and nothing was sent.
 * - `TEST_MESSAGE_STATE_FAILED`: It could not be sent.
 * - `TEST_MESSAGE_STATE_UNKNOWN`: It may have been sent: the provider has not answered yet, or the connection broke. It is not sent again by itself.
 */
export type TestMessageState = 
  | "TEST_MESSAGE_STATE_UNSPECIFIED"
  | "TEST_MESSAGE_STATE_ACCEPTED"
  | "TEST_MESSAGE_STATE_REFUSED"
  | "TEST_MESSAGE_STATE_FAILED"
  | "TEST_MESSAGE_STATE_UNKNOWN";

/** Asks to try a provider. */
export interface TestProviderBody {
  /** The sender to try; up to 320 characters. Empty means the provider's default sender. */
  sender?: string;
}

/** What a test of a provider found. */
export interface TestProviderResponse {
  /** True if no step failed. */
  passed: boolean;
  /** The steps in the order in which they were made. */
  steps: Array<ProviderTestStep>;
}

/** What follows when an attempt ends in a certain way. */
export interface Treatment {
  /** Shown to people, up to 120 characters. */
  name: string;
  /** Call results that trigger it, for voice. CALL_RESULT_ANSWER always closes the chain, and CALL_RESULT_STALE is never tried again by itself. */
  callResults: Array<CallResult>;
  /** Delivery states that trigger it, for SMS and email. DELIVERY_STATE_SENT and DELIVERY_STATE_DELIVERED close the chain, and DELIVERY_STATE_UNKNOWN is never tried again by itself. */
  deliveryStates: Array<DeliveryState>;
  /** What is done. */
  action: TreatmentAction;
  /** How often it is applied to one chain (a redial: to one device), 1 to 100; 0 means 1. */
  maxCount: number;
  /** Seconds before the first application, up to 30 days. */
  intervalSeconds: string;
  /** Seconds added for each further application. */
  incrementSeconds: string;
}

/**
 * What a treatment does with the chain.
 *
 * - `TREATMENT_ACTION_UNSPECIFIED`: Never returned.
 * - `TREATMENT_ACTION_REDIAL`: Tries the same device again after the interval.
 * - `TREATMENT_ACTION_RETRY_IN`: Schedules the chain again after the interval, from its first device.
 * - `TREATMENT_ACTION_NEXT_IN_CHAIN`: Continues with the next device of the chain, after the interval. Not applied if there is no next device.
 * - `TREATMENT_ACTION_FINISH`: Closes the chain.
 */
export type TreatmentAction = 
  | "TREATMENT_ACTION_UNSPECIFIED"
  | "TREATMENT_ACTION_REDIAL"
  | "TREATMENT_ACTION_RETRY_IN"
  | "TREATMENT_ACTION_NEXT_IN_CHAIN"
  | "TREATMENT_ACTION_FINISH";

/** What follows when an attempt ends in a certain way. */
export interface TreatmentInput {
  /** Shown to people, up to 120 characters. */
  name?: string;
  /** Call results that trigger it, for voice. CALL_RESULT_ANSWER always closes the chain, and CALL_RESULT_STALE is never tried again by itself. */
  callResults?: Array<CallResult>;
  /** Delivery states that trigger it, for SMS and email. DELIVERY_STATE_SENT and DELIVERY_STATE_DELIVERED close the chain, and DELIVERY_STATE_UNKNOWN is never tried again by itself. */
  deliveryStates?: Array<DeliveryState>;
  /** What is done. */
  action?: TreatmentAction;
  /** How often it is applied to one chain (a redial: to one device), 1 to 100; 0 means 1. */
  maxCount?: number;
  /** Seconds before the first application, up to 30 days. */
  intervalSeconds?: string;
  /** Seconds added for each further application. */
  incrementSeconds?: string;
}

/** A message between services that its receiver refuses. Its personal data is not shown, not even what the receiver's reason quotes of it. */
export interface Undelivered {
  /** Identifies the message. UUID, set by the server. */
  id: string;
  /** The service that keeps it, such as `lists`. */
  service: string;
  /**
   * The kind of message: `audit` (entries of the audit trail), `campaigns`, `compliance` or `contacts` (results of attempts, for that service),
   * `opt_outs`, `job_ends`, or `results` (results of attempts that `dial` itself could not store).
   */
  topic: string;
  /** Number of items in it: entries, results, opt-outs. */
  itemCount: number;
  /** Attempts that it is about, if it names any; at most 10. */
  attemptIds: Array<string>;
  /** Why it was refused, in the receiver's words; quoted values, numbers and addresses are replaced by `…`. */
  reason: string;
  /** How often it was tried. */
  tryCount: number;
  /** When the message was made. */
  createTime?: string;
}

/** Asks to change the policy. */
export interface UpdateAttemptPolicyBody {
  /** The new values, with the `etag` that was read. */
  attemptPolicy: AttemptPolicyPatch;
  /** Which fields to change; empty means every field that has a value, so a field that becomes `false` must be named here. */
  updateMask?: string;
}

/** The changed policy. */
export interface UpdateAttemptPolicyResponse {
  /** The policy as it is now. */
  attemptPolicy?: AttemptPolicy;
}

/** Asks to change a group. */
export interface UpdateCampaignGroupBody {
  /** The new values, with the `etag` that was read. */
  campaignGroup: CampaignGroupPatch;
  /** Which fields to change; empty means every field that has a value. */
  updateMask?: string;
}

/** The changed group. */
export interface UpdateCampaignGroupResponse {
  /** The group as it is now. */
  campaignGroup?: CampaignGroup;
}

/** Asks to change a list. */
export interface UpdateContactListBody {
  /** The new values, with the `etag` that was read. */
  contactList: ContactListPatch;
  /** Which fields to change; empty means every field that has a value. */
  updateMask?: string;
}

/** The changed list. */
export interface UpdateContactListResponse {
  /** The list as it is now. */
  contactList?: ContactList;
}

/** Asks to change a keyword. */
export interface UpdateKeywordBody {
  /** The new values, with the `etag` that was read. */
  keyword: KeywordPatch;
  /** Which fields to change; empty means every field that has a value. */
  updateMask?: string;
}

/** The changed keyword. */
export interface UpdateKeywordResponse {
  /** The keyword as it is now. */
  keyword?: Keyword;
}

/** Asks to change a template. */
export interface UpdateMessageTemplateBody {
  /** The new values, with the `etag` that was read. */
  messageTemplate: MessageTemplatePatch;
  /** Which fields to change; empty means every field that has a value. */
  updateMask?: string;
}

/** The changed template. */
export interface UpdateMessageTemplateResponse {
  /** The template as it is now. */
  messageTemplate?: MessageTemplate;
}

/** Asks to change the policy. */
export interface UpdateOptOutPolicyBody {
  /** The new values, with the `etag` that was read. */
  optOutPolicy: OptOutPolicyPatch;
  /** Which fields to change; empty means every field that has a value. */
  updateMask?: string;
}

/** The changed policy. */
export interface UpdateOptOutPolicyResponse {
  /** The policy as it is now. */
  optOutPolicy?: OptOutPolicy;
}

/** Asks to change a program. */
export interface UpdateProgramBody {
  /** The new values, with the `etag` that was read. */
  program: ProgramPatch;
  /** Which fields to change; empty means every field that has a value. */
  updateMask?: string;
}

/** The changed program. */
export interface UpdateProgramResponse {
  /** The program as it is now. */
  program?: Program;
}

/** Asks to change a provider. */
export interface UpdateProviderBody {
  /** The new values, with the `etag` that was read. */
  provider: ProviderPatch;
  /** Which fields to change; empty means every field that has a value. */
  updateMask?: string;
}

/** The changed provider. */
export interface UpdateProviderResponse {
  /** The provider as it is now. */
  provider?: Provider;
}

/** Asks to change a role. */
export interface UpdateRoleBody {
  /** The new values, with the `etag` that was read. */
  role: RolePatch;
  /** Which fields to change; empty means every field that has a value. */
  updateMask?: string;
}

/** The changed role. */
export interface UpdateRoleResponse {
  /** The role as it is now. */
  role?: Role;
}

/** Asks to change a rule. */
export interface UpdateRuleBody {
  /** The new values, with the `etag` that was read. */
  rule: RulePatch;
  /** Which fields to change; empty means every field that has a value. */
  updateMask?: string;
}

/** The changed rule. */
export interface UpdateRuleResponse {
  /** The rule as it is now. */
  rule?: Rule;
}

/** Asks to change a list. */
export interface UpdateSuppressionListBody {
  /** The new values, with the `etag` that was read. */
  suppressionList: SuppressionListPatch;
  /** Which fields to change; empty means every field that has a value. */
  updateMask?: string;
}

/** The changed list. */
export interface UpdateSuppressionListResponse {
  /** The list as it is now. */
  suppressionList?: SuppressionList;
}

/** Asks to change settings. */
export interface UpdateTenantBody {
  /** The new values, with the `etag` that was read. */
  tenant: TenantPatch;
  /** Which fields to change; empty means every field that has a value. */
  updateMask?: string;
}

/** The changed tenant. */
export interface UpdateTenantResponse {
  /** The tenant as it is now. */
  tenant?: Tenant;
}

/** Asks to change a user. */
export interface UpdateUserBody {
  /** The new values, with the `etag` that was read. */
  user: UserPatch;
  /** Which fields to change; empty means every field that has a value. */
  updateMask?: string;
}

/** The changed user. */
export interface UpdateUserResponse {
  /** The user as it is now. */
  user?: User;
}

/** A person who signs in. */
export interface User {
  /** Identifies the user. UUID, set by the server. */
  id: string;
  /** The user signs in with it. Unique within the tenant, compared without case. */
  email: string;
  /** Shown to people, 1 to 120 characters. */
  displayName: string;
  /** Roles that the user holds. At least one. */
  roleIds: Array<string>;
  /** A disabled user gets no tokens. */
  disabled: boolean;
  /** When the user was created. */
  createTime?: string;
  /** When the user last changed. */
  updateTime?: string;
  /** When the user last signed in; absent if never. */
  lastSignInTime?: string;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag: string;
}

/** A person who signs in. */
export interface UserInput {
  /** The user signs in with it. Unique within the tenant, compared without case. */
  email: string;
  /** Shown to people, 1 to 120 characters. */
  displayName?: string;
  /** Roles that the user holds. At least one. */
  roleIds?: Array<string>;
  /** A disabled user gets no tokens. */
  disabled?: boolean;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag?: string;
}

/** A person who signs in. */
export interface UserPatch {
  /** The user signs in with it. Unique within the tenant, compared without case. */
  email?: string;
  /** Shown to people, 1 to 120 characters. */
  displayName?: string;
  /** Roles that the user holds. At least one. */
  roleIds?: Array<string>;
  /** A disabled user gets no tokens. */
  disabled?: boolean;
  /** Changes on every write. Send back the value you read and a lost update is refused. */
  etag?: string;
}

/**
 * Whether an attempt may be made.
 *
 * - `VERDICT_UNSPECIFIED`: Never returned; in a filter: any.
 * - `VERDICT_ALLOWED`: It may be made now.
 * - `VERDICT_REFUSED`: It must not be made now.
 */
export type Verdict = 
  | "VERDICT_UNSPECIFIED"
  | "VERDICT_ALLOWED"
  | "VERDICT_REFUSED";

/** Access to a voice adapter, a program that places calls by the contract `VoiceAdapterService`. */
export interface VoiceAdapterAccount {
  /** `host:port` of the adapter, up to 260 characters. Private, loopback and link-local addresses are refused unless the platform's operator allows them. */
  address: string;
  /** If true, the connection is encrypted, and the adapter's certificate must be of a known authority. */
  tls: boolean;
}

/** Access to a voice adapter, a program that places calls by the contract `VoiceAdapterService`. */
export interface VoiceAdapterAccountInput {
  /** `host:port` of the adapter, up to 260 characters. Private, loopback and link-local addresses are refused unless the platform's operator allows them. */
  address: string;
  /**
   * Signs the tokens that the adapter verifies (its HERALD_VOICE_KEY), 32 to 1,000 characters. Never returned. In an update, empty keeps the one that is set, unless the address or TLS
   * change: then it must be given again.
   */
  key?: string;
  /** If true, the connection is encrypted, and the adapter's certificate must be of a known authority. */
  tls?: boolean;
}

/** How calls are made. */
export interface VoiceSettings {
  /** How the pace of calls is set. */
  mode: DialingMode;
  /** POWER: attempts per minute, 1 to 60,000. */
  callsPerMinute: number;
  /** PROGRESSIVE: lines dialed for each ready agent, 0.1 to 10; 0 means 1. */
  linesPerAgent: number;
  /** PROGRESSIVE: simulated agents, 1 to 1,000, until people sign in at desks. */
  simulatedAgents: number;
  /** Most calls in flight at once, up to 10,000; 0 means 100. */
  maxPorts: number;
  /** How many seconds to let it ring, 15 to 120; 0 means 25. */
  ringTimeoutSeconds: number;
  /** Number shown to the contact, E.164; empty means the provider's default. */
  callerId: string;
  /** Average seconds that a simulated agent needs for a call and the work after it, up to 86,400; 0 means 120. */
  simulatedHandlingSeconds: number;
}

/** How calls are made. */
export interface VoiceSettingsInput {
  /** How the pace of calls is set. */
  mode?: DialingMode;
  /** POWER: attempts per minute, 1 to 60,000. */
  callsPerMinute?: number;
  /** PROGRESSIVE: lines dialed for each ready agent, 0.1 to 10; 0 means 1. */
  linesPerAgent?: number;
  /** PROGRESSIVE: simulated agents, 1 to 1,000, until people sign in at desks. */
  simulatedAgents?: number;
  /** Most calls in flight at once, up to 10,000; 0 means 100. */
  maxPorts?: number;
  /** How many seconds to let it ring, 15 to 120; 0 means 25. */
  ringTimeoutSeconds?: number;
  /** Number shown to the contact, E.164; empty means the provider's default. */
  callerId?: string;
  /** Average seconds that a simulated agent needs for a call and the work after it, up to 86,400; 0 means 120. */
  simulatedHandlingSeconds?: number;
}

/** The group as it is now. */
export interface WatchCampaignGroupResponse {
  /** The group. */
  campaignGroup?: CampaignGroup;
  /** Its progress. */
  progress?: Progress;
}

/** Some messages, in their order. */
export interface WatchInboundMessagesResponse {
  /** Up to 100; none if nothing has come for a while. */
  inboundMessages: Array<InboundMessage>;
}

/** The job as it is now. */
export interface WatchJobResponse {
  /** The job. */
  job?: Job;
}

/** Asks to end an opt-out. */
export interface WithdrawOptOutBody {
  /** Why: that it was none, or how and when the person consented again. 1 to 200 characters. */
  reason: string;
}

/** The opt-out holds no longer. */
export interface WithdrawOptOutResponse {
  /** The opt-out. */
  optOut?: OptOut;
}

/** One time zone in which a contact may be. */
export interface ZoneEvidence {
  /** IANA name of the zone. */
  zone: string;
  /** Why the contact may be there: `number prefix +1212`, `postal code 10001`, `country US`. */
  evidence: string;
  /** Local wall-clock time there now, ISO 8601 without offset: `2026-11-21T09:30`. */
  localTime: string;
  /** The same moment as an instant. */
  instant?: string;
}

/** Every path of the REST contract, for `createClient<paths>()` of openapi-fetch. */
export interface paths {
  "/.well-known/jwks.json": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the JSON Web Key Set that verifies access tokens: the current key, the next one and older keys whose tokens have not all expired.
     *
     * Needs no token.
     */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "*/*": Blob } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/u/{token}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the page of a link: it asks, or says what was stopped. It changes nothing, however often it is opened, so that programs may follow every link of an email.
     * A token that is not one of ours gives a page that says so, with HTTP status 404; it never says what exists. The answer of gRPC is the page too, with the status in the header `x-herald-status`.
     *
     * Needs no token.
     */
    get: {
      parameters: { query?: { lang?: string }; header?: never; path: { token: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "*/*": Blob } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "*/*": Blob } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    /**
     * Does what the page offers, or unsubscribes with one click (RFC 8058), and returns the page as it is afterwards. A repeat changes nothing. It holds within a second, for every list of the tenant, also
     * after the contact, the list and the campaign are gone.
     * A token that is not one of ours gives a page that says so, with HTTP status 404.
     *
     * Needs no token.
     */
    post: {
      parameters: { query?: { lang?: string }; header?: never; path: { token: string }; cookie?: never };
      requestBody: { content: { "*/*": Blob } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "*/*": Blob } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "*/*": Blob } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/api-keys": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the tenant's keys, newest first, without their secrets.
     *
     * Permission: `api-keys.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListApiKeysResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    /**
     * Creates a key and returns its secret, only this once.
     *
     * Permission: `api-keys.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": CreateApiKeyRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": CreateApiKeyResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/api-keys/{apiKeyId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one key, without its secret.
     *
     * Permission: `api-keys.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { apiKeyId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetApiKeyResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    /**
     * Removes a key; it gets no more tokens.
     *
     * Permission: `api-keys.write`.
     */
    delete: {
      parameters: { query?: never; header?: never; path: { apiKeyId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": DeleteApiKeyResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/attempt-checks": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns decisions, newest first.
     *
     * Permission: `attempts.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string; campaignGroupId?: string; contactInfo?: string; clientId?: string; verdict?: Verdict; reason?: RefusalReason }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListDecisionsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    /**
     * Checks one attempt: suppression, place, contact windows in every candidate zone, attempt caps, campaign state, and whether another attempt to the same
     * device or client is in progress. An allowed attempt is itself in progress from then on, until its outcome is reported or its time is over (see `AttemptPolicy`); a "what if" check is not.
     *
     * Permission: `attempts.check`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": CheckAttemptRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": CheckAttemptResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/attempt-checks/{attemptId}:explain": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the stored decision about an attempt, with the verdict of every rule that applied.
     *
     * Permission: `attempts.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { attemptId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ExplainAttemptResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/attempt-policy": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the tenant's policy.
     *
     * Permission: `rules.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetAttemptPolicyResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Changes the masked fields of the tenant's policy: calls_exclusive, call_hold_seconds, messages_exclusive, message_hold_seconds.
     *
     * Permission: `rules.write`.
     */
    patch: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": UpdateAttemptPolicyBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": UpdateAttemptPolicyResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    trace?: never;
  };
  "/v1/attempts": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the tenant's attempts, newest first.
     *
     * Permission: `attempts.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string; campaignGroupId?: string; state?: AttemptState; channel?: Channel; contactInfo?: string; recordId?: string; result?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListAttemptsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/attempts/{attemptId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one attempt.
     *
     * Permission: `attempts.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { attemptId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetAttemptResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/attempts/{attemptId}:resolve": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Stores the outcome that a person found out for a stale attempt. Treatments then follow as for any outcome.
     *
     * Permission: `attempts.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { attemptId: string }; cookie?: never };
      requestBody: { content: { "application/json": ResolveStaleAttemptBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ResolveStaleAttemptResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/audit-entries": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the tenant's audit trail, newest first.
     *
     * Permission: `audit.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string; callerId?: string; requestId?: string; objectId?: string; action?: AuditAction; startTime?: string; endTime?: string; clientAddress?: string; refused?: boolean }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListAuditEntriesResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/campaign-groups": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the tenant's groups, newest first.
     *
     * Permission: `campaigns.read`.
     */
    get: {
      parameters: { query?: { contactListId?: string; suppressionListId?: string; usingLists?: boolean; messageTemplateId?: string; pageSize?: number; pageToken?: string; state?: CampaignGroupState; query?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListCampaignGroupsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    /**
     * Creates a group.
     *
     * Permission: `campaigns.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": CreateCampaignGroupRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": CreateCampaignGroupResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/campaign-groups/{campaignGroupId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one group with its progress.
     *
     * Permission: `campaigns.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { campaignGroupId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetCampaignGroupResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    /**
     * Deletes a group with its queue. The group must be stopped or not loaded. Its attempts and decisions are kept.
     *
     * Permission: `campaigns.write`.
     */
    delete: {
      parameters: { query?: never; header?: never; path: { campaignGroupId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": DeleteCampaignGroupResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    options?: never;
    head?: never;
    /**
     * Changes the masked settings of one group. Lists and channel can be changed only while it is not loaded; content, rules, treatments and pace at any time, with effect on attempts that have not begun.
     *
     * Permission: `campaigns.write`.
     */
    patch: {
      parameters: { query?: never; header?: never; path: { campaignGroupId: string }; cookie?: never };
      requestBody: { content: { "application/json": UpdateCampaignGroupBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": UpdateCampaignGroupResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    trace?: never;
  };
  "/v1/campaign-groups/{campaignGroupId}/left-out": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the records that gave no chain when the group was loaded, in the order of their ids.
     *
     * Permission: `campaigns.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string; reason?: string }; header?: never; path: { campaignGroupId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListLeftOutResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/campaign-groups/{campaignGroupId}/queue": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the chains of a group, in the order of their records.
     *
     * Permission: `campaigns.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string; recordStatus?: RecordStatus }; header?: never; path: { campaignGroupId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListQueuedResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/campaign-groups/{campaignGroupId}/queue/{recordId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one chain.
     *
     * Permission: `campaigns.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { campaignGroupId: string; recordId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetChainResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/campaign-groups/{campaignGroupId}:load": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Puts the people of the lists into the dial queue, so that counts are known before dialing begins. Returns at once; `state` becomes ACTIVE when the queue is complete.
     *
     * Permission: `campaigns.start`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { campaignGroupId: string }; cookie?: never };
      requestBody?: { content: { "application/json": LoadCampaignGroupBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": LoadCampaignGroupResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/campaign-groups/{campaignGroupId}:pause": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Interrupts dialing. After the response no new attempt begins; attempts in flight continue. Pausing a paused group changes nothing. It works even if other services do not answer: see `untold_services`.
     *
     * Permission: `campaigns.start`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { campaignGroupId: string }; cookie?: never };
      requestBody?: { content: { "application/json": PauseCampaignGroupBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": PauseCampaignGroupResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/campaign-groups/{campaignGroupId}:previewStart": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns what StartCampaignGroup would do now, without doing it: how many people it would contact, from when, who is left out, and what prevents the start. It asks compliance only
     * about the first people.
     *
     * Permission: `campaigns.read`.
     */
    get: {
      parameters: { query?: { mode?: LoadMode }; header?: never; path: { campaignGroupId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": PreviewStartResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/campaign-groups/{campaignGroupId}:progressHistory": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns how the counts of a run changed from its start to its end, or until now: at most 301 points, which are closer together in shorter runs. For counts newer than the newest point, use WatchCampaignGroup.
     *
     * Permission: `campaigns.read`.
     */
    get: {
      parameters: { query?: { run?: number }; header?: never; path: { campaignGroupId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetProgressHistoryResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/campaign-groups/{campaignGroupId}:resume": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Continues a paused group.
     *
     * Permission: `campaigns.start`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { campaignGroupId: string }; cookie?: never };
      requestBody?: { content: { "application/json": ResumeCampaignGroupBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ResumeCampaignGroupResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/campaign-groups/{campaignGroupId}:sendTest": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Sends one message of a group by SMS or email to a number or address of the caller's choice. Works in every state of the group and uses the same provider, sender, compliance rules and limits as the
     * campaign. Nobody can know whose number was typed, so contact windows apply, and a suppressed device gets no test message; nor does a device of a suppressed client in the group's lists. The
     * response says what happened to the message, including a refusal.
     * At most 5 per minute and 50 per day for each caller, and 20 per minute and 200 per day for each tenant, unless the operator sets other limits. Repeating a request counts again only if it did not lead to an attempt.
     *
     * Permission: `campaigns.start`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { campaignGroupId: string }; cookie?: never };
      requestBody: { content: { "application/json": SendTestBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": SendTestResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/campaign-groups/{campaignGroupId}:start": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Begins dialing. Loads the group first if it is not loaded. Starting a running group without a mode changes nothing.
     *
     * Permission: `campaigns.start`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { campaignGroupId: string }; cookie?: never };
      requestBody?: { content: { "application/json": StartCampaignGroupBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": StartCampaignGroupResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/campaign-groups/{campaignGroupId}:stop": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Ends the run. After the response no new attempt begins; open chains are cancelled as soon as their attempts in flight have ended. Stopping a stopped group changes nothing. It works even if other services do not answer: see `untold_services`.
     *
     * Permission: `campaigns.start`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { campaignGroupId: string }; cookie?: never };
      requestBody?: { content: { "application/json": StopCampaignGroupBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": StopCampaignGroupResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/campaign-groups/{campaignGroupId}:watch": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Streams the group with its progress: at once, after each change (at most once a second), and at least every 15 seconds.
     *
     * Permission: `campaigns.read`.
     *
     * The answer is a stream of newline-delimited JSON: each line is one object of this schema.
     */
    get: {
      parameters: { query?: never; header?: never; path: { campaignGroupId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": WatchCampaignGroupResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/campaign-groups:checkContent": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Returns which placeholders of a content would be empty for people of these lists, and a preview of the message, made by the code that also sends messages. Stores nothing.
     *
     * Permission: `campaigns.read`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: { content: { "application/json": CheckContentRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": CheckContentResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/compliance-rules": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the tenant's rules, newest first; with `include_built_in`, the rules that are part of Herald follow.
     *
     * Permission: `rules.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string; includeBuiltIn?: boolean }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListRulesResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    /**
     * Creates a rule.
     *
     * Permission: `rules.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": CreateRuleRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": CreateRuleResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/compliance-rules/{ruleId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one rule, which may be a built-in one.
     *
     * Permission: `rules.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { ruleId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetRuleResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    /**
     * Deletes a rule.
     *
     * Permission: `rules.write`.
     */
    delete: {
      parameters: { query?: never; header?: never; path: { ruleId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": DeleteRuleResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    options?: never;
    head?: never;
    /**
     * Changes the masked fields of one rule: name, description, required, channels, and its body as a whole.
     *
     * Permission: `rules.write`.
     */
    patch: {
      parameters: { query?: never; header?: never; path: { ruleId: string }; cookie?: never };
      requestBody: { content: { "application/json": UpdateRuleBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": UpdateRuleResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    trace?: never;
  };
  "/v1/contact-lists": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the tenant's lists, newest first.
     *
     * Permission: `lists.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string; query?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListContactListsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    /**
     * Creates an empty list.
     *
     * Permission: `lists.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": CreateContactListRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": CreateContactListResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/contact-lists/{contactListId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one list.
     *
     * Permission: `lists.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { contactListId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetContactListResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    /**
     * Removes a list with its records and imports. A list cannot be removed while a campaign group uses it (one that is loading, loaded, running or paused), or while
     * campaigns cannot be asked.
     *
     * Permission: `lists.write`.
     */
    delete: {
      parameters: { query?: never; header?: never; path: { contactListId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": DeleteContactListResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    options?: never;
    head?: never;
    /**
     * Changes the masked fields of one list (name, description, default_region) and returns the list.
     *
     * Permission: `lists.write`.
     */
    patch: {
      parameters: { query?: never; header?: never; path: { contactListId: string }; cookie?: never };
      requestBody: { content: { "application/json": UpdateContactListBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": UpdateContactListResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    trace?: never;
  };
  "/v1/contact-lists/{contactListId}/imports": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the imports of a list, newest first.
     *
     * Permission: `lists.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string }; header?: never; path: { contactListId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListImportsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/contact-lists/{contactListId}/records": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Finds records of a list, in the order of their import.
     *
     * Permission: `lists.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string; clientId?: string; contactInfo?: string; name?: string }; header?: never; path: { contactListId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": SearchRecordsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/contact-lists/{contactListId}/records/{recordId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one record.
     *
     * Permission: `lists.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { contactListId: string; recordId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetRecordResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/contact-lists/{contactListId}/records:export": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns all records of a list as CSV with a header. The memory that this takes does not depend on the list's size. Importing the file gives the same records again.
     * A cell that a spreadsheet would run or change (it begins with `=`, `+`, `-`, `@`, white space or an apostrophe) gets an apostrophe before it; the import removes it again.
     *
     * Permission: `lists.export`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { contactListId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "*/*": Blob } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/contact-lists/{contactListId}/records:import": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    /**
     * Reads a delimited text file into a list while it is uploaded (`curl -T list.csv`). The memory that this takes does not depend on the file's size.
     * The answer comes when the file has been read. Meanwhile a job shows the progress; its id is in the response header `x-herald-job-id`, and the import's id in `x-herald-import-id`.
     * A process reads a few files at once (LISTS_IMPORTS_AT_ONCE, of one tenant LISTS_IMPORTS_AT_ONCE_OF_TENANT). Other files wait for their turn; the tenant with the fewest
     * files comes first. The job of a waiting file has the count `imports_ahead`: the number of files before it.
     * Suppression files have slots of their own, and never wait for contact files.
     * An upload must bring LISTS_UPLOAD_LEAST_BYTES_PER_SECOND (8,192) bytes a second, measured over LISTS_UPLOAD_RATE_WINDOW (30 s) of waiting for it.
     * Every rejected row is stored with its line and reason. All accepted rows become visible at once; after an error, none does.
     * A row is a duplicate if an earlier row has its client id, or, if it has no client id, its first device. `known_records` decides what happens to rows that the list
     * has already: by default they are skipped. The answer has the numbers of added, updated and skipped rows.
     * Limits: 20 million rows, 1,000 columns, 1 MiB a line, encodings UTF-8 and UTF-16 with a byte order mark, and those of the Encoding Standard by their name.
     * A file is refused if it is not a table, or if it has rows but none can be accepted (`ERROR_REASON_FILE_UNREADABLE`, problem `no_row_taken`, with the fault of the
     * first row). Then nothing of the list changes. The import keeps the rejected rows.
     * Notes before the header are skipped: the header is searched in the first 25 rows, and the answer has its line.
     * Exported address books are understood: columns such as `Phone 1 - Value` with `Phone 1 - Label`, `Mobile Phone`, `E-mail 2 Address`, and area codes in a column of
     * their own (`AreaCode`, `NPA`) before or after the number. A fax, by header or by label, is no device.
     *
     * Permission: `lists.import`.
     */
    put: {
      parameters: { query?: { mode?: ImportMode; mapping?: Array<string>; encoding?: string; delimiter?: string; fileName?: string; defaultRegion?: string; totalBytes?: string; knownRecords?: KnownRecords; headerLine?: number }; header?: never; path: { contactListId: string }; cookie?: never };
      requestBody: { content: { "*/*": Blob } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ImportRecordsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    /**
     * Reads a delimited text file into a list while it is uploaded (`curl -T list.csv`). The memory that this takes does not depend on the file's size.
     * The answer comes when the file has been read. Meanwhile a job shows the progress; its id is in the response header `x-herald-job-id`, and the import's id in `x-herald-import-id`.
     * A process reads a few files at once (LISTS_IMPORTS_AT_ONCE, of one tenant LISTS_IMPORTS_AT_ONCE_OF_TENANT). Other files wait for their turn; the tenant with the fewest
     * files comes first. The job of a waiting file has the count `imports_ahead`: the number of files before it.
     * Suppression files have slots of their own, and never wait for contact files.
     * An upload must bring LISTS_UPLOAD_LEAST_BYTES_PER_SECOND (8,192) bytes a second, measured over LISTS_UPLOAD_RATE_WINDOW (30 s) of waiting for it.
     * Every rejected row is stored with its line and reason. All accepted rows become visible at once; after an error, none does.
     * A row is a duplicate if an earlier row has its client id, or, if it has no client id, its first device. `known_records` decides what happens to rows that the list
     * has already: by default they are skipped. The answer has the numbers of added, updated and skipped rows.
     * Limits: 20 million rows, 1,000 columns, 1 MiB a line, encodings UTF-8 and UTF-16 with a byte order mark, and those of the Encoding Standard by their name.
     * A file is refused if it is not a table, or if it has rows but none can be accepted (`ERROR_REASON_FILE_UNREADABLE`, problem `no_row_taken`, with the fault of the
     * first row). Then nothing of the list changes. The import keeps the rejected rows.
     * Notes before the header are skipped: the header is searched in the first 25 rows, and the answer has its line.
     * Exported address books are understood: columns such as `Phone 1 - Value` with `Phone 1 - Label`, `Mobile Phone`, `E-mail 2 Address`, and area codes in a column of
     * their own (`AreaCode`, `NPA`) before or after the number. A fax, by header or by label, is no device.
     *
     * Permission: `lists.import`.
     */
    post: {
      parameters: { query?: { mode?: ImportMode; mapping?: Array<string>; encoding?: string; delimiter?: string; fileName?: string; defaultRegion?: string; totalBytes?: string; knownRecords?: KnownRecords; headerLine?: number }; header?: never; path: { contactListId: string }; cookie?: never };
      requestBody: { content: { "*/*": Blob } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ImportRecordsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/contact-lists:previewImport": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Reads the beginning of a file and shows how ImportRecords would understand it. Stores nothing.
     * If no column of the file maps to a device, the answer shows its columns, so that the mapping can be corrected; ImportRecords refuses such a file.
     * Up to 1,000 rows are read, and the answer has their number. One preview of a tenant is read at a time; up to LISTS_IMPORTS_WAITING others wait.
     *
     * Permission: `lists.read`.
     */
    post: {
      parameters: { query?: { mapping?: Array<string>; encoding?: string; delimiter?: string; defaultRegion?: string; headerLine?: number }; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "*/*": Blob } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": PreviewImportResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/contacts": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Finds contacts; the one with the latest interaction first.
     *
     * Permission: `contacts.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string; query?: string; exact?: boolean }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": SearchContactsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/contacts/{contactId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one contact.
     *
     * Permission: `contacts.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { contactId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetContactResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/contacts/{contactId}/history": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the interactions of one contact on all channels, newest first.
     *
     * Permission: `contacts.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string }; header?: never; path: { contactId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListContactHistoryResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/contacts:identify": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Returns the contact with the given client id, number or address, and creates one if there is none. A client id wins over a number or address.
     *
     * Permission: `contacts.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: { content: { "application/json": IdentifyContactRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": IdentifyContactResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/email-domains": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the tenant's domains by name; a tenant has at most 100.
     *
     * Permission: `providers.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListEmailDomainsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    /**
     * Adds a domain, claims it as a sender, and makes an RSA and an Ed25519 key for it. They wait for their DNS records. A domain that is there already is returned as it is.
     *
     * Permission: `providers.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": AddEmailDomainRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": AddEmailDomainResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/email-domains/{domain}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one domain with its keys and their DNS records.
     *
     * Permission: `providers.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { domain: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetEmailDomainResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    /**
     * Removes a domain with its keys. Emails from it are not signed any more; the claim to the sender stays.
     *
     * Permission: `providers.write`.
     */
    delete: {
      parameters: { query?: never; header?: never; path: { domain: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": DeleteEmailDomainResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/email-domains/{domain}:check": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Looks for the DNS records of the domain's keys. A waiting key whose record is right begins to sign, and the older key of its algorithm retires. Takes at most 10 seconds.
     * That a record is missing or wrong is an answer (`record_problem`).
     *
     * Permission: `providers.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { domain: string }; cookie?: never };
      requestBody?: { content: { "application/json": CheckEmailDomainBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": CheckEmailDomainResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/email-domains/{domain}:rotate": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Makes new keys for the domain. They wait for their DNS records while the old ones go on signing. Keys that wait already are replaced.
     *
     * Permission: `providers.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { domain: string }; cookie?: never };
      requestBody?: { content: { "application/json": RotateDkimKeysBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": RotateDkimKeysResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/held-messages": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the messages that wait for a person, newest first.
     *
     * Permission: `platform.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListHeldMessagesResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/held-messages/{heldMessageId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Removes a message that a person has dealt with.
     *
     * Permission: `platform.write`.
     */
    delete: {
      parameters: { query?: never; header?: never; path: { heldMessageId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": DeleteHeldMessageResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/imports/{importId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one import.
     *
     * Permission: `lists.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { importId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetImportResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/imports/{importId}/rejected-rows": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the rejected rows of an import as CSV: line, reason, column, detail, and the original row. Cells are marked as in ExportRecords.
     *
     * Permission: `lists.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { importId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "*/*": Blob } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/imports/{importId}:cancel": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Stops an import that is under way. Nothing of it is imported.
     *
     * Permission: `lists.import`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { importId: string }; cookie?: never };
      requestBody?: { content: { "application/json": CancelImportBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": CancelImportResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/inbound-messages": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns messages, newest first.
     *
     * Permission: `inbound.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string; contactInfo?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListInboundMessagesResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/inbound-messages:watch": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Sends every message after a sequence number, in order, and then each one when it arrives, until the caller ends the call. Whoever remembers the last
     * sequence number misses none, whatever breaks. An empty answer comes at least every 15 seconds. Messages that are older than 30 days are left out.
     *
     * Permission: `inbound.read`.
     *
     * The answer is a stream of newline-delimited JSON: each line is one object of this schema.
     */
    get: {
      parameters: { query?: { afterSequence?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": WatchInboundMessagesResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/interactions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Finds interactions, newest first.
     *
     * Permission: `interactions.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string; contactInfo?: string; campaignGroupId?: string; channel?: Channel; direction?: InteractionDirection; startTime?: string; endTime?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": SearchInteractionsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/interactions/{interactionId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one interaction.
     *
     * Permission: `interactions.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { interactionId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetInteractionResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/jobs": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the tenant's jobs, newest first.
     *
     * Permission: `jobs.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string; state?: JobState; kind?: string; objectId?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListJobsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/jobs/{jobId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one job.
     *
     * Permission: `jobs.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { jobId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetJobResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/jobs/{jobId}:cancel": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Asks the service that does the work to stop. Whether its work so far is kept or undone is described at the RPC that began it.
     *
     * Permission: `jobs.cancel`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { jobId: string }; cookie?: never };
      requestBody?: { content: { "application/json": CancelJobBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": CancelJobResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/jobs/{jobId}:watch": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Sends the job at once and again whenever it changes (at most twice a second), until it has ended.
     *
     * Permission: `jobs.read`.
     *
     * The answer is a stream of newline-delimited JSON: each line is one object of this schema.
     */
    get: {
      parameters: { query?: never; header?: never; path: { jobId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": WatchJobResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/keywords": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the tenant's keywords, oldest first.
     *
     * Permission: `keywords.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListKeywordsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    /**
     * Creates a keyword.
     *
     * Permission: `keywords.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": CreateKeywordRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": CreateKeywordResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/keywords/{keywordId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one keyword.
     *
     * Permission: `keywords.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { keywordId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetKeywordResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    /**
     * Removes a keyword. Herald's usual words and answers stay.
     *
     * Permission: `keywords.write`.
     */
    delete: {
      parameters: { query?: never; header?: never; path: { keywordId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": DeleteKeywordResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    options?: never;
    head?: never;
    /**
     * Changes the masked fields of one keyword: language, words, answer, silent.
     *
     * Permission: `keywords.write`.
     */
    patch: {
      parameters: { query?: never; header?: never; path: { keywordId: string }; cookie?: never };
      requestBody: { content: { "application/json": UpdateKeywordBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": UpdateKeywordResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    trace?: never;
  };
  "/v1/keywords:readMessage": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Shows how a message would be understood and answered. Nothing is stored.
     *
     * Permission: `keywords.read`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": ReadMessageRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ReadMessageResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/message-templates": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the tenant's templates without their texts, newest first.
     *
     * Permission: `templates.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string; channel?: Channel; state?: MessageTemplateState; query?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListMessageTemplatesResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    /**
     * Creates a template with its draft. Nothing can use it before it is published. A tenant has at most 2,000 templates.
     *
     * Permission: `templates.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": CreateMessageTemplateRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": CreateMessageTemplateResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/message-templates/{messageTemplateId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one template with its draft.
     *
     * Permission: `templates.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { messageTemplateId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetMessageTemplateResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    /**
     * Deletes a template with its versions.
     *
     * Permission: `templates.write`.
     */
    delete: {
      parameters: { query?: never; header?: never; path: { messageTemplateId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": DeleteMessageTemplateResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    options?: never;
    head?: never;
    /**
     * Changes the masked fields of one template: name, description and draft. The draft is replaced as a whole. What was published stays.
     *
     * Permission: `templates.write`.
     */
    patch: {
      parameters: { query?: never; header?: never; path: { messageTemplateId: string }; cookie?: never };
      requestBody: { content: { "application/json": UpdateMessageTemplateBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": UpdateMessageTemplateResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    trace?: never;
  };
  "/v1/message-templates/{messageTemplateId}/uses": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the campaign groups that use a template, in any state, newest first.
     *
     * Permission: `templates.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string }; header?: never; path: { messageTemplateId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListMessageTemplateUsesResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/message-templates/{messageTemplateId}/versions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the versions of a template without their texts, newest first.
     *
     * Permission: `templates.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string }; header?: never; path: { messageTemplateId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListMessageTemplateVersionsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/message-templates/{messageTemplateId}/versions/{version}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one version with its texts.
     *
     * Permission: `templates.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { messageTemplateId: string; version: number }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetMessageTemplateVersionResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/message-templates/{messageTemplateId}:clone": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Creates a template whose draft is that of another one. Versions are not copied.
     *
     * Permission: `templates.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { messageTemplateId: string }; cookie?: never };
      requestBody: { content: { "application/json": CloneMessageTemplateBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": CloneMessageTemplateResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/message-templates/{messageTemplateId}:publish": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Makes an immutable version of the draft. Running campaign groups that use the newest version send it from then on, without being paused. If the draft has no changes, nothing happens, and the newest version is returned.
     *
     * Permission: `templates.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { messageTemplateId: string }; cookie?: never };
      requestBody?: { content: { "application/json": PublishMessageTemplateBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": PublishMessageTemplateResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/message-templates/{messageTemplateId}:restore": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Makes an earlier version the draft again, so that it can be changed or published. It takes the place of the present draft.
     *
     * Permission: `templates.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { messageTemplateId: string }; cookie?: never };
      requestBody: { content: { "application/json": RestoreMessageTemplateVersionBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": RestoreMessageTemplateVersionResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/message-templates/{messageTemplateId}:sendTest": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Sends the message of a template to up to five numbers or addresses of the caller's choice. Provider, compliance rules and limits are the same as for tests of campaign groups: contact windows apply, suppressed devices get nothing, and each message counts towards the limits (at most 5 per minute and 50 per day for each caller, and 20 per minute and 200 per day for each tenant, unless the operator sets other limits).
     * The response says for each what happened, including a refusal and a limit that was reached.
     *
     * Permission: `campaigns.start`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { messageTemplateId: string }; cookie?: never };
      requestBody: { content: { "application/json": SendTestMessagesBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": SendTestMessagesResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/message-templates:preview": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Returns the message that one person would get, made by the code that also sends messages, with mistakes, missing values, parts, price and warnings. Stores and sends nothing.
     *
     * Permission: `templates.read`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: { content: { "application/json": PreviewMessageTemplateRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": PreviewMessageTemplateResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/opt-out-policy": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns what opt-outs of the tenant mean.
     *
     * Permission: `optouts.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetOptOutPolicyResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Changes what opt-outs of the tenant mean, for those that come from now on.
     *
     * Permission: `optouts.write`.
     */
    patch: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": UpdateOptOutPolicyBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": UpdateOptOutPolicyResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    trace?: never;
  };
  "/v1/opt-outs": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns opt-outs, newest first.
     *
     * Permission: `optouts.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string; state?: OptOutState; contactInfo?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListOptOutsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    /**
     * Records an opt-out that somebody heard. It holds at once, also for people whom nobody knows yet.
     *
     * Permission: `optouts.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": RecordOptOutRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": RecordOptOutResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/opt-outs/{optOutId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one opt-out.
     *
     * Permission: `optouts.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { optOutId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetOptOutResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/opt-outs/{optOutId}:confirm": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Says that a provisional opt-out is one. An opt-out that holds already stays as it is.
     *
     * Permission: `optouts.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { optOutId: string }; cookie?: never };
      requestBody?: { content: { "application/json": ConfirmOptOutBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ConfirmOptOutResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/opt-outs/{optOutId}:withdraw": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Ends an opt-out: it was none, or the person consented again. Whatever it alone suppressed may be contacted again; what another opt-out or a suppression
     * list holds stays suppressed.
     *
     * Permission: `optouts.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { optOutId: string }; cookie?: never };
      requestBody: { content: { "application/json": WithdrawOptOutBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": WithdrawOptOutResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/permissions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns every permission that a role can hold, with the RPCs that need it.
     *
     * Permission: `roles.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListPermissionsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/places:resolve": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the time zones in which the owner of a number or postal code may be, with the evidence for each.
     *
     * Permission: `places.read`.
     */
    get: {
      parameters: { query?: { contactInfo?: string; defaultRegion?: string; postalCode?: string; country?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ResolvePlaceResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/programs": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the tenant's programs: the usual one first, the others by name.
     *
     * Permission: `programs.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListProgramsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    /**
     * Creates a program.
     *
     * Permission: `programs.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": CreateProgramRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": CreateProgramResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/programs/{programId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one program.
     *
     * Permission: `programs.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { programId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetProgramResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    /**
     * Removes a program with its keywords. Its opt-outs stay. Campaign groups that run for it go on, and nobody who opted out of it is contacted; a group that names it cannot be started any more.
     *
     * Permission: `programs.write`.
     */
    delete: {
      parameters: { query?: never; header?: never; path: { programId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": DeleteProgramResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    options?: never;
    head?: never;
    /**
     * Changes the masked fields of one program: name, language, contact_words.
     *
     * Permission: `programs.write`.
     */
    patch: {
      parameters: { query?: never; header?: never; path: { programId: string }; cookie?: never };
      requestBody: { content: { "application/json": UpdateProgramBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": UpdateProgramResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    trace?: never;
  };
  "/v1/providers": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the tenant's providers, newest first.
     *
     * Permission: `providers.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string; channel?: Channel; kind?: ProviderKind; state?: ProviderState }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListProvidersResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    /**
     * Creates a provider.
     *
     * Permission: `providers.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": CreateProviderRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": CreateProviderResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/providers/{providerId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one provider, without its passwords and keys.
     *
     * Permission: `providers.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { providerId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetProviderResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    /**
     * Deletes a provider with its passwords and keys. Receipts of its messages that have not come yet are not received any more.
     *
     * Permission: `providers.write`.
     */
    delete: {
      parameters: { query?: never; header?: never; path: { providerId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": DeleteProviderResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    options?: never;
    head?: never;
    /**
     * Changes the masked fields of one provider: name, description, is_default, disabled, default_sender, its account as a whole (`smtp`) or one field of it (`smtp.password`). A password that is
     * not given stays as it is, unless the account points to another server.
     *
     * Permission: `providers.write`.
     */
    patch: {
      parameters: { query?: never; header?: never; path: { providerId: string }; cookie?: never };
      requestBody: { content: { "application/json": UpdateProviderBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": UpdateProviderResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    trace?: never;
  };
  "/v1/providers/{providerId}:test": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Tries a provider: connection, encryption, user and password, and the sender as far as the provider can be asked about it. Sends no message. Takes at most 20 seconds.
     * That something is wrong with the provider is an answer, with the step that failed, what is wrong and what would be right.
     *
     * Permission: `providers.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { providerId: string }; cookie?: never };
      requestBody?: { content: { "application/json": TestProviderBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": TestProviderResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/providers:resealSecrets": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Encrypts the passwords and keys of all tenants, also those that sign emails, with the first key of DIAL_SECRETS_KEY, for platform administrators who rotate that key: afterwards the other keys are not needed any
     * more. Works in batches; what is encrypted with the first key already is left alone, so that it can be called again when it was interrupted.
     *
     * Permission: `platform.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: { content: { "application/json": ResealSecretsRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ResealSecretsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/roles": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the tenant's roles, including the built-in ones, oldest first.
     *
     * Permission: `roles.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListRolesResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    /**
     * Creates a role.
     *
     * Permission: `roles.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": CreateRoleRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": CreateRoleResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/roles/{roleId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one role.
     *
     * Permission: `roles.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { roleId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetRoleResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    /**
     * Removes a role that nobody holds.
     *
     * Permission: `roles.write`.
     */
    delete: {
      parameters: { query?: never; header?: never; path: { roleId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": DeleteRoleResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    options?: never;
    head?: never;
    /**
     * Changes the masked fields of one role: name, description, permissions.
     *
     * Permission: `roles.write`.
     */
    patch: {
      parameters: { query?: never; header?: never; path: { roleId: string }; cookie?: never };
      requestBody: { content: { "application/json": UpdateRoleBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": UpdateRoleResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    trace?: never;
  };
  "/v1/senders": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the senders that the tenant has used or claimed, by kind and address.
     *
     * Permission: `sessions.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListSendersResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/senders:claim": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Claims a sender for the tenant, so that no other tenant may use it. If the tenant holds it already, nothing changes.
     * A number without its country code is read in the tenant's region. A domain includes all domains below it: while a tenant holds a domain above or below, no other
     * tenant gets it.
     *
     * Permission: `campaigns.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": ClaimSenderRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ClaimSenderResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/senders:release": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Gives a claim up, so that another tenant may use the sender. Opt-outs sent to it still hold for this tenant too. No error if the tenant does not hold it.
     *
     * Permission: `campaigns.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": ReleaseSenderRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ReleaseSenderResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/senders:releaseAny": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Takes the claim to a sender from the tenant that holds it. If another tenant is named, gives the claim to that tenant in the same step. For platform administrators,
     * if a tenant holds a sender that belongs to somebody else. Without a new holder, running groups of the old one may claim it again. No error if nobody holds it.
     *
     * Permission: `platform.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": ReleaseAnySenderRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ReleaseAnySenderResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/sessions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the tenant's sessions that are not closed, newest first.
     *
     * Permission: `sessions.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListSessionsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/sessions/{campaignGroupId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the session of a campaign group.
     *
     * Permission: `sessions.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { campaignGroupId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetSessionResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/suppression-lists": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the tenant's lists, newest first.
     *
     * Permission: `suppression.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListSuppressionListsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    /**
     * Creates an empty list.
     *
     * Permission: `suppression.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": CreateSuppressionListRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": CreateSuppressionListResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/suppression-lists/{suppressionListId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one list.
     *
     * Permission: `suppression.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { suppressionListId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetSuppressionListResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    /**
     * Removes a list with its entries, which no longer hold. A list cannot be removed while a loading, loaded, running or paused campaign group names it, or while
     * campaigns cannot be asked.
     *
     * Permission: `suppression.write`.
     */
    delete: {
      parameters: { query?: never; header?: never; path: { suppressionListId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": DeleteSuppressionListResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    options?: never;
    head?: never;
    /**
     * Changes the masked fields of one list: name, description, channels, required.
     *
     * Permission: `suppression.write`.
     */
    patch: {
      parameters: { query?: never; header?: never; path: { suppressionListId: string }; cookie?: never };
      requestBody: { content: { "application/json": UpdateSuppressionListBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": UpdateSuppressionListResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    trace?: never;
  };
  "/v1/suppression-lists/{suppressionListId}/corrections": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the opt-outs that were removed from a list in which Herald keeps opt-outs, newest first; nothing for other lists.
     *
     * Permission: `suppression.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string }; header?: never; path: { suppressionListId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListOptOutCorrectionsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/suppression-lists/{suppressionListId}/entries": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the entries of a list in the order of their values.
     *
     * Permission: `suppression.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string; valuePrefix?: string }; header?: never; path: { suppressionListId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListEntriesResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/suppression-lists/{suppressionListId}/entries:add": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Adds or replaces entries, all or none: if a value is wrong, the call is refused, and the error names the value.
     *
     * Permission: `suppression.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { suppressionListId: string }; cookie?: never };
      requestBody: { content: { "application/json": AddEntriesBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": AddEntriesResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/suppression-lists/{suppressionListId}/entries:export": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns all entries of a list as CSV. The memory that this takes does not depend on the list's size. Importing the file gives the same entries again.
     * A cell that a spreadsheet would run or change (it begins with `=`, `+`, `-`, `@`, white space or an apostrophe) gets an apostrophe before it; the import removes it again.
     *
     * Permission: `suppression.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { suppressionListId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "*/*": Blob } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/suppression-lists/{suppressionListId}/entries:import": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    /**
     * Reads a file of entries while it is uploaded: a table with a header, or one bare value a line.
     * All columns of numbers or addresses in a table are read (for a list of client ids: all columns of client ids), and all values of a row are suppressed. An empty
     * cell beside a full one is no fault. `mapping` decides what a column is, or else its usual names; the answer has the columns that were read.
     * A row is left out if a column such as `do_not_contact` or `dnc` says no or FALSE, or if one such as `consent` or `opt_in` says yes or TRUE; empty cells and other
     * words do not leave it out. A file without a column of values is refused, and the error names its columns. A file whose rows have nobody to suppress is refused with
     * the fault of its first row (`ERROR_REASON_FILE_UNREADABLE`, problem `no_row_taken`), unless every row says that it may be contacted.
     * An area code in a column of its own (`AreaCode`, `NPA`) belongs to the number beside it. A file of such rows needs no header: `212,5550123`.
     * No entry is skipped without notice. A number with an area code that is newer than our tables is accepted. A value that cannot be understood is stored as it is
     * written, and a row whose times cannot be read holds for ever: both count as rejected and are in the answer. A cell may have several numbers or addresses.
     * Accepted entries hold from the end of the upload; the answer has the rejected rows. The job in the response header `x-herald-job-id` shows the progress.
     * Turns, waiting and the lowest rate of an upload are as in ImportRecords, with slots that contact files do not take (LISTS_SUPPRESSION_IMPORTS_AT_ONCE).
     *
     * Permission: `suppression.write`.
     */
    put: {
      parameters: { query?: { defaultRegion?: string; fileName?: string; totalBytes?: string; mapping?: Array<string>; encoding?: string; delimiter?: string; headerLine?: number }; header?: never; path: { suppressionListId: string }; cookie?: never };
      requestBody: { content: { "*/*": Blob } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ImportEntriesResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    /**
     * Reads a file of entries while it is uploaded: a table with a header, or one bare value a line.
     * All columns of numbers or addresses in a table are read (for a list of client ids: all columns of client ids), and all values of a row are suppressed. An empty
     * cell beside a full one is no fault. `mapping` decides what a column is, or else its usual names; the answer has the columns that were read.
     * A row is left out if a column such as `do_not_contact` or `dnc` says no or FALSE, or if one such as `consent` or `opt_in` says yes or TRUE; empty cells and other
     * words do not leave it out. A file without a column of values is refused, and the error names its columns. A file whose rows have nobody to suppress is refused with
     * the fault of its first row (`ERROR_REASON_FILE_UNREADABLE`, problem `no_row_taken`), unless every row says that it may be contacted.
     * An area code in a column of its own (`AreaCode`, `NPA`) belongs to the number beside it. A file of such rows needs no header: `212,5550123`.
     * No entry is skipped without notice. A number with an area code that is newer than our tables is accepted. A value that cannot be understood is stored as it is
     * written, and a row whose times cannot be read holds for ever: both count as rejected and are in the answer. A cell may have several numbers or addresses.
     * Accepted entries hold from the end of the upload; the answer has the rejected rows. The job in the response header `x-herald-job-id` shows the progress.
     * Turns, waiting and the lowest rate of an upload are as in ImportRecords, with slots that contact files do not take (LISTS_SUPPRESSION_IMPORTS_AT_ONCE).
     *
     * Permission: `suppression.write`.
     */
    post: {
      parameters: { query?: { defaultRegion?: string; fileName?: string; totalBytes?: string; mapping?: Array<string>; encoding?: string; delimiter?: string; headerLine?: number }; header?: never; path: { suppressionListId: string }; cookie?: never };
      requestBody: { content: { "*/*": Blob } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ImportEntriesResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/suppression-lists/{suppressionListId}/entries:previewImport": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Reads the beginning of a file and shows how ImportEntries would understand it. Stores nothing.
     * If no column of the file has values, the answer shows its columns, so that the mapping can be corrected; ImportEntries refuses such a file.
     * Up to 1,000 rows are read, and the answer has their number. It takes turns with PreviewImport, and has the same limits.
     *
     * Permission: `suppression.read`.
     */
    post: {
      parameters: { query?: { mapping?: Array<string>; encoding?: string; delimiter?: string; defaultRegion?: string; headerLine?: number }; header?: never; path: { suppressionListId: string }; cookie?: never };
      requestBody: { content: { "*/*": Blob } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": PreviewEntriesResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/suppression-lists/{suppressionListId}/entries:remove": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Removes entries. Values without an entry are no error.
     *
     * Permission: `suppression.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { suppressionListId: string }; cookie?: never };
      requestBody: { content: { "application/json": RemoveEntriesBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": RemoveEntriesResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/suppression-lists:lookUp": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the lists that have an entry for a device or client, since when and why.
     *
     * Permission: `suppression.read`.
     */
    get: {
      parameters: { query?: { value?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": LookUpEntriesResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/tenant": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the caller's tenant with its settings.
     *
     * Permission: `tenant.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetTenantResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Changes the masked settings of the caller's tenant: display_name, default_region, default_zone, locale, link_host, accent_color. With the mask, an empty link_host or accent_color means the platform's own.
     *
     * Permission: `tenant.write`.
     */
    patch: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": UpdateTenantBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": UpdateTenantResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    trace?: never;
  };
  "/v1/tenants": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns all tenants, newest first. For platform administrators.
     *
     * Permission: `platform.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListTenantsResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    /**
     * Creates a tenant with its first administrator. For platform administrators.
     *
     * Permission: `platform.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": CreateTenantRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": CreateTenantResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/tokens": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Exchanges a password, an API key's client credentials or a refresh token for an access token (EdDSA JWT, 15 minutes).
     *
     * Needs no token.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: { content: { "application/json": IssueTokenRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": IssueTokenResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/tokens:revoke": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Ends a sign-in session: all its refresh tokens stop working, and within seconds no service accepts its access tokens.
     * The answer to an unknown token is the same.
     *
     * Needs no token.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": RevokeTokenRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": RevokeTokenResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/undelivered": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the refused messages, newest first. Pages stay in order while messages come and go.
     *
     * Permission: `undelivered.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string; service?: string; topic?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListUndeliveredResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/undelivered/{undeliveredId}:redeliver": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Delivers one message again soon. If it is refused again, it is back in the list with the new reason.
     *
     * Permission: `undelivered.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { undeliveredId: string }; cookie?: never };
      requestBody?: { content: { "application/json": RedeliverBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": RedeliverResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/undelivered:redeliverAll": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Delivers all messages that match the filter again, as Redeliver does.
     *
     * Permission: `undelivered.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: { content: { "application/json": RedeliverAllRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": RedeliverAllResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/users": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns the tenant's users, newest first.
     *
     * Permission: `users.read`.
     */
    get: {
      parameters: { query?: { pageSize?: number; pageToken?: string; query?: string }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": ListUsersResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    /**
     * Creates a user.
     *
     * Permission: `users.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { "application/json": CreateUserRequest } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": CreateUserResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/users/{userId}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /**
     * Returns one user.
     *
     * Permission: `users.read`.
     */
    get: {
      parameters: { query?: never; header?: never; path: { userId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": GetUserResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    put?: never;
    post?: never;
    /**
     * Removes a user.
     *
     * Permission: `users.write`.
     */
    delete: {
      parameters: { query?: never; header?: never; path: { userId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": DeleteUserResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    options?: never;
    head?: never;
    /**
     * Changes the masked fields of one user: email, display_name, role_ids, disabled.
     *
     * Permission: `users.write`.
     */
    patch: {
      parameters: { query?: never; header?: never; path: { userId: string }; cookie?: never };
      requestBody: { content: { "application/json": UpdateUserBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": UpdateUserResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        409: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    trace?: never;
  };
  "/v1/users/{userId}:setPassword": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    /**
     * Sets a user's password and ends the user's sessions.
     *
     * Permission: `users.write`.
     */
    post: {
      parameters: { query?: never; header?: never; path: { userId: string }; cookie?: never };
      requestBody: { content: { "application/json": SetPasswordBody } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { "application/json": SetPasswordResponse } };
        400: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        401: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        403: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        404: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        429: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        500: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
        503: { headers: { [name: string]: unknown }; content: { "application/json": ApiError } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
