/** The code of this repository with a saga in one more version, in a folder of its own: as a worker of the next deployment runs it. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY_ROOT } from "../../environment/places.ts";

const WORKSPACES = "@tillstream";
const PACKAGES = ["commerce", "db", "eventing", "runtime", "trpc"];
const SAGAS = "packages/commerce/src/checkout/index.ts";
const BEFORE = "sagas: (ports) => [...checkoutSagas(ports), cancellationSaga(ports)]";
/** Version 3 of the checkout has a step more, before the last. */
const AFTER = `sagas: (ports) => {
    const sagas = checkoutSagas(ports);
    const [latest] = sagas.slice(-1);
    const steps = latest.steps.toSpliced(-1, 0, { name: "wrap", action: { record: async () => undefined } });
    return [...sagas, { ...latest, version: 3, steps }, cancellationSaga(ports)];
  }`;

export interface OtherVersion extends Disposable {
  /** Where it lies, to be run from. */
  readonly folder: string;
}

export function withNextCheckout(): OtherVersion {
  const folder = mkdtempSync(join(tmpdir(), "tillstream-next-"));
  const here = (...path: string[]) => join(REPOSITORY_ROOT, ...path);
  const there = (...path: string[]) => join(folder, ...path);
  for (const name of [...PACKAGES.map((one) => `packages/${one}`), "apps/worker"])
    cpSync(here(name), there(name), { recursive: true, verbatimSymlinks: true });
  cpSync(here("package.json"), there("package.json"));
  mkdirSync(there("node_modules", WORKSPACES), { recursive: true });
  for (const name of readdirSync(here("node_modules"))) {
    if (name !== WORKSPACES) symlinkSync(here("node_modules", name), there("node_modules", name));
  }
  for (const name of PACKAGES) symlinkSync(there("packages", name), there("node_modules", WORKSPACES, name));
  const code = readFileSync(there(SAGAS), "utf8");
  if (!code.includes(BEFORE)) throw new Error(`${SAGAS} does not list its sagas as expected`);
  writeFileSync(there(SAGAS), code.replace(BEFORE, AFTER));
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
