/** The web application as people use it: every promise of its pages, in real Chromium, through Envoy, on a real platform. */
import { openApplication } from "./application.ts";
import { campaignRunTests } from "./campaign-run-tests.ts";
import { campaignTests } from "./campaign-tests.ts";
import { contactTests } from "./contact-tests.ts";
import { everyPageTests } from "./every-page-tests.ts";
import { formTests } from "./form-tests.ts";
import { importTests } from "./import-tests.ts";
import { listTests } from "./list-tests.ts";
import { looksTests } from "./looks-tests.ts";
import { operationsTests } from "./operations-tests.ts";
import { sessionTests } from "./session-tests.ts";
import { suppressionTests } from "./suppression-tests.ts";
import { unsubscribeTests } from "./unsubscribe-tests.ts";

const { application, pageTest } = await openApplication();

sessionTests(application, pageTest);
listTests(application, pageTest);
importTests(application, pageTest);
suppressionTests(application, pageTest);
campaignRunTests(application, pageTest);
campaignTests(application, pageTest);
contactTests(application, pageTest);
operationsTests(application, pageTest);
looksTests(application, pageTest);
everyPageTests(application, pageTest);
formTests(application, pageTest);
unsubscribeTests(application, pageTest);
