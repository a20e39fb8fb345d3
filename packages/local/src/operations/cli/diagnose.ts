/**
 * `tillstream diagnose`: what is wrong, whom it hurts, what to do, and what could not be checked. It goes by the database and by what
 * the processes answer; either may be away.
 */
import { describeChecks, diagnose } from "@tillstream/commerce";
import type { Diagnosis, Finding } from "@tillstream/commerce";
import { watchOnce } from "@tillstream/eventing";
import { withTimeout } from "@tillstream/runtime";
import type { Database } from "@tillstream/runtime";
import type { ServiceName } from "../../environment/system/services.ts";
import { print } from "./output.ts";
import type { ProcessHealth } from "./process-health.ts";

const DATABASE_MS_MAX = 20_000;

/** What has no alert, since nobody could raise one, has no id. */
type Told = Omit<Finding, "id" | "since"> & { readonly id: number | null; readonly since: string | null };

interface Report extends Omit<Diagnosis, "findings"> {
  readonly findings: readonly Told[];
}

/** The alert that a process which is gone leads to: then it is told as evidence. */
const ALERT_OF: Readonly<Partial<Record<ServiceName, string>>> = { worker: "no-worker", gateway: "gateway-errors" };
const HURTS = {
  storefront: "Every shopper: there is no shop.",
  admin: "Whoever operates the shop: there is no console.",
  worker: "Everybody: what is asked for is taken, and nothing follows from it.",
  gateway: "Every customer who pays by card.",
} as const satisfies Record<ServiceName, string>;

const NONE = {
  id: null,
  subject: "",
  status: "firing",
  since: null,
  until: null,
  orders: null,
  money: [],
  evidence: [],
  follows: [],
  followsFrom: null,
  lastChange: null,
  unchecked: [],
} as const;

export interface DiagnoseOptions {
  readonly db: Database;
  readonly processes: readonly ProcessHealth[];
  readonly consoleUrl: string | undefined;
  readonly json?: boolean | undefined;
}

/** Resolves to the exit code: 1 when anything is wrong or could not be checked. */
export async function showDiagnosis({ db, processes, consoleUrl, json }: DiagnoseOptions): Promise<number> {
  const diagnosis = withProcesses(await ofDatabase(db), processes);
  const { findings, unchecked } = diagnosis;
  const lines = [
    ...(findings.length === 0 ? ["Nothing is wrong, as far as could be checked."] : []),
    ...findings.map((finding) => textOf(finding, consoleUrl)),
    ...(unchecked.length === 0 ? [] : [["Not checked:", ...unchecked.map((what) => `  ${what}`)].join("\n")]),
  ];
  print(diagnosis, lines.join("\n\n"), json);
  return findings.length + unchecked.length === 0 ? 0 : 1;
}

async function ofDatabase(db: Database): Promise<Report> {
  const checks = describeChecks();
  try {
    const looked = async () => {
      await watchOnce(db, checks); // nobody else may be left who watches
      return diagnose(db, checks);
    };
    return await withTimeout(looked(), DATABASE_MS_MAX, "Postgres");
  } catch (error) {
    const away: Told = {
      ...NONE,
      check: "postgres",
      what: "Postgres does not answer",
      hurts: "Everybody: nothing is taken and nothing goes on. What was confirmed is kept.",
      code: "postgres-away",
      cause: error instanceof Error ? error.message || String((error as { code?: unknown }).code) : String(error),
      action: {
        says: "Look at its log and bring it back; all processes find it again by themselves.",
        path: "/",
        link: "Look",
        step: null,
      },
    };
    return { findings: [away], unchecked: [`${checks.length} checks that ask the database`] };
  }
}

function withProcesses({ findings, unchecked }: Report, processes: readonly ProcessHealth[]): Report {
  const gone = processes.filter(({ problem }) => problem !== undefined);
  const about = ({ name, problem }: ProcessHealth) => ({ says: `the ${name}: ${problem}`, path: null });
  const told = findings.map((finding) => {
    const ours = gone.filter(({ name }) => ALERT_OF[name] === finding.check);
    return { ...finding, evidence: [...ours.map(about), ...finding.evidence] };
  });
  const untold = gone.filter(({ name }) => !findings.some(({ check }) => check === ALERT_OF[name]));
  const more = untold.map((one): Told => {
    return {
      ...NONE,
      check: `process-${one.name}`,
      what: `The ${one.name} does not answer`,
      hurts: HURTS[one.name],
      code: "process-away",
      cause: `Its process has stopped or is frozen: ${one.problem}.`,
      action: {
        says: "Look at its log, end it if it is frozen, and start it again.",
        path: "/",
        link: "Look",
        step: null,
      },
    };
  });
  return { findings: [...told, ...more], unchecked };
}

function textOf(finding: Told, consoleUrl: string | undefined): string {
  const { id, what, status, since, hurts, orders, money, cause, evidence, follows, lastChange, action } = finding;
  const hit = orders === null ? [] : [`${orders} orders${money.map((sum) => `, ${moneyText(sum)}`).join("")}`];
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ["since", since === null ? [] : [since]],
    ["hurts", [hurts, ...hit]],
    ["cause", [cause, ...evidence.map(({ says }) => says)]],
    ["follows", follows.map((one) => one.what)],
    ["changed", lastChange === null ? [] : [changeText(lastChange)]],
    ["do", [action.says, ...stepLines(action.step)]],
    ["look", consoleUrl === undefined || id === null ? [] : [`${consoleUrl}/incidents/${id}`]],
  ];
  return [
    `${status === "pending" ? "ABOUT TO FIRE" : "WRONG"}  ${what}`,
    ...rows.flatMap(([word, says]) => says.map((line, index) => `  ${(index === 0 ? word : "").padEnd(9)}${line}`)),
  ].join("\n");
}

const changeText = ({ at, who, action, subject, subjectName, reason }: NonNullable<Told["lastChange"]>): string =>
  `${at}  ${who}: ${action} ${subjectName ?? subject} ("${reason}")`;

function stepLines(step: Finding["action"]["step"]): readonly string[] {
  if (step === null) return [];
  const how = step.command === null ? `${step.label}, at the console` : `npm run tillstream -- ${step.command}`;
  return [`${how}  (${step.dryRun})`];
}

function moneyText({ amount, currency }: Finding["money"][number]): string {
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
