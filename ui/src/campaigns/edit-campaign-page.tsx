import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";
import type { CampaignGroup } from "../api/contract.ts";
import { QueryView } from "../components/query-view.tsx";
import { notifyDone } from "../components/notify.ts";
import { Page } from "../components/page.tsx";
import { CampaignForm } from "./campaign-form.tsx";
import { inputOf, valuesOf } from "./campaign-values.ts";
import { campaignQuery, updateCampaign } from "./queries.ts";

/** Changes a campaign's settings. Attempts that have begun are not affected. */
export function EditCampaignPage() {
  const { campaignGroupId = "" } = useParams();
  // The form keeps the values from when it was opened, so that newer data does not overwrite what somebody types.
  const query = useQuery({ ...campaignQuery(campaignGroupId), refetchOnWindowFocus: false });
  return (
    <QueryView what="The campaign" query={query} parent={{ label: "Campaigns", to: "/campaigns" }}>
      {({ campaignGroup }) => campaignGroup && <EditCampaign key={campaignGroup.id} campaign={campaignGroup} />}
    </QueryView>
  );
}

function EditCampaign({ campaign }: { campaign: CampaignGroup }) {
  const navigate = useNavigate();
  const isLoaded = campaign.state !== "CAMPAIGN_GROUP_STATE_NOT_LOADED";
  const update = useMutation(updateCampaign(useQueryClient(), campaign, changeableFields(campaign, isLoaded)));
  const address = `/campaigns/${campaign.id}`;
  return (
    <Page title={`Edit ${campaign.name}`} parent={{ label: campaign.name, to: address }}>
      <CampaignForm
        campaign={campaign}
        initialValues={valuesOf(campaign)}
        isLoaded={isLoaded}
        submitLabel="Save"
        isPending={update.isPending}
        isSaved={update.isSuccess}
        error={update.error}
        onSubmit={(values) =>
          update.mutate(inputOf(values), {
            onSuccess: () => {
              notifyDone("The campaign is changed.");
              void navigate(address);
            },
          })
        }
        onCancel={() => void navigate(address)}
      />
    </Page>
  );
}

/** The fields to send. Lists and channel cannot be changed once the campaign is loaded. */
function changeableFields({ channel }: CampaignGroup, isLoaded: boolean): string[] {
  const always = ["name", "description", "purpose", "providerId", "suppressionListIds", "ruleIds", "treatments"];
  if (!isLoaded)
    return [...always, "contactListIds", "channel", "allowDuplicates", "content", "voice", "messagesPerMinute"];
  return channel === "CHANNEL_VOICE" ? [...always, "voice"] : [...always, "content", "messagesPerMinute"];
}
