import { deliveryOffers, dispatchDay, SHOP_CURRENCY } from "@tillstream/commerce";
import { readDispatchRule } from "@tillstream/commerce/settings";
import { formatMoney, TextLink } from "@tillstream/ui";
import type { Metadata } from "next";
import { COUNTRIES } from "../../checkout/countries.ts";
import { closedDayWords, dispatchWords, ruleWords } from "../../product/dispatch-words.ts";
import { Section, ServicePage } from "../../service/service-page.tsx";
import { server } from "../../server/services.ts";

export const metadata: Metadata = {
  title: "Delivery",
  description: "Where Fernhill delivers to, when an order leaves, and what it costs.",
};

const HOUR_MS = 3_600_000;

const METHODS = { standard: "standard", express: "express" } as const;
const priceWords = (amount: number): string =>
  amount === 0 ? "is free" : `is ${formatMoney({ amount, currency: SHOP_CURRENCY })}`;

/** The countries with the same offers together, as the checkout makes them. */
function byOffers() {
  const groups = new Map<string, { countries: string[]; offers: ReturnType<typeof deliveryOffers> }>();
  for (const { value, label } of COUNTRIES) {
    const offers = deliveryOffers(value);
    const group = groups.get(JSON.stringify(offers)) ?? { countries: [], offers };
    group.countries.push(label);
    groups.set(JSON.stringify(offers), group);
  }
  return [...groups.values()].map(({ countries, offers }) => ({ where: countries.join(", "), offers }));
}

export default function DeliveryPage() {
  const rule = readDispatchRule();
  const dispatch = dispatchDay(server().services.clock.now(), rule);
  return (
    <ServicePage path="/delivery" title="Delivery" lead={dispatchWords(dispatch, rule.timeZone)}>
      <Section title="When it leaves">
        <p>{ruleWords(rule)}</p>
        {rule.delayMs >= HOUR_MS && (
          <p>
            Each order waits for {Math.round(rule.delayMs / HOUR_MS)} hours first, so that you can still change your
            mind.
          </p>
        )}
        {rule.closedDays.length > 0 && <p>Nothing leaves on {closedDayWords(rule.closedDays)}.</p>}
        <p>
          That is the latest day: when we are faster, it goes earlier. The carrier&apos;s name and a tracking number are
          in the mail that we send when it is on its way, and on the page of your order.
        </p>
      </Section>
      <Section title="What it costs">
        <ul>
          {byOffers().map(({ where, offers }) => (
            <li key={where}>
              {where}:{" "}
              {offers
                .map(
                  ({ method, amount, days }) =>
                    `${METHODS[method]} ${priceWords(amount)}, ${days.from} to ${days.to} working days`,
                )
                .join("; ")}
              .
            </li>
          ))}
        </ul>
        <p>The days count from the day on which it leaves.</p>
        <p>Before you pay, the checkout shows the whole price. We charge that and nothing afterwards.</p>
      </Section>
      <Section title="Where to">
        <p>We deliver to {COUNTRIES.length} countries:</p>
        <ul className="gap-x-8 sm:columns-2 md:columns-3">
          {COUNTRIES.map(({ value, label }) => (
            <li key={value}>{label}</li>
          ))}
        </ul>
      </Section>
      <Section title="Changed your mind?">
        <p>
          Until it leaves you can cancel an order on its page, and you get your money back. The link is in the mail with
          which we confirmed it; without that mail, <TextLink href="/orders/find">find your order</TextLink> by its
          number. What has left can be <TextLink href="/returns">sent back</TextLink>.
        </p>
      </Section>
    </ServicePage>
  );
}
