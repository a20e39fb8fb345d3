"use client";
/** The card, with the names by which browsers fill one in. What is typed here stays in this page. */
import { Button } from "@tillstream/ui";
import ChevronDown from "lucide-react/icons/chevron-down";
import CreditCard from "lucide-react/icons/credit-card";
import { brandOf } from "./card.ts";
import { TEST_CARDS } from "./card-token.ts";
import { TypedField } from "./typed-field.tsx";
import type { TypedProps } from "./use-typed.ts";

export function CardFields({ typed }: { typed: TypedProps }) {
  const brand = brandOf(typed.card.cardNumber);
  return (
    <div className="grid grid-cols-2 gap-4">
      <TypedField
        of={typed}
        name="cardNumber"
        label="Card number"
        field={{ className: "col-span-2" }}
        input={{
          autoComplete: "cc-number",
          inputMode: "numeric",
          maxLength: 30,
          trail: brand === undefined ? <CreditCard size={18} aria-hidden="true" /> : <BrandName>{brand}</BrandName>,
          className: "figures pr-32",
        }}
      />
      <TypedField
        of={typed}
        name="cardExpiry"
        label="Expiry date"
        input={{
          autoComplete: "cc-exp",
          inputMode: "numeric",
          placeholder: "MM/YY",
          maxLength: 9,
          className: "figures",
        }}
      />
      <TypedField
        of={typed}
        name="cardCvc"
        label="Security code"
        input={{ autoComplete: "cc-csc", inputMode: "numeric", placeholder: "CVC", maxLength: 4, className: "figures" }}
      />
      <TypedField
        of={typed}
        name="cardName"
        label="Name on the card"
        field={{ className: "col-span-2" }}
        input={{ autoComplete: "cc-name" }}
      />
      <TestNumbers typed={typed} />
    </div>
  );
}

function BrandName({ children }: { children: string }) {
  return <span className="absolute right-3 whitespace-nowrap text-sm text-ink-soft">{children}</span>;
}

/** One tap fills the card in. */
function TestNumbers({ typed: { fields, change } }: { typed: TypedProps }) {
  function fill(number: string): void {
    change("cardNumber", number);
    change("cardExpiry", `12/${(new Date().getFullYear() + 3) % 100}`);
    change("cardCvc", "123");
    change("cardName", fields.name);
  }
  return (
    <details className="group col-span-2 rounded-md bg-waiting-soft px-4 py-3 text-sm">
      <summary className="flex min-h-6 cursor-pointer items-center justify-between gap-3 font-medium">
        Test numbers
        <ChevronDown size={16} aria-hidden="true" className="transition-transform group-open:rotate-180" />
      </summary>
      <p className="mt-2">
        This is a test shop: no money moves, and its local gateway knows only these cards. Any other is declined.
      </p>
      <ul className="mt-3 grid gap-2">
        {TEST_CARDS.map(({ number, does }) => (
          <li key={number} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Button size="sm" className="figures" onClick={() => fill(number)}>
              {number}
            </Button>
            {does}
          </li>
        ))}
      </ul>
    </details>
  );
}
