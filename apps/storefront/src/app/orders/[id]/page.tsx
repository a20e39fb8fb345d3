import { expectedArrival } from "@tillstream/commerce";
import { readDispatchRule } from "@tillstream/commerce/settings";
import { shopMeasure } from "@tillstream/ui";
import { openOrder, orderMetadata, type OrderPageProps } from "../../../order/open-order.tsx";
import { WholeOrder } from "../../../order/whole-order.tsx";
import { server } from "../../../server/services.ts";

export const metadata = orderMetadata("Your order");

export default function YourOrderPage(props: OrderPageProps) {
  return openOrder(props, ({ access, order, aftercare }) => (
    <div className={`${shopMeasure} pt-10 md:pt-14`}>
      <WholeOrder
        access={access}
        first={order}
        firstAftercare={aftercare}
        expected={expectedArrival(order, readDispatchRule())}
        returnsAddress={server().services.shop.returnsAddress}
      />
    </div>
  ));
}
