/** Reads what callers send about an import. */
import type { ContactList } from "../../../gen/herald/lists/v1/contact_list.ts";
import { ImportMode, KnownRecords } from "../../../gen/herald/lists/v1/import.ts";
import { invalidField } from "../../lib/errors/errors.ts";
import { Checks } from "../../lib/request/validate.ts";
import { checkRegion } from "../contact-lists/region-check.ts";
import type { FileFormat } from "../reader/text/file-reader.ts";
import type { RecordDefaults } from "../reader/records/record.ts";
import type { TenantDefaultsLookup } from "../../lib/client/tenant-defaults.ts";
import { readFormat } from "./uploads/upload.ts";

/** How to read a file, as PreviewImport and ImportRecords are told. */
export interface FileReadingRequest {
  mapping: string[];
  encoding: string;
  delimiter: string;
  headerLine: number;
  defaultRegion: string;
}

export interface FileReading {
  format: FileFormat;
  mapping: string[];
  /** Empty means the list's region, or else the tenant's. */
  region: string;
}

const MOST_MAPPINGS = 1_000;

export function readReading({ mapping, defaultRegion, ...format }: FileReadingRequest): FileReading {
  const check = new Checks();
  check.count("mapping", mapping, { most: MOST_MAPPINGS });
  const region = checkRegion(check, "default_region", defaultRegion);
  check.done();
  return { format: readFormat(format), mapping, region };
}

export function readImportRequest(req: {
  mode: ImportMode;
  knownRecords: KnownRecords;
  fileName: string;
  totalBytes: number;
}) {
  const check = new Checks();
  const fileName = check.text("file_name", req.fileName, { least: 0, most: 255 });
  check.that(req.totalBytes >= 0, "total_bytes", "Must not be below 0; 0 means that it is not known.");
  check.done();
  if (req.mode < 0) throw invalidField("mode", "Must be APPEND or REPLACE.");
  if (req.knownRecords < 0) throw invalidField("known_records", "Must be SKIP, UPDATE or ADD.");
  return {
    fileName,
    totalBytes: req.totalBytes,
    mode: req.mode || ImportMode.IMPORT_MODE_APPEND,
    known: req.knownRecords || KnownRecords.KNOWN_RECORDS_SKIP,
  };
}

/** The region and zone for numbers and contacts that name none themselves. */
export async function readingDefaults(
  defaultsOf: TenantDefaultsLookup,
  tenantId: string,
  region: string,
  list?: ContactList,
): Promise<RecordDefaults> {
  const tenant = await defaultsOf({ tenantId });
  return { region: region || list?.defaultRegion || tenant.region, zone: tenant.zone };
}
