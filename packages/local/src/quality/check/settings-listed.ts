/** Every setting is in `.env.example`. */
import type { Finding } from "./finding.ts";
import { withoutComments } from "./imports.ts";
import type { SourceFile } from "./source-files.ts";

const SETTINGS_OBJECT = /^(?:export )?const \w+Settings\b[^=]*= \{([\s\S]*?)^\}/gm;
const SETTING = /^ {2}([A-Z][A-Z0-9_]+):/gm;
/** Settings are commented out, since none is needed to start. */
const LISTED = /^(?:# )?([A-Z][A-Z0-9_]+)=(.*)$/gm;

/** The settings that an example file lists, with the default that it gives. */
export function readExample(example: string): ReadonlyMap<string, string> {
  return new Map([...example.matchAll(LISTED)].map(({ 1: name = "", 2: value = "" }) => [name, value]));
}

/** The names in every object `const <name>Settings = { NAME: schema }`, in whichever package. */
export function settingsOf(files: readonly SourceFile[]): string[] {
  const bodies = files.flatMap(({ text }) => [...withoutComments(text).matchAll(SETTINGS_OBJECT)]);
  const names = bodies.flatMap(({ 1: body = "" }) => [...body.matchAll(SETTING)].map(({ 1: name = "" }) => name));
  return [...new Set(names)].toSorted();
}

export function checkSettingsListed(files: readonly SourceFile[], example: string): Finding[] {
  const listed = new Set(readExample(example).keys());
  return settingsOf(files)
    .filter((name) => !listed.has(name))
    .map((name) => ({ rule: "settings-listed", path: ".env.example", message: `${name} is missing` }));
}
