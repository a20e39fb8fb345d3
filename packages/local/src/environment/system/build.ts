/**
 * The production build of the two apps, through turbo, whose cache goes by content. A stamp of the sources skips even that when
 * nothing changed, so that the second start is ready in seconds.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { childEnv } from "../child-env.ts";
import { appFolder, REPOSITORY_ROOT, scriptFrom } from "../places.ts";
import { endGroup, GROUPS } from "../supervisor/process-group.ts";

const APPS = ["storefront", "admin"] as const;
const BUILD_TIMEOUT_MS = 15 * 60_000;
/** Work that lets all else go first may get hardly a processor for as long as all else takes. */
const BACKGROUND_TIMEOUT_MS = 45 * 60_000;
const PROGRESS_EVERY_MS = 5_000;

/** All that a build reads. What is in `public/` is served as it is and needs no build. */
const SOURCES = [
  "apps/{storefront,admin}/*.{json,ts,js,mjs}",
  "apps/{storefront,admin}/{app,public,src}/**/*.*",
  "packages/{runtime,db,eventing,trpc,commerce,ui}/package.json",
  "packages/{runtime,db,eventing,trpc,commerce,ui}/src/**/*.*",
  "prisma/schema/*.prisma",
  "package-lock.json",
  "tsconfig.base.json",
  "turbo.json",
];
const NOT_BUILT = /(\.test\.tsx?$|(^|\/)next-env\.d\.ts$|\/src\/testing(\/|\.ts$))/;

/** The apps do not compile; the message is the compiler's output. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}

/** The digest of all sources, by their paths and contents. */
export function sourcesDigest(root: string = REPOSITORY_ROOT): string {
  const hash = createHash("sha256");
  const files = globSync(SOURCES, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !NOT_BUILT.test(file.slice(root.length)))
    .toSorted();
  if (files.length === 0) throw new Error(`no sources under ${root}: a stamp of nothing would never change`);
  for (const file of files) hash.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

const stampPath = (app: string): string => join(appFolder(app), ".next", "cache", "tillstream-sources");

function isBuilt(app: string, digest: string): boolean {
  const complete = existsSync(join(appFolder(app), ".next", "BUILD_ID"));
  return complete && existsSync(stampPath(app)) && readFileSync(stampPath(app), "utf8") === digest;
}

export interface BuildOptions {
  /** Lets whatever else runs on the machine go first. */
  readonly inBackground?: boolean;
}

async function runTurbo(log: (line: string) => void, signal: AbortSignal, inBackground: boolean): Promise<void> {
  const filters = APPS.map((app) => `--filter=@tillstream/${app}`);
  const turbo = scriptFrom(REPOSITORY_ROOT, "turbo/bin/turbo");
  const args = [turbo, "run", "build", ...filters, "--output-logs=errors-only", "--ui=stream", "--no-color"];
  const quiet = { TURBO_TELEMETRY_DISABLED: "1", NEXT_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" };
  const child = spawn(process.execPath, args, {
    cwd: REPOSITORY_ROOT,
    env: childEnv({ ...quiet, NODE_ENV: "production" }),
    stdio: ["ignore", "pipe", "pipe"],
    detached: GROUPS,
  });
  if (inBackground && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  const stop = (): void => void (child.pid !== undefined && endGroup(child.pid));
  const bound = AbortSignal.any([signal, AbortSignal.timeout(inBackground ? BACKGROUND_TIMEOUT_MS : BUILD_TIMEOUT_MS)]);
  bound.addEventListener("abort", stop, { once: true });
  const started = Date.now();
  const progress = setInterval(
    () => log(`still building (${Math.round((Date.now() - started) / 1_000)} s)`),
    PROGRESS_EVERY_MS,
  );
  try {
    const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    bound.throwIfAborted();
    if (code !== 0) throw new BuildError(`The apps do not build:\n${out}${err}`);
  } finally {
    clearInterval(progress);
    bound.removeEventListener("abort", stop);
  }
}

/** Builds what changed since the last build. Rejects with the compiler's output. */
export async function buildApps(
  log: (line: string) => void,
  signal: AbortSignal,
  { inBackground = false }: BuildOptions = {},
): Promise<void> {
  const digest = sourcesDigest();
  if (APPS.every((app) => isBuilt(app, digest))) return;
  log("building storefront and admin (the first time this takes some minutes: five on two cores)");
  const started = Date.now();
  await runTurbo(log, signal, inBackground);
  for (const app of APPS) {
    mkdirSync(dirname(stampPath(app)), { recursive: true });
    writeFileSync(stampPath(app), digest);
  }
  log(`built in ${Math.round((Date.now() - started) / 1_000)} s`);
}
