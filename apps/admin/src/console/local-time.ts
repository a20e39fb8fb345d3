/** Times as a `datetime-local` field has them: in the viewer's zone, without saying so. */

const LENGTH = { seconds: 19, milliseconds: 23 };

/** `2026-11-24T10:46:21`, with `.120` where milliseconds are asked for. */
export function toLocalInput(at: Date, to: keyof typeof LENGTH = "seconds"): string {
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, LENGTH[to]);
}
