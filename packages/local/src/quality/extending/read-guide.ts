/**
 * `docs/extending.md` as steps: a section for each `## 1. ...`, with the files that its table lists and its blocks in order. A block with
 * `file=` is a whole new file, or with `after=`, `instead=` or `at=end` a change of one; `sh` are commands, and `text` is what they say.
 */
export type Step =
  | { readonly kind: "create"; readonly path: string; readonly text: string }
  | { readonly kind: "change"; readonly path: string; readonly where: Where; readonly text: string }
  | { readonly kind: "run"; readonly commands: readonly string[] }
  | { readonly kind: "expect"; readonly lines: readonly string[] };

/** `anchor`: what exactly one line of the file contains. */
export type Where =
  | { readonly at: "end" }
  | { readonly at: "after"; readonly anchor: string }
  | { readonly at: "instead"; readonly anchor: string };

export interface Section {
  readonly title: string;
  /** All files that differ when its steps are done. */
  readonly files: readonly string[];
  readonly steps: readonly Step[];
}

const SECTION = /^## (?=\d+\. )/m;
const TABLE_ROW = /^\| `([^`]+)`/gm;
const BLOCK = /^```(\w+)(.*)\n([\s\S]*?)^```$/gm;

export function readGuide(markdown: string): readonly Section[] {
  const [, ...sections] = markdown.split(SECTION);
  return sections.map((text) => ({
    title: text.slice(0, text.indexOf("\n")),
    files: Array.from(text.matchAll(TABLE_ROW), ([, path = ""]) => path).toSorted(),
    steps: Array.from(text.matchAll(BLOCK), ([, language = "", info = "", body = ""]) => toStep(language, info, body)),
  }));
}

function toStep(language: string, info: string, text: string): Step {
  const path = /file=(\S+)/.exec(info)?.[1];
  if (path !== undefined) {
    const where = whereOf(info);
    return where === undefined ? { kind: "create", path, text } : { kind: "change", path, where, text };
  }
  const lines = text.trim().split("\n");
  if (language === "sh") return { kind: "run", commands: lines };
  if (language === "text") return { kind: "expect", lines };
  throw new Error(`a block of ${language} says neither a file nor what to run: ${text}`);
}

function whereOf(info: string): Where | undefined {
  if (info.includes(" at=end")) return { at: "end" };
  const [, at, anchor = ""] = / (after|instead)="([^"]+)"/.exec(info) ?? [];
  return at === "after" || at === "instead" ? { at, anchor } : undefined;
}
