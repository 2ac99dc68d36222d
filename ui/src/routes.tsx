import type { RouteObject } from "react-router";
import { SignInPage } from "./session/sign-in-page.tsx";
import { PageFault } from "./shell/page-fault.tsx";
import { SignedIn } from "./shell/signed-in.tsx";

/** Every address of the application. Pages are loaded when they are first opened. */
export const routes: RouteObject[] = [
  { path: "/sign-in", Component: SignInPage, ErrorBoundary: PageFault },
  {
    Component: SignedIn,
    ErrorBoundary: PageFault,
    HydrateFallback: () => null,
    children: [
      {
        ErrorBoundary: PageFault,
        children: [
          { index: true, lazy: async () => ({ Component: (await import("./home/home-page.tsx")).HomePage }) },
          { path: "lists", lazy: async () => ({ Component: (await import("./lists/lists-page.tsx")).ListsPage }) },
          {
            path: "lists/import",
            lazy: async () => ({ Component: (await import("./lists/import-new-page.tsx")).ImportNewPage }),
          },
          {
            path: "lists/:contactListId",
            lazy: async () => ({ Component: (await import("./lists/list-page.tsx")).ListPage }),
          },
          {
            path: "lists/:contactListId/import",
            lazy: async () => ({ Component: (await import("./lists/upload-page.tsx")).UploadPage }),
          },
          {
            path: "lists/:contactListId/imports/:importId",
            lazy: async () => ({ Component: (await import("./lists/import-page.tsx")).ImportPage }),
          },
          {
            path: "suppression",
            lazy: async () => ({
              Component: (await import("./suppression/suppression-lists-page.tsx")).SuppressionListsPage,
            }),
          },
          {
            path: "suppression/:suppressionListId",
            lazy: async () => ({
              Component: (await import("./suppression/suppression-list-page.tsx")).SuppressionListPage,
            }),
          },
          {
            path: "suppression/:suppressionListId/import",
            lazy: async () => ({
              Component: (await import("./suppression/import-entries-page.tsx")).ImportEntriesPage,
            }),
          },
          {
            path: "campaigns",
            lazy: async () => ({ Component: (await import("./campaigns/campaigns-page.tsx")).CampaignsPage }),
          },
          {
            path: "campaigns/new",
            lazy: async () => ({ Component: (await import("./campaigns/new-campaign-page.tsx")).NewCampaignPage }),
          },
          {
            path: "campaigns/:campaignGroupId",
            lazy: async () => ({ Component: (await import("./campaigns/campaign-page.tsx")).CampaignPage }),
          },
          {
            path: "campaigns/:campaignGroupId/edit",
            lazy: async () => ({ Component: (await import("./campaigns/edit-campaign-page.tsx")).EditCampaignPage }),
          },
          {
            path: "attempts",
            lazy: async () => ({ Component: (await import("./attempts/attempts-page.tsx")).AttemptsPage }),
          },
          {
            path: "attempts/:attemptId",
            lazy: async () => ({ Component: (await import("./attempts/attempt-page.tsx")).AttemptPage }),
          },
          {
            path: "contacts",
            lazy: async () => ({ Component: (await import("./contacts/contacts-page.tsx")).ContactsPage }),
          },
          {
            path: "contacts/:contactId",
            lazy: async () => ({ Component: (await import("./contacts/contact-page.tsx")).ContactPage }),
          },
          {
            path: "opt-outs",
            lazy: async () => ({ Component: (await import("./opt-outs/opt-outs-page.tsx")).OptOutsPage }),
          },
          {
            path: "attempt-policy",
            lazy: async () => ({
              Component: (await import("./attempt-policy/attempt-policy-page.tsx")).AttemptPolicyPage,
            }),
          },
          {
            path: "senders",
            lazy: async () => ({ Component: (await import("./senders/senders-page.tsx")).SendersPage }),
          },
          {
            path: "email-domains",
            lazy: async () => ({
              Component: (await import("./email-domains/email-domains-page.tsx")).EmailDomainsPage,
            }),
          },
          {
            path: "providers",
            lazy: async () => ({ Component: (await import("./providers/providers-page.tsx")).ProvidersPage }),
          },
          {
            path: "undelivered",
            lazy: async () => ({ Component: (await import("./undelivered/undelivered-page.tsx")).UndeliveredPage }),
          },
          {
            path: "held-messages",
            lazy: async () => ({
              Component: (await import("./held-messages/held-messages-page.tsx")).HeldMessagesPage,
            }),
          },
          { path: "jobs", lazy: async () => ({ Component: (await import("./jobs/jobs-page.tsx")).JobsPage }) },
          { path: "jobs/:jobId", lazy: async () => ({ Component: (await import("./jobs/job-page.tsx")).JobPage }) },
          { path: "audit", lazy: async () => ({ Component: (await import("./audit/audit-page.tsx")).AuditPage }) },
          { path: "*", lazy: async () => ({ Component: (await import("./shell/not-found-page.tsx")).NotFoundPage }) },
        ],
      },
    ],
  },
];
