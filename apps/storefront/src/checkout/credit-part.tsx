"use client";
/** Store credit that pays a part, beside the card. */
import { Checkbox, formatMoney } from "@tillstream/ui";
import type { Money } from "@tillstream/commerce";
import { formatMinor } from "../account/format-minor.ts";
import { creditPartMax, creditPartOf } from "./fields.ts";
import { bothWords } from "./summaries.ts";
import { TypedField } from "./typed-field.tsx";
import type { TypedProps } from "./use-typed.ts";

interface CreditPartProps {
  readonly typed: TypedProps;
  /** What is available. */
  readonly credit: Money;
  /** Undefined while it is being asked for. */
  readonly total: Money | undefined;
}

export function CreditPart({ typed, credit, total }: CreditPartProps) {
  const { fields, fill } = typed;
  const isUsed = fields.useCredit !== "";
  const part = creditPartOf(fields);
  const most = total === undefined ? 0 : creditPartMax(credit, total);
  const suggested = most === 0 ? "" : formatMinor({ ...credit, amount: most });
  function use(checked: boolean): void {
    fill(checked ? { useCredit: "yes", creditPart: suggested } : { useCredit: "", creditPart: "" });
  }
  return (
    <div className="grid gap-4">
      <Checkbox
        label="Use my credit"
        hint={`You have ${formatMoney(credit)}. The card pays the rest.`}
        checked={isUsed}
        onChange={({ target }) => use(target.checked)}
      />
      {isUsed && (
        <TypedField
          of={typed}
          name="creditPart"
          label="How much of it, in dollars"
          field={{ className: "sm:max-w-64" }}
          input={{ autoComplete: "off", inputMode: "decimal", maxLength: 12, className: "figures" }}
        />
      )}
      <p aria-live="polite" className="text-ink-soft empty:hidden">
        {part !== undefined && total !== undefined && part < total.amount && bothWords(part, total)}
      </p>
    </div>
  );
}
