import { dispatchDay } from "@tillstream/commerce";
import { readDispatchRule } from "@tillstream/commerce/settings";
import { TextLink } from "@tillstream/ui";
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
