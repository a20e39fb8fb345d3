import { join } from "node:path";
import { expect, it } from "vitest";
import { glossary } from "./glossary.ts";

const inWords = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

it("GLOSSARY.md lists the words that the console explains, each once, by the alphabet", async () => {
  const terms = Object.entries(glossary).map(([name, meaning]) => [inWords(name), meaning] as const);
  const lines = terms
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([term, meaning]) => `- **${term}**: ${meaning}`);
  const text = `# Glossary\n\nOne word, one thing: in code, tables, pages and docs.\n\n${lines.join("\n")}\n`;
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, "../../GLOSSARY.md"));
});
