import { TextLink } from "@tillstream/ui";
import type { Metadata } from "next";
import { Section, ServicePage } from "../../service/service-page.tsx";

export const metadata: Metadata = {
  title: "About us",
  description: "What Fernhill sells, why it is drawn instead of photographed, and what happens to a payment.",
};

export default function AboutPage() {
  return (
    <ServicePage
      path="/about"
      title="About us"
      lead="Fernhill sells things for the home that are made slowly and made to be used every day."
    >
      <Section title="A shelf, not a warehouse">
        <p>
          We keep what we would give to a friend: glazes that forgive, lamps that hide their bulb, cloth that gets
          better with washing. What is on the shelf is what you see here, and when it is gone we say so.
        </p>
      </Section>
      <Section title="What we tell you">
        <p>
          Sizes, materials and care stand beside each thing. The stock is that of this moment. The price that you see is
          the one that is charged; if it changes while something is in your cart, we ask you first.
        </p>
      </Section>
      <Section title="Why there are drawings">
        <p>
          Everything is drawn by the same hand, in its own colours and in one light, so that two bowls can be compared.
          A drawing shows the shape and the colour; the details say the rest.
        </p>
      </Section>
      <Section title="A shop for trying things out">
        <p>
          Fernhill shows what <TextLink href="/">this shop</TextLink> can do. Unless its keeper has set up a payment
          provider, payments are simulated: nothing is charged and nothing is sent.
        </p>
      </Section>
    </ServicePage>
  );
}
