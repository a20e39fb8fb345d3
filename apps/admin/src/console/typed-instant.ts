/** An instant as an address has it. */

const INSTANT = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Reads an ISO 8601 instant that says its time zone, and returns it in UTC. Undefined if the text is not one, or its year is not between
 * 1 and 9999. In an address the plus of an offset arrives as a space, and is read as a plus.
 */
export function typedInstant(text: string): string | undefined {
  const written = text.trim().replace(" ", "+");
  const [, day] = INSTANT.exec(written) ?? [];
  const at = new Date(written);
  if (day === undefined || Number.isNaN(at.getTime()) || !isDay(day)) return undefined;
  const instant = at.toISOString();
  return /^(?!0000)\d{4}-/.test(instant) ? instant : undefined;
}

/** JavaScript takes 31 February for 3 March. */
const isDay = (day: string) => new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
