/** Brings a typed or stepped quantity into range: whole, at least `min`, at most `max`; not a number keeps `current`. */
export function clampQuantity(wanted: number, current: number, min: number, max: number): number {
  if (!Number.isFinite(wanted)) return current;
  return Math.min(max, Math.max(min, Math.trunc(wanted)));
}
