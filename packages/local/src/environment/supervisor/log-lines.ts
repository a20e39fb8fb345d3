/**
 * The lines of all processes as one readable stream: `12:01:02 worker     info  message key=value`.
 * Structured lines are taken apart; anything else is passed on as it is.
 */
import { stripVTControlCharacters, styleText } from "node:util";
import type { OutputStream } from "./supervised-process.ts";

const STACK_LINES_MAX = 12;
const VALUE_CHARACTERS_MAX = 200;
const NAME_WIDTH = 10;
const LEVEL_WIDTH = 5;

export const LEVELS = ["trace", "debug", "info", "warn", "error", "fatal"] as const;
export type Level = (typeof LEVELS)[number];

export interface LogLine {
  readonly time: Date;
  readonly level: Level;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly stack: readonly string[];
}

const isLevel = (value: unknown): value is Level => LEVELS.includes(value as Level); // includes compares only

function parseJson(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>; // it starts with a brace
  } catch {
    return undefined;
  }
}

interface Fault {
  readonly message?: unknown;
  readonly stack?: unknown;
}

function stackOf(err: unknown): string[] {
  const { stack } = (err ?? {}) as Fault; // any value has, or lacks, these
  return typeof stack === "string" ? stack.split("\n").slice(1, STACK_LINES_MAX + 1) : [];
}

function withFlatError(fields: Record<string, unknown>): Record<string, unknown> {
  const { err, ...rest } = fields;
  if (err === undefined) return rest;
  return { ...rest, err: typeof err === "object" && err !== null ? ((err as Fault).message ?? err) : err };
}

/** A line of a process; lines on stderr that are not structured count as warnings. */
export function parseLine(text: string, stream: OutputStream, now: Date): LogLine {
  const json = parseJson(text);
  if (json === undefined || !isLevel(json["level"])) {
    return {
      time: now,
      level: stream === "stderr" ? "warn" : "info",
      message: stripVTControlCharacters(text).trim(),
      fields: {},
      stack: [],
    };
  }
  const { level, time, msg, name: _name, ...fields } = json;
  const instant = new Date(typeof time === "string" || typeof time === "number" ? time : now);
  return {
    time: Number.isNaN(instant.getTime()) ? now : instant,
    level,
    message: typeof msg === "string" ? msg : "",
    fields: withFlatError(fields),
    stack: level === "error" || level === "fatal" ? stackOf(fields["err"]) : [],
  };
}

function formatValue(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  const quoted = typeof value === "string" && /[\s="]/.test(value) ? JSON.stringify(value) : text;
  return quoted.length > VALUE_CHARACTERS_MAX ? `${quoted.slice(0, VALUE_CHARACTERS_MAX)}…` : quoted;
}

interface Exchange {
  readonly req?: { readonly method?: string; readonly url?: string };
  readonly res?: { readonly statusCode?: number };
  readonly responseTime?: number;
}

/** A served request as `GET /path 200 12ms`, which says all that its many fields say. */
function compactRequest(fields: LogLine["fields"]): { text: string; rest: LogLine["fields"] } {
  const { req, res, responseTime, ...rest } = fields as Exchange & LogLine["fields"]; // checked one by one below
  if (req?.method === undefined || res?.statusCode === undefined) return { text: "", rest: fields };
  const took = typeof responseTime === "number" ? ` ${Math.round(responseTime)}ms` : "";
  return { text: `${req.method} ${req.url ?? ""} ${res.statusCode}${took}`, rest };
}

type Style = Parameters<typeof styleText>[0];

const LEVEL_STYLE: Readonly<Record<Level, Style>> = {
  trace: "dim",
  debug: "dim",
  info: "green",
  warn: "yellow",
  error: "red",
  fatal: "redBright",
};
const NAME_STYLE: Readonly<Record<string, Style>> = {
  storefront: "cyan",
  admin: "magenta",
  worker: "blue",
  gateway: "yellow",
};

/** Such as 12:01:02. */
export const clockTime = (time: Date): string => time.toTimeString().slice(0, 8);

/** @param paint how a piece is coloured; by default as far as standard output shows colours */
export function formatLine(
  name: string,
  line: LogLine,
  paint: (style: Style, text: string) => string = styleText,
): string {
  const { text, rest } = compactRequest(line.fields);
  const pairs = Object.entries(rest).map(([key, value]) => `${paint("dim", `${key}=`)}${formatValue(value)}`);
  const head = [
    paint("dim", clockTime(line.time)),
    paint(NAME_STYLE[name] ?? "white", name.padEnd(NAME_WIDTH)),
    paint(LEVEL_STYLE[line.level], line.level.padEnd(LEVEL_WIDTH)),
  ];
  const body = [text === "" ? line.message : text, ...pairs].filter((part) => part !== "");
  return [[...head, ...body].join(" "), ...line.stack.map((frame) => paint("dim", `    ${frame.trim()}`))].join("\n");
}
