import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { notifyDone } from "../components/notify.ts";
import { Page } from "../components/page.tsx";
import { CampaignForm } from "./campaign-form.tsx";
import { emptyCampaign, inputOf } from "./campaign-values.ts";
import { createCampaign } from "./queries.ts";

/** Creates a campaign and opens its page. Nothing is sent before somebody starts it. */
export function NewCampaignPage() {
  // The id belongs to this form, so that sending it twice creates only one campaign.
  const [requestId] = useState(() => crypto.randomUUID());
  const navigate = useNavigate();
  const create = useMutation(createCampaign(useQueryClient(), requestId));
  return (
    <Page
      title="New campaign"
      parent={{ label: "Campaigns", to: "/campaigns" }}
      about="Nothing is sent before you start it."
    >
      <CampaignForm
        initialValues={emptyCampaign}
        isLoaded={false}
        submitLabel="Make the campaign"
        isPending={create.isPending}
        isSaved={create.isSuccess}
        error={create.error}
        onSubmit={(values) =>
          create.mutate(inputOf(values), {
            onSuccess: ({ id, name }) => {
              notifyDone(`“${name}” is made. Start it when you are ready.`);
              void navigate(`/campaigns/${id}`);
            },
          })
        }
        onCancel={() => void navigate("/campaigns")}
      />
    </Page>
  );
}
