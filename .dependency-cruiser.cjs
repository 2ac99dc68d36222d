// Who may import whom. Services meet over gRPC alone, so that each can be moved, scaled and replaced by itself.
const { SERVICE_NAMES } = require("./svc/lib/service/service-names.ts");

const onlyOwn = SERVICE_NAMES.map((service) => ({
  name: `${service}-stays-in-its-folder`,
  comment: `svc/${service} imports its own folder, svc/lib, gen and packages. Ask another service over gRPC instead.`,
  severity: "error",
  from: { path: `^svc/${service}/` },
  to: { pathNot: [`^svc/(${service}|lib)/`, "^gen/", "node_modules/"], dependencyTypesNot: ["core"] },
}));

module.exports = {
  forbidden: [
    ...onlyOwn,
    {
      name: "lib-knows-no-service",
      comment: "svc/lib is what services share; it imports itself, gen and packages.",
      severity: "error",
      from: { path: "^svc/lib/" },
      to: { pathNot: ["^svc/lib/", "^gen/", "node_modules/"], dependencyTypesNot: ["core"] },
    },
    {
      name: "gen-knows-nothing-of-ours",
      comment: "gen/ is made from proto/ and imports itself and packages.",
      severity: "error",
      from: { path: "^gen/" },
      to: { pathNot: ["^gen/", "node_modules/"], dependencyTypesNot: ["core"] },
    },
    {
      name: "ui-is-a-rest-client",
      comment: "The UI is a client of the REST contract: gen/rest.ts, its own folder and packages.",
      severity: "error",
      from: { path: "^ui/" },
      to: { pathNot: ["^ui/", "^gen/rest\\.ts$", "node_modules/"], dependencyTypesNot: ["core"] },
    },
    {
      name: "cli-is-a-grpc-client",
      comment:
        "The CLI is a client of the gRPC contract: gen/, its own folder, packages, and of svc/lib what makes a client.",
      severity: "error",
      from: { path: "^cli/" },
      to: {
        pathNot: [
          "^cli/",
          "^gen/",
          "^svc/lib/client/",
          "^svc/lib/(rpc/definitions|errors/error-details|request/ids)\\.ts$",
          "node_modules/",
        ],
        dependencyTypesNot: ["core"],
      },
    },
    {
      name: "gateway-stands-alone",
      comment: "The gateway's configuration is made from the contract alone.",
      severity: "error",
      from: { path: "^gateway/" },
      to: { pathNot: ["^gateway/", "^gen/", "node_modules/"], dependencyTypesNot: ["core"] },
    },
    {
      name: "databases-only-in-stores",
      comment: "pg and ioredis stay in store.ts and svc/lib, so that rules need no database.",
      severity: "error",
      from: { path: "^svc/", pathNot: ["^svc/lib/", "store[^/]*\\.ts$", "^svc/[^/]+/store/"] },
      to: { path: "node_modules/(pg|pg-copy-streams|ioredis|@types/pg)/" },
    },
    {
      name: "handlers-are-nobodys-tools",
      comment:
        "A file of handlers (*-service.ts) is imported where it is wired, in service.ts. What others need of it has a home of its own.",
      severity: "error",
      from: { path: "^svc/", pathNot: "/service\\.ts$" },
      to: { path: "^svc/.*-service\\.ts$" },
    },
    {
      name: "file-reader-knows-no-service",
      comment:
        "svc/lists/reader turns bytes into rows and problems, in threads of its own: it needs neither database nor imports.",
      severity: "error",
      from: { path: "^svc/lists/reader/" },
      to: { path: "^svc/lists/(?!reader/)" },
    },
    {
      name: "file-reader-rooms",
      comment:
        "In svc/lists/reader, text splits any file into rows and columns reads headers and cells; neither knows the other, nor what becomes of the rows.",
      severity: "error",
      from: { path: "^svc/lists/reader/(text|columns)/" },
      to: { path: "^svc/lists/reader/(text|columns|records|suppression|threads)/", pathNot: "^svc/lists/reader/$1/" },
    },
    {
      name: "file-reader-records",
      comment:
        "Records of svc/lists/reader know no suppression entries, and only its threads know where all of it runs.",
      severity: "error",
      from: { path: "^svc/lists/reader/(records|suppression)/" },
      to: { path: "^svc/lists/reader/(suppression|threads)/", pathNot: "^svc/lists/reader/$1/" },
    },
    {
      name: "rule-engine-knows-no-service",
      comment: "svc/compliance/rules/engine decides by what it is given, so that a table of cases can prove it.",
      severity: "error",
      from: { path: "^svc/compliance/rules/engine/" },
      to: { path: "^svc/compliance/(?!rules/engine/)" },
    },
    {
      name: "low-rooms-of-lib",
      comment:
        "What every program may use (errors, places, devices, waiting, logs) drags no server, client or database along: the reader's threads load it.",
      severity: "error",
      from: { path: "^svc/lib/(errors|place|devices|async|observe)/" },
      to: { path: "^svc/lib/(?!errors/|place/|devices/|async/|observe/)" },
    },
    {
      name: "stores-and-requests-of-lib",
      comment:
        "What reads requests and talks to stores knows neither servers nor clients; a tool or a test uses it without them.",
      severity: "error",
      from: { path: "^svc/lib/(request|postgres|redis)/" },
      to: { path: "^svc/lib/(rpc/(?!definitions\\.ts)|auth|client|service|outbox|audit)" },
    },
    {
      name: "service-frame-is-on-top",
      comment:
        "svc/lib/service puts the rooms of lib together; of it the others take settings and the health of a process.",
      severity: "error",
      from: { path: "^svc/lib/(?!service/)" },
      to: { path: "^svc/lib/service/(?!common-config\\.ts|config\\.ts|health\\.ts|service-names\\.ts)" },
    },
    {
      name: "body-check-stands-beside-the-edge",
      comment: "gateway/body-check is a process of its own; of the edge's configuration it shares the sizes of bodies.",
      severity: "error",
      from: { path: "^gateway/body-check" },
      to: { path: "^gateway/(?!body-check|body-limits\\.ts)" },
    },
    {
      name: "components-know-no-page",
      comment: "What every page of the web application uses (components, api) knows none of them.",
      severity: "error",
      from: { path: "^ui/src/(components|api)/" },
      to: { path: "^ui/src/(?!components/|api/)" },
    },
    {
      name: "product-imports-no-tests",
      comment: "What runs in production does not lean on tests, benches or tools.",
      severity: "error",
      from: { path: "^(svc|gen|cli|ui|gateway)/" },
      to: { path: "^(tests|bench|tools|demo)/" },
    },
    {
      name: "no-circles",
      comment: "Two files that need each other, be it for a type, are one file, or hide a third.",
      severity: "error",
      from: { pathNot: "^gen/" },
      to: { circular: true },
    },
    {
      name: "no-missing-package",
      comment: "Every import names something that is there and in package.json.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^ui/dist" },
    enhancedResolveOptions: {
      conditionNames: ["import", "require", "node", "default", "types"],
      exportsFields: ["exports"],
    },
  },
};
