/** Certificates for servers of tests on `localhost`, each its own authority. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { promisify } from "node:util";

const openssl = (...words: string[]) => promisify(execFile)("openssl", words);

/** Makes one that is valid for a day; or, expired, one that was valid for a day in 2020. */
export async function certificate(t: TestContext, { isExpired = false } = {}) {
  const dir = mkdtempSync(join(tmpdir(), "herald-smtp-tls-"));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const [key, request, cert] = ["key.pem", "request.pem", "cert.pem"].map((name) => join(dir, name)) as [
    string,
    string,
    string,
  ];
  const fresh = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost"];
  const named = ["-addext", "subjectAltName=DNS:localhost"];
  if (isExpired) {
    await openssl("req", ...fresh, ...named, "-keyout", key, "-out", request);
    const config = join(dir, "ca.conf");
    writeFileSync(config, authority(dir));
    writeFileSync(join(dir, "index.txt"), "");
    const dates = ["-startdate", "20200101000000Z", "-enddate", "20200102000000Z"];
    await openssl(
      "ca",
      "-batch",
      "-selfsign",
      "-config",
      config,
      "-keyfile",
      key,
      "-in",
      request,
      "-out",
      cert,
      ...dates,
    );
  } else await openssl("req", "-x509", "-days", "1", ...fresh, ...named, "-keyout", key, "-out", cert);
  return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
}

const authority = (dir: string) => `
[ca]
default_ca = own
[own]
database = ${dir}/index.txt
new_certs_dir = ${dir}
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
`;
