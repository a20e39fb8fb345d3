/** An instant as an address has it. */

const INSTANT = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * ISO 8601 in UTC; undefined for what is no instant of the years 1 to 9999 with its zone. An address turns the plus of an offset into
 * a space, which is taken for what was meant.
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
