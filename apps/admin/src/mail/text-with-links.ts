/** A mail's text in parts: those that lead to the shop as links. Any other address stays text. */

interface Part {
  readonly text: string;
  readonly href?: string;
}

const ADDRESS = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]'])/;

export function textWithLinks(text: string, shopUrl: string): Part[] {
  return text
    .split(ADDRESS)
    .filter((part) => part !== "")
    .map((part) => (leadsTo(part, shopUrl) ? { text: part, href: part } : { text: part }));
}

function leadsTo(text: string, shopUrl: string): boolean {
  if (!ADDRESS.test(text) || !URL.canParse(text)) return false;
  const { origin, username, password } = new URL(text);
  return origin === new URL(shopUrl).origin && username === "" && password === "";
}
