import { readShopPromises } from "@tillstream/commerce/settings";
import { TextLink } from "@tillstream/ui";
import type { Metadata } from "next";
import { Section, ServicePage } from "../../service/service-page.tsx";

export const metadata: Metadata = {
  title: "Returns",
  description: "How to send something back to Fernhill, and when you get your money.",
};

export default function ReturnsPage() {
  const { returnsAddress, returnDays, email } = readShopPromises();
  return (
    <ServicePage
      path="/returns"
      title="Returns"
      lead="If it is not what you hoped for, send it back. You do not have to tell us why."
    >
      <Section title="How to send it back">
        <ol className="list-decimal space-y-2 pl-5">
          <li>
            On the page of your order, choose what comes back, up to {returnDays} days after it left, and print the
            label. Every mail about the order leads there; you can also{" "}
            <TextLink href="/orders/find">find your order</TextLink>.
          </li>
          <li>Wrap it well. The box that it came in is best.</li>
          <li>
            Fix the label on the parcel and send it to{" "}
            <address className="inline not-italic text-ink">{returnsAddress}</address>
          </li>
        </ol>
      </Section>
      <Section title="When you get your money back">
        <p>
          Once the parcel has arrived. What you paid by card goes back to that card, or to your store credit if you
          prefer; what you paid with store credit goes back there. We write to you when we have sent it.
        </p>
      </Section>
      <Section title="Only a part of it">
        <p>
          You may keep some and send back the rest. We pay back what you paid for that part, to the cent, and the rest
          of the order stays as it is.
        </p>
      </Section>
      <Section title="It arrived broken, or it is the wrong thing">
        <p>
          Write to{" "}
          <a href={`mailto:${email}`} className="text-accent-text underline underline-offset-3">
            {email}
          </a>{" "}
          with the number of your order and a picture, before you send anything.
        </p>
      </Section>
      <Section title="It has not left yet">
        <p>Then nothing has to come back: cancel it on the page of your order.</p>
      </Section>
    </ServicePage>
  );
}
