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

const HEADINGS = { standard: "Standard", express: "Express" } as const;
const METHODS = ["standard", "express"] as const;

/** One country's row, with the offers that the checkout makes there. */
function Row({ code, country }: { code: string; country: string }) {
  const offers = deliveryOffers(code);
  return (
    <tr className="border-b border-line align-top">
      <th scope="row" className="py-2.5 font-normal text-ink">
        {country}
      </th>
      {METHODS.map((method) => {
        const offer = offers.find((one) => one.method === method);
        return (
          <td key={method} className="py-2.5 pl-4">
            {offer && (
              <>
                <span className="figures block text-ink">
                  {offer.amount === 0 ? "Free" : formatMoney({ amount: offer.amount, currency: SHOP_CURRENCY })}
                </span>
                <span className="block text-sm">
                  {offer.days.from} to {offer.days.to} days
                </span>
              </>
            )}
          </td>
        );
      })}
    </tr>
  );
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
      <Section title="Where to, and what it costs">
        <p>
          We deliver to {COUNTRIES.length} countries. The days are working days, and count from the day on which it
          leaves.
        </p>
        <table className="w-full text-left">
          <thead className="text-sm text-muted">
            <tr className="border-b border-line-strong">
              <th scope="col" className="py-2 font-normal">
                To
              </th>
              {METHODS.map((method) => (
                <th key={method} scope="col" className="py-2 pl-4 font-normal">
                  {HEADINGS[method]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {COUNTRIES.map(({ value, label }) => (
              <Row key={value} code={value} country={label} />
            ))}
          </tbody>
        </table>
        <p>Before you pay, the checkout shows the whole price. We charge that and nothing afterwards.</p>
      </Section>
      <Section title="Changed your mind?">
        <p>
          Once it is confirmed and until it leaves you can cancel an order on its page, and you get your money back. The
          link is in the mail with which we confirmed it; without that mail,{" "}
          <TextLink href="/orders/find">find your order</TextLink> by its number. What has left can be{" "}
          <TextLink href="/returns">sent back</TextLink>.
        </p>
      </Section>
    </ServicePage>
  );
}
