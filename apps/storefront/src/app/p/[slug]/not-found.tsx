import { Missing } from "../../../frame/missing.tsx";

export default function ProductNotFound() {
  return (
    <Missing title="We do not have this">
      It is not on our shelves any more, or the address is mistyped. Perhaps one of these instead?
    </Missing>
  );
}
