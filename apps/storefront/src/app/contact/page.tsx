import { readShopPromises } from "@tillstream/commerce/settings";
import { TextLink } from "@tillstream/ui";
import type { Metadata } from "next";
import { Section, ServicePage } from "../../service/service-page.tsx";

export const metadata: Metadata = { title: "Contact", description: "How to reach Fernhill." };

export default function ContactPage() {
  const { email, returnsAddress } = readShopPromises();
  return (
    <ServicePage path="/contact" title="Contact" lead="Write to us. A person reads it.">
      <Section title="By mail">
        <p>
          <a href={`mailto:${email}`} className="text-lg text-accent-text underline underline-offset-3">
            {email}
          </a>
        </p>
        <p>If it is about an order, write its number too. Never send the number of a card.</p>
      </Section>
      <Section title="About an order">
        <p>
          Where it is, what it cost and whether it can still be cancelled is on its page. The link is in the mail with
          which we confirmed it; otherwise <TextLink href="/orders/find">find your order</TextLink>.
        </p>
      </Section>
      <Section title="To send something back">
        <p>
          The address is <span className="text-ink">{returnsAddress}</span>. Please read{" "}
          <TextLink href="/returns">how it works</TextLink> first.
        </p>
      </Section>
    </ServicePage>
  );
}
