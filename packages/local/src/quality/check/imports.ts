/** Finds what a module imports. A scan of the text: it needs no parser, and our formatter fixes the shape of imports. */
export interface Import {
  readonly specifier: string;
  /** `import type`: nothing of it is left at run time. */
  readonly typeOnly: boolean;
  readonly line: number;
}

const STATIC = /^[ \t]*(?:import|export)\s+(?:(type)\s+)?(?:[^;"'`]*?\sfrom\s+)?["']([^"'\n]+)["']/gm;
const DYNAMIC = /\bimport\(\s*["'`]([^"'`\n]+)["'`]/g;

export function importsOf(text: string): Import[] {
  const code = withoutComments(text);
  const lineAt = (index: number) => code.slice(0, index).split("\n").length;
  const found = [...code.matchAll(STATIC)].map(({ 0: whole, 1: type, 2: specifier = "", index }) => ({
    specifier,
    typeOnly: type !== undefined,
    line: lineAt(index + whole.length),
  }));
  const dynamic = [...code.matchAll(DYNAMIC)].map(({ 1: specifier = "", index }) => ({
    specifier,
    typeOnly: false,
    line: lineAt(index),
  }));
  return [...found, ...dynamic];
}

/** Blanks comments and keeps line numbers. Strings are stepped over, so that `"https://"` is not a comment. */
export function withoutComments(text: string): string {
  const tokens = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return text.replace(tokens, (token) => (token.startsWith("/") ? token.replace(/[^\n]/g, " ") : token));
}
