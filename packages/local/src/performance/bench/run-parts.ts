/**
 * Runs the parts of the benchmark one after the other. Each figure is printed and written as soon as it is measured; a part that
 * fails is noted with its reason and keeps none of the others from running.
 */
import { renameSync, writeFileSync } from "node:fs";
import { table } from "../../operations/cli/output.ts";
import type { Measured } from "./measure.ts";

export interface Part {
  readonly name: string;
  /** Yields each figure when it has it. */
  measure(): AsyncIterable<Measured>;
}

export interface Report {
  readonly figures: readonly (Measured & { readonly part: string })[];
  readonly failures: readonly { readonly part: string; readonly reason: string }[];
  /** Parts that have not ended yet. */
  readonly open: readonly string[];
}

export interface Sinks {
  print(line: string): void;
  /** Called with all that is known so far, after every change. */
  write(report: Report): void;
}

export async function runParts(parts: readonly Part[], { print, write }: Sinks): Promise<Report> {
  let report: Report = { figures: [], failures: [], open: parts.map(({ name }) => name) };
  const change = (changes: Partial<Report>): void => {
    report = { ...report, ...changes };
    write(report);
  };
  for (const part of parts) {
    print(part.name);
    try {
      for await (const figure of part.measure()) {
        print(`  ${lineOf(figure)}`);
        change({ figures: [...report.figures, { part: part.name, ...figure }] });
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      print(`  failed: ${reason}`);
      change({ failures: [...report.failures, { part: part.name, reason }] });
    }
    change({ open: report.open.filter((name) => name !== part.name) });
  }
  return report;
}

/** Whole or not at all: who reads the file meanwhile finds JSON. */
export function writeReport(path: string, content: object): void {
  writeFileSync(`${path}.incoming`, JSON.stringify(content, null, 2));
  renameSync(`${path}.incoming`, path);
}

const ratioOf = (value: number): string => (value < 0.1 ? value.toPrecision(2) : value.toFixed(2));
const round = (value: number): string => value.toFixed(value < 10 ? 2 : 0);

function cellsOf(figure: Measured) {
  if ("measured" in figure) return { ...figure, beside: "", ratio: "" };
  const { name, ours, unit, reference, referenceName, ratio, reach } = figure;
  const measured = `${round(ours)} ${unit}`;
  return { name, measured, beside: `${round(reference)} ${unit} (${referenceName})`, ratio: ratioOf(ratio), reach };
}

function lineOf(figure: Measured): string {
  const { name, measured, beside, ratio, reach } = cellsOf(figure);
  return `${name}: ${measured}${beside === "" ? "" : `, beside ${beside}: ${ratio}`}  [${reach}]`;
}

export function reportTable({ figures, failures }: Report): string {
  const rows = [
    ...figures.map((figure) => ({ part: figure.part, ...cellsOf(figure) })),
    ...failures.map(({ part, reason }) => ({
      part,
      name: "failed",
      measured: reason.split("\n", 1)[0] ?? "",
      beside: "",
      ratio: "",
      reach: "",
    })),
  ];
  return table(
    rows,
    [
      { title: "part", value: ({ part }) => part },
      { title: "figure", value: ({ name }) => name },
      { title: "measured", value: ({ measured }) => measured },
      { title: "beside", value: ({ beside }) => beside },
      { title: "ratio", value: ({ ratio }) => ratio },
      { title: "reach", value: ({ reach }) => reach },
    ],
    "No part was asked for.",
  );
}
