/** One field as two people have it, for an edit that somebody else was faster with. */
interface TwoSidesProps {
  field: string;
  theirs: string;
  mine: string;
}

export function TwoSides({ field, theirs, mine }: TwoSidesProps) {
  return (
    <div>
      <h3 className="mb-1 text-sm font-medium text-ink-soft">{field}</h3>
      <div className="grid gap-2 sm:grid-cols-2">
        <Side whose="Theirs" text={theirs} />
        <Side whose="Yours" text={mine} />
      </div>
    </div>
  );
}

function Side({ whose, text }: { whose: string; text: string }) {
  return (
    <div className="min-w-0 rounded-md border border-line bg-sunken px-3 py-2">
      <p className="text-xs font-semibold text-muted">{whose}</p>
      <p className="break-words whitespace-pre-wrap">{text}</p>
    </div>
  );
}
