-- Sessions keep what dialing needs to know of their group, no more the whole group. `campaign_group` is for dialers of before.
alter table dial.sessions alter column campaign_group set default '{}', add column settings jsonb not null default '{}';
update dial.sessions
   set settings = jsonb_strip_nulls(jsonb_build_object(
         'campaignGroupId', campaign_group -> 'id',
         'campaignGroupName', campaign_group -> 'name',
         'etag', campaign_group -> 'etag',
         'channel', campaign_group -> 'channel',
         'content', campaign_group -> 'content',
         'voice', campaign_group -> 'voice',
         'messagesPerMinute', campaign_group -> 'messagesPerMinute',
         'suppressionListIds', campaign_group -> 'suppressionListIds',
         'ruleIds', campaign_group -> 'ruleIds'));
