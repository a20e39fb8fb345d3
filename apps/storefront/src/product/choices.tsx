"use client";
/**
 * Colour and size as one question each. The answer is in the address: with scripts choosing is enough, without them a button
 * sends the form. A value that does not go with the other choice says what comes instead.
 */
import { buttonStyle, cn } from "@tillstream/ui";
import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import { Picture } from "../catalogue/picture.tsx";

export interface ShownValue {
  readonly value: string;
  /** The address of the variant that it leads to. */
  readonly href: string;
  readonly chosen: boolean;
  /** Such as `sold out` or `only in Large`. */
  readonly note: string | null;
  /** Null where it looks no different. */
  readonly image: string | null;
}

export interface ShownChoice {
  readonly name: string;
  /** As a person reads it, such as `Colour`. */
  readonly label: string;
  readonly values: readonly ShownValue[];
}

export function Choices({ action, choices }: { action: string; choices: readonly ShownChoice[] }) {
  const router = useRouter();
  const [choosing, startChoosing] = useTransition();
  const [ahead, setAhead] = useOptimistic<{ name: string; value: string } | null>(null);
  const choose = (name: string, { value, href }: ShownValue) =>
    startChoosing(() => {
      setAhead({ name, value });
      router.replace(href, { scroll: false });
    });
  return (
    <form action={action} aria-busy={choosing} className="mt-6 grid gap-5">
      {choices.map(({ name, label, values }) => (
        <fieldset key={name} className="min-w-0">
          <legend className="mb-2 text-sm font-medium text-ink-soft">{label}</legend>
          <div
            className={values[0]?.image === null ? "flex flex-wrap gap-2.5" : "grid grid-cols-4 gap-3 sm:grid-cols-5"}
          >
            {values.map((each) => (
              <Value
                key={each.value}
                name={name}
                shown={each}
                checked={ahead?.name === name ? ahead.value === each.value : each.chosen}
                onChoose={() => choose(name, each)}
              />
            ))}
          </div>
        </fieldset>
      ))}
      <noscript>
        <button type="submit" className={buttonStyle("secondary", "sm")}>
          Show this one
        </button>
      </noscript>
    </form>
  );
}

interface ValueProps {
  readonly name: string;
  readonly shown: ShownValue;
  readonly checked: boolean;
  onChoose(): void;
}

function Value({ name, shown: { value, note, image }, checked, onChoose }: ValueProps) {
  return (
    <label
      className={cn(
        "relative min-w-0 rounded-md has-focus-visible:outline-2 has-focus-visible:outline-offset-4 has-focus-visible:outline-focus",
        image === null &&
          "inline-flex min-h-control flex-col justify-center border border-line-strong px-4 py-1.5 has-checked:border-accent has-checked:ring-1 has-checked:ring-accent",
        image === null && note !== null && "border-dashed text-muted",
      )}
    >
      <input
        type="radio"
        name={name}
        value={value}
        checked={checked}
        onChange={onChoose}
        className="peer absolute inset-0 z-10 size-full cursor-pointer scroll-my-24 appearance-none opacity-0"
      />
      {image !== null && (
        <Picture
          src={image}
          eager
          className={cn(
            "rounded-md ring-1 ring-line ring-offset-2 ring-offset-canvas peer-checked:ring-2 peer-checked:ring-accent",
            note !== null && "opacity-45",
          )}
        />
      )}
      <span
        className={cn(
          "block text-sm leading-snug",
          image !== null && "mt-1.5",
          checked ? "font-medium" : "text-ink-soft",
        )}
      >
        {value}
        {note !== null && <span className="block text-xs text-muted">{note}</span>}
      </span>
    </label>
  );
}
