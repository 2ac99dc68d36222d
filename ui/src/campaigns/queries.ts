import {
  mutationOptions,
  type QueryClient,
  queryOptions,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from "@tanstack/react-query";
import { api, given } from "../api/client.ts";
import type {
  CheckContentRequest,
  CampaignGroup,
  CampaignGroupInput,
  CampaignGroupState,
  Chain,
  Channel,
  GetCampaignGroupResponse,
  LeftOut,
  LoadMode,
  MessageContent,
  RecordStatus,
} from "../api/contract.ts";
import { answerOf } from "../api/failure.ts";
import type { PagedQuery } from "../api/use-pages.ts";
import { useWatch, type WatchState } from "../api/use-watch.ts";

const campaignsKey = ["campaign-groups"] as const;

/** One campaign with its progress. */
export const campaignQuery = (campaignGroupId: string) =>
  queryOptions({
    queryKey: [...campaignsKey, campaignGroupId],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/v1/campaign-groups/{campaignGroupId}", { params: { path: { campaignGroupId } }, signal })),
  });

/** The tenant's campaigns, newest first, with their current states. */
export const campaignsPages = (filters: { query: string; state: string }): PagedQuery<CampaignGroup> => ({
  queryKey: [...campaignsKey, "page", filters],
  fetchPage: async (page, signal) => {
    const query = given({ ...page, query: filters.query, state: filters.state as CampaignGroupState });
    const answer = await answerOf(api.GET("/v1/campaign-groups", { params: { query }, signal }));
    return { rows: answer.campaignGroups, nextPageToken: answer.nextPageToken };
  },
  refreshMs: (campaigns) => (campaigns.some(isMoving) ? 2_000 : 15_000),
});

/** The chains of a campaign, in the order of their records. */
export const queuePages = (campaignGroupId: string, recordStatus: string): PagedQuery<Chain> => ({
  queryKey: [...campaignsKey, campaignGroupId, "queue", recordStatus],
  fetchPage: async (page, signal) => {
    const query = given({ ...page, recordStatus: recordStatus as RecordStatus });
    const params = { path: { campaignGroupId }, query };
    const answer = await answerOf(api.GET("/v1/campaign-groups/{campaignGroupId}/queue", { params, signal }));
    return { rows: answer.chains, nextPageToken: answer.nextPageToken };
  },
  refreshMs: () => 5_000,
});

/** The records of a campaign's lists that are not in its queue. */
export const leftOutPages = (campaignGroupId: string, reason: string): PagedQuery<LeftOut> => ({
  queryKey: [...campaignsKey, campaignGroupId, "left-out", reason],
  fetchPage: async (page, signal) => {
    const params = { path: { campaignGroupId }, query: given({ ...page, reason }) };
    const answer = await answerOf(api.GET("/v1/campaign-groups/{campaignGroupId}/left-out", { params, signal }));
    return { rows: answer.leftOut, nextPageToken: answer.nextPageToken };
  },
});

/** What a start would do now. It is never cached, since people decide by it. */
export const startPreviewQuery = (campaignGroupId: string, mode: LoadMode) =>
  queryOptions({
    queryKey: [...campaignsKey, campaignGroupId, "preview", mode],
    queryFn: ({ signal }) => {
      const params = { path: { campaignGroupId }, query: { mode } };
      return answerOf(api.GET("/v1/campaign-groups/{campaignGroupId}:previewStart", { params, signal }));
    },
    gcTime: 0,
    staleTime: Infinity,
  });

/** What is wrong with a content, and how it would look. The key is JSON, so that equal requests share one response. */
export const contentCheckQuery = (asked: string) =>
  queryOptions({
    queryKey: [...campaignsKey, "content", asked],
    queryFn: ({ signal }) =>
      answerOf(
        api.POST("/v1/campaign-groups:checkContent", { body: JSON.parse(asked) as CheckContentRequest, signal }),
      ),
  });

export const createCampaign = (queries: QueryClient, requestId: string) =>
  mutationOptions({
    mutationFn: async (campaignGroup: CampaignGroupInput) =>
      (await answerOf(api.POST("/v1/campaign-groups", { body: { campaignGroup, requestId } }))).campaignGroup!,
    onSuccess: () => queries.invalidateQueries({ queryKey: campaignsKey }),
  });

/** Changes the named fields of a campaign, without overwriting changes that somebody else made in the meantime. */
export const updateCampaign = (queries: QueryClient, { id, etag }: CampaignGroup, fields: readonly string[]) =>
  mutationOptions({
    mutationFn: async (change: CampaignGroupInput) => {
      const params = { path: { campaignGroupId: id } };
      const body = { campaignGroup: { ...change, etag }, updateMask: fields.join(",") };
      return answerOf(api.PATCH("/v1/campaign-groups/{campaignGroupId}", { params, body }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: campaignsKey }),
  });

export const deleteCampaign = (queries: QueryClient, campaignGroupId: string) =>
  mutationOptions({
    mutationFn: () =>
      answerOf(api.DELETE("/v1/campaign-groups/{campaignGroupId}", { params: { path: { campaignGroupId } } })),
    onSuccess: () => {
      queries.removeQueries({ queryKey: [...campaignsKey, campaignGroupId] });
      return queries.invalidateQueries({ queryKey: campaignsKey });
    },
  });

/** A command that changes the state of a campaign. */
export type CampaignVerb = "load" | "start" | "pause" | "resume" | "stop";

/** A command with its arguments: whom to contact after an earlier run, or why it is stopped. */
export type CampaignOrder =
  { verb: "load" | "start"; mode?: LoadMode } | { verb: "pause" | "resume" } | { verb: "stop"; reason?: string };

export const moveCampaign = (queries: QueryClient, campaignGroupId: string) =>
  mutationOptions({
    mutationFn: async ({ verb, ...body }: CampaignOrder) => {
      const params = { path: { campaignGroupId } };
      return answerOf(api.POST(`/v1/campaign-groups/{campaignGroupId}:${verb}`, { params, body }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: campaignsKey }),
  });

/** How the counts of a run changed; 0 is the newest run. Loaded again when the campaign's state has changed. */
export const historyQuery = (campaignGroupId: string, run: number, state: CampaignGroupState | undefined) =>
  queryOptions({
    queryKey: [...campaignsKey, campaignGroupId, "history", run, state],
    queryFn: ({ signal }) => {
      const params = { path: { campaignGroupId }, query: given({ run }) };
      return answerOf(api.GET("/v1/campaign-groups/{campaignGroupId}:progressHistory", { params, signal }));
    },
  });

/** The message templates of a channel that can be sent, newest first. */
export const publishedTemplatesQuery = (channel: Channel) =>
  queryOptions({
    queryKey: ["message-templates", "published", channel],
    queryFn: async ({ signal }) => {
      const query = { channel, state: "MESSAGE_TEMPLATE_STATE_PUBLISHED", pageSize: 500 } as const;
      return (await answerOf(api.GET("/v1/message-templates", { params: { query }, signal }))).messageTemplates;
    },
  });

/** The name of a message template. */
export const templateNameQuery = (messageTemplateId: string) =>
  queryOptions({
    queryKey: ["message-templates", messageTemplateId, "name"],
    queryFn: async ({ signal }) => {
      const params = { path: { messageTemplateId } };
      const answer = await answerOf(api.GET("/v1/message-templates/{messageTemplateId}", { params, signal }));
      return answer.messageTemplate?.name ?? "";
    },
  });

/** A test message: where it is sent, and the record whose values fill it, if one is chosen. */
interface TestOrder {
  contactInfo: string;
  requestId: string;
  contactListId?: string;
  recordId?: string;
  /** A content to use instead of the campaign's. */
  content?: Partial<MessageContent>;
}

/** Sends one message of a campaign as a test. A refusal is a result, not an error. */
export const sendTest = (campaignGroupId: string) =>
  mutationOptions({
    mutationFn: async (test: TestOrder) => {
      const params = { path: { campaignGroupId } };
      return (await answerOf(api.POST("/v1/campaign-groups/{campaignGroupId}:sendTest", { params, body: test })))
        .testMessage!;
    },
  });

/** One campaign with its progress, kept up to date by its stream. */
export function useLiveCampaign(
  campaignGroupId: string,
  onProgress: (answer: GetCampaignGroupResponse) => void,
): { query: UseQueryResult<GetCampaignGroupResponse>; watch: WatchState } {
  const queries = useQueryClient();
  const query = useQuery(campaignQuery(campaignGroupId));
  const watch = useWatch<GetCampaignGroupResponse>({
    path: query.data ? `/v1/campaign-groups/${campaignGroupId}:watch` : undefined,
    onMessage: (answer) => {
      queries.setQueryData(campaignQuery(campaignGroupId).queryKey, answer);
      onProgress(answer);
    },
  });
  return { query, watch };
}

/** True while counts may change by themselves. */
export const isMoving = ({ state }: CampaignGroup): boolean =>
  state === "CAMPAIGN_GROUP_STATE_RUNNING" || state === "CAMPAIGN_GROUP_STATE_LOADING";
