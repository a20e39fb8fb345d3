/** What changed in a state, place by place: before and after, as people read them. */
import { cn, formatMoney, Instant, Money, truncateMiddle } from "@tillstream/ui";
import ArrowRight from "lucide-react/icons/arrow-right";
import { wordsOf, type Change, type ChangeWords, type Value } from "./change-words.ts";
import type { Shape } from "./shapes.ts";

const ID_LENGTH_MIN = 24;

interface ChangesProps {
  readonly changes: readonly Change[];
  readonly shape: Shape | undefined;
  /** Values of the state after them, by path. */
  readonly shown: Readonly<Record<string, unknown>>;
  /** What is said when there are none. */
  readonly none?: string;
  /** One line for each, in place of one after the other. */
  readonly stacked?: boolean;
}

export function Changes({ changes, shape, shown, none = "nothing changed", stacked = false }: ChangesProps) {
  const words = wordsOf(changes, shape, shape?.currency === undefined ? undefined : shown[shape.currency]);
  if (words.length === 0) return <p className="text-sm text-muted">{none}</p>;
  return (
    <ul className={cn("text-sm", stacked ? "space-y-1" : "flex flex-wrap gap-x-4 gap-y-0.5")}>
      {words.map((change) => (
        <ChangeLine key={change.path} change={change} />
      ))}
    </ul>
  );
}

function ChangeLine({ change: { path, name, of, before, after } }: { change: ChangeWords }) {
  return (
    <li className="min-w-0">
      <span title={path} className="text-muted">
        {of !== undefined && `${truncateMiddle(of)} `}
        {name}
      </span>{" "}
      <Shown value={before} />
      <ArrowRight size={12} aria-label="became" className="mx-1 inline align-[-0.1em] text-muted" />
      <span className="font-medium">
        <Shown value={after} />
      </span>
      <Difference before={before} after={after} />
    </li>
  );
}

function Difference({ before, after }: Pick<ChangeWords, "before" | "after">) {
  if (before.kind !== "money" || after.kind !== "money") return null;
  const difference = { amount: after.amount - before.amount, currency: after.currency };
  return <span className="figures text-muted"> ({formatMoney(difference, { signed: true })})</span>;
}

export function Shown({ value }: { value: Value }) {
  switch (value.kind) {
    case "nothing":
      return <span className="text-muted">none</span>;
    case "money":
      return <Money value={value} />;
    case "instant":
      return <Instant at={value.at} format="precise" />;
    case "text":
      return isId(value.text) ? (
        <span title={value.text} className="font-mono whitespace-nowrap">
          {truncateMiddle(value.text)}
        </span>
      ) : (
        <span className="break-words">{value.text}</span>
      );
  }
}

const isId = (text: string) => text.length >= ID_LENGTH_MIN && !/\s/.test(text);
