/** The last second of a day in the reader's own zone, as a field for day and time has it: `2026-12-01T23:59:59`. */
export function endOfDay(at: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T23:59:59`;
}
