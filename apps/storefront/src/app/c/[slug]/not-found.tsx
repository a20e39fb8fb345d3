import { Missing } from "../../../frame/missing.tsx";

export default function CategoryNotFound() {
  return (
    <Missing title="We do not have this shelf">
      We do not have this category. These are what people look at most.
    </Missing>
  );
}
