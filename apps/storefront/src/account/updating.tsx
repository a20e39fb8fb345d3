/** Beside figures that lack one's own write still. */
export function Updating({ when }: { when: boolean }) {
  return when ? <span className="font-sans text-sm font-normal text-muted">Updating…</span> : null;
}
