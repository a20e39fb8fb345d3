import { notFound } from "next/navigation";
import { addressLines } from "../../../../../order/address-lines.ts";
import { openOrder, orderMetadata, type OrderPageProps } from "../../../../../order/open-order.tsx";
import { ReturnLabel } from "../../../../../order/return-label.tsx";
import { server } from "../../../../../server/services.ts";

export const metadata = orderMetadata("Return label");

export default async function ReturnLabelPage(props: OrderPageProps<{ id: string; returnId: string }>) {
  const { returnId } = await props.params;
  return openOrder(props, ({ access, order, aftercare }) => {
    const item = aftercare.returns.find((one) => one.returnId === returnId);
    if (item === undefined) return notFound();
    const { returnsAddress } = server().services.shop;
    const sender = addressLines(aftercare.address);
    return <ReturnLabel access={access} order={order} item={item} returnsAddress={returnsAddress} sender={sender} />;
  });
}
