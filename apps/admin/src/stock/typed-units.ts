/** Units as a person types them. */
const UNITS_MAX = 1_000_000;

/** Undefined for what is not a whole number in bounds. */
export function unitsOf(typed: string, min: 0 | 1): number | undefined {
  const units = /^\d{1,7}$/.test(typed) ? Number(typed) : -1;
  return units < min || units > UNITS_MAX ? undefined : units;
}

export const unitsProblem = (min: 0 | 1) => `Enter a whole number from ${min} to ${UNITS_MAX.toLocaleString("en-US")}.`;
