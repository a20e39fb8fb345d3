/** What `npm start` shows: progress, the processes' lines, and at the end where everything is. */
import { stripVTControlCharacters, styleText } from "node:util";
import type { LocalSettings } from "../settings.ts";
import { clockTime, formatLine, LEVELS, parseLine } from "../supervisor/log-lines.ts";
import type { OutputStream } from "../supervisor/supervised-process.ts";
import type { LocalSystem } from "./system.ts";

/** Until everything is ready, only what is worth a look is shown. */
const SHOWN_BEFORE_READY = LEVELS.indexOf("warn");

export const SEEDED_PASSWORD = "tillstream-demo";
const SHOPPER = "shopper@tillstream.test";
const STAFF = ["viewer@tillstream.test", "operator@tillstream.test", "admin@tillstream.test"];

export interface SystemConsole {
  log(line: string): void;
  onOutput(name: string, line: string, stream: OutputStream): void;
  /** From here on every line is shown. */
  showEverything(): void;
}

const write = (line: string): void => void process.stdout.write(`${line}\n`);

export function createConsole(format: LocalSettings["logFormat"]): SystemConsole {
  let everything = false;
  return {
    log: (line) => write(`${styleText("dim", `${clockTime(new Date())} ·`)} ${line}`),
    onOutput(name, text, stream) {
      if (stripVTControlCharacters(text).trim() === "") return;
      if (format === "json") return write(text);
      const line = parseLine(text, stream, new Date());
      if (everything || LEVELS.indexOf(line.level) >= SHOWN_BEFORE_READY) write(formatLine(name, line));
    },
    showEverything() {
      everything = true;
    },
  };
}

/** The block that ends the start. Its last line is what scripts wait for. */
export function readyBlock(system: Pick<LocalSystem, "urls" | "isLocal">): string {
  const { urls } = system;
  const places = [
    ["Storefront", urls.storefront],
    ["Admin console", urls.admin],
    ["Worker", `${urls.worker}/health, ${urls.worker}/metrics`],
    ["Payment gateway", `${urls.gateway} (simulated)`],
  ];
  const logins = [
    ["Shopper", SHOPPER],
    ["Console", STAFF.join(", ")],
    ["Password", SEEDED_PASSWORD],
  ];
  const rows = [...places, ...(system.isLocal ? [[], ...logins] : [])];
  const block = rows.map(([label = "", value = ""]) => (label === "" ? "" : `  ${label.padEnd(17)}${value}`));
  return ["", ...block, "", "Tillstream is ready"].join("\n");
}
