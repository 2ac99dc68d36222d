import { SimpleGrid } from "@mantine/core";
import { usePages } from "../api/use-pages.ts";
import { campaignsPages } from "../campaigns/queries.ts";
import { Page } from "../components/page.tsx";
import { listsPages } from "../lists/queries.ts";
import { useSession } from "../session/use-session.ts";
import { FirstSteps } from "./first-steps.tsx";
import { RecentJobs } from "./recent-jobs.tsx";
import { RecentLists } from "./recent-lists.tsx";
import { RunningCampaigns } from "./running-campaigns.tsx";

/** What is happening now, with links to everything else. */
export function HomePage() {
  const session = useSession();
  const campaigns = usePages(campaignsPages({ query: "", state: "" }));
  const lists = usePages(listsPages(""));
  const isNew = campaigns.rows?.length === 0;
  return (
    <Page title="Home" about={session.status === "signed-in" && `What goes on in ${session.tenant}.`}>
      {isNew ? <FirstSteps hasList={(lists.rows?.length ?? 0) > 0} /> : <RunningCampaigns campaigns={campaigns} />}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <RecentLists lists={lists} />
        <RecentJobs />
      </SimpleGrid>
    </Page>
  );
}
