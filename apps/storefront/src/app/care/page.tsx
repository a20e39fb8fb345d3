import type { Metadata } from "next";
import { ALL_CARES } from "../../product/care.ts";
import { Section, ServicePage } from "../../service/service-page.tsx";

export const metadata: Metadata = {
  title: "Care",
  description: "How to look after stoneware, linen, wool, wood, iron and everything else that Fernhill sells.",
};

export default function CarePage() {
  return (
    <ServicePage
      path="/care"
      title="Care"
      lead="Most of what we sell gets better with use. This is what it asks for in return; where a thing's own page says something else, that counts."
    >
      {ALL_CARES.map(({ id, title, text }) => (
        <Section key={id} id={id} title={title}>
          <p>{text}</p>
        </Section>
      ))}
    </ServicePage>
  );
}
