/** `npm run tillstream -- <command>`: operations from a terminal, on the running system's database or the local one. */
import { createPool, poolDatabase } from "@tillstream/db";
import type { Database } from "@tillstream/runtime";
import { Command, Option } from "commander";
import type pg from "pg";
import { showDiagnosis } from "./operations/cli/diagnose.ts";
import { askProcesses } from "./operations/cli/process-health.ts";
import { replay, showEvents, showStream } from "./operations/cli/history.ts";
import type { EventsOptions, ReplayOptions } from "./operations/cli/history.ts";
import { UsageError } from "./operations/cli/moment.ts";
import {
  rebuild,
  retryDeadLetters,
  setStatus,
  showDeadLetters,
  showOutbox,
  showProjections,
  showSagas,
} from "./operations/cli/operations.ts";
import type { RetryOptions, WithReason } from "./operations/cli/operations.ts";
import { reconcile } from "./operations/cli/reconcile.ts";
import { rewrapKeys, rewrite } from "./operations/cli/privacy.ts";
import { showVerify } from "./operations/cli/show-verify.ts";
import type { VerifyCommandOptions } from "./operations/cli/show-verify.ts";
import { setStaff, STAFF_ROLES } from "./operations/cli/staff.ts";
import type { StaffOptions } from "./operations/cli/staff.ts";
import { drain, resume, showWorkers } from "./operations/cli/workers.ts";
import type { DrainOptions } from "./operations/cli/workers.ts";
import { readLocalSettings } from "./environment/settings.ts";
import { findAbandoned, findRunning } from "./environment/system/state-file.ts";
import { compare, step } from "./operations/cli/stepping.ts";
import type { SteppingOptions } from "./operations/cli/stepping.ts";
import { withLocalDatabase } from "./environment/system/local-database.ts";

const POOL_MAX = 4;
/** Whole histories are looked through. */
const STATEMENT_TIMEOUT_MS = 300_000;

/** Runs one command on the database, and turns what goes wrong into one line. */
async function run(work: (db: Database, pool: pg.Pool, url: string) => Promise<number | void>): Promise<void> {
  try {
    process.exitCode = await withLocalDatabase(
      "tillstream",
      (line) => console.error(line),
      async ({ url }) => {
        const pool = createPool({
          url,
          max: POOL_MAX,
          applicationName: "tillstream-cli",
          statementTimeoutMs: STATEMENT_TIMEOUT_MS,
        });
        try {
          return (await work(poolDatabase(pool), pool, url)) ?? 0;
        } finally {
          await pool.end();
        }
      },
    );
  } catch (error) {
    console.error(error instanceof UsageError ? error.message : `That did not work: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}

/** The same for a command that makes no sense where nothing runs and no database is named. */
function ofSystem(work: Parameters<typeof run>[0]): Promise<void> {
  const { dataDir, databaseIsNamed } = readLocalSettings();
  if (databaseIsNamed || findRunning(dataDir) !== undefined || findAbandoned(dataDir) !== undefined) return run(work);
  console.error("Nothing runs here: npm start starts the system, DATABASE_URL names the database of one elsewhere.");
  process.exitCode = 1;
  return Promise.resolve();
}

interface Json {
  readonly json?: boolean;
}

/** For a command that changes something. */
const WHY = ["--reason <text>", "why, for the audit", "from the terminal"] as const;

const program = new Command("tillstream").description("Operations on the event store, the projections and the sagas.");
const command = (name: string, description: string) =>
  program.command(name).description(description).option("--json", "print JSON");

command("events", "the latest events, newest first")
  .option("--type <type>", "only this event type")
  .option("--stream <id>", "only this stream")
  .option("--limit <n>", "how many", "30")
  .action((options: EventsOptions) => run((db) => showEvents(db, options)));
command("stream <id>", "a stream's events and the state they lead to")
  .option("--at <moment>", "up to a version or an instant")
  .action((id: string, options: { at?: string; json?: boolean }) => run((db) => showStream(db, id, options)));
command("replay <id>", "each event of a stream, the state after it and what it changed")
  .option("--until <moment>", "up to a version or an instant")
  .option("--where <expression>", "find the first event after which this is true, such as 'balance < 0'")
  .action((id: string, options: ReplayOptions) => run((db) => replay(db, id, options)));
command(
  "step <projection> <stream>",
  "each event of a stream and the rows it changes, and whether those are the stored ones",
).action((name: string, stream: string, options: SteppingOptions) => run((db) => step(db, name, stream, options)));
command("compare <projection>", "every row of a projection with what the events make of it; nothing is written").action(
  (name: string, options: SteppingOptions) => run((db) => compare(db, name, options)),
);

const projections = command("projections", "lag of every projection and consumer").action((options: Json) =>
  run((db) => showProjections(db, options.json)),
);
projections
  .command("rebuild <name>")
  .description("rebuild a projection while the live one serves, and follow it")
  .option(...WHY)
  .action((name: string, why: WithReason) => run((db) => rebuild(db, name, why)));
projections
  .command("pause <name>")
  .description("stop a projection where it is")
  .option(...WHY)
  .action((name: string, why: WithReason) => run((db) => setStatus(db, name, "paused", why)));
projections
  .command("resume <name>")
  .description("resume a paused projection")
  .option(...WHY)
  .action((name: string, why: WithReason) => run((db) => setStatus(db, name, "running", why)));

const workers = command("workers", "who runs what, with which leases, since when").action((options: Json) =>
  run((db) => showWorkers(db, options.json)),
);
workers
  .command("drain <worker>")
  .description("let a worker finish what it has in hand and take no more")
  .option(...WHY)
  .option("--last", "also one that alone runs something: that waits until it is resumed")
  .action((worker: string, options: DrainOptions) => run((db) => drain(db, worker, options)));
workers
  .command("resume <worker>")
  .description("let a drained worker take work again")
  .option(...WHY)
  .action((worker: string, why: WithReason) => run((db) => resume(db, worker, why)));

command("sagas", "the latest runs")
  .option("--status <status>", "only runs in this status")
  .action((options: { status?: string; json?: boolean }) => run((db) => showSagas(db, options)));
const deadLetters = command(
  "dead-letters",
  "events that could not be processed, and those that wait behind them",
).action((options: Json) => run((db) => showDeadLetters(db, options.json)));
deadLetters
  .command("retry <id>")
  .description('try a parked event once more, or "all" of them')
  .option(...WHY)
  .option("--consumer <name>", 'of "all", only those of this consumer or projection')
  .option("--rate <n>", "how many in a second", "10")
  .option("--stop-on-failure", "park what was not tried yet as soon as one fails")
  .action((id: string, options: RetryOptions) => run((db) => retryDeadLetters(db, id, options)));
command("outbox", "the relay's backlog, rate and owner").action((options: Json) =>
  run((db) => showOutbox(db, options.json)),
);
command("reconcile", "compare the gateway's books with the orders, and settle what differs")
  .option(...WHY)
  .action((options: Json & WithReason) => run((db) => reconcile(db, options)));
command("verify", "check the invariants of the whole database against each other and the gateway's ledger")
  .option("--wait <seconds>", "how long to look again at what may be work in hand; 0 looks once", "60")
  .option("--no-gateway", "leave out what needs the gateway")
  .action((options: VerifyCommandOptions) => run((db) => showVerify(db, options)));
command("diagnose", "what is wrong, whom it hurts, what to do, and what could not be checked").action((options: Json) =>
  ofSystem(async (db) => {
    const { dataDir, ports } = readLocalSettings();
    const running = findRunning(dataDir);
    const processes = running === undefined ? [] : await askProcesses(ports);
    return showDiagnosis({ db, processes, consoleUrl: running?.urls["admin"], json: options.json });
  }),
);
command("staff <e-mail>", "make a login for the console, or change the role of one that is there")
  .addOption(new Option("--role <role>", "shopper takes all rights away").choices(STAFF_ROLES).makeOptionMandatory())
  .option("--name <name>", "of a new one", "Staff")
  .option(...WHY)
  .action((email: string, options: StaffOptions) => run((db, pool) => setStaff(pool, db, email, options)));

command("rewrite", "rewrite the tables that held erased customers; each is locked for as long as it takes").action(() =>
  run((_db, _pool, url) => rewrite(url)),
);
command("rewrap-keys", "wrap the keys of persons by the first of MASTER_KEYS, so that the others can go").action(() =>
  run((db) => rewrapKeys(db)),
);

await program.parseAsync();
