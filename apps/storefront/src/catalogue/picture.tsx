import { cn } from "@tillstream/ui";
import { pictureAddress } from "./picture-address.ts";

interface PictureProps {
  src: string;
  /** Empty where a name is shown beside it. */
  alt?: string;
  /** For the picture that the page is about: fetched first. */
  eager?: boolean;
  className?: string;
}

/** One of our drawings, 4 by 5. They are small vector files, so there is nothing to resize. */
export function Picture({ src, alt = "", eager = false, className }: PictureProps) {
  return (
    <img
      src={pictureAddress(src)}
      alt={alt}
      width={800}
      height={1000}
      loading={eager ? "eager" : "lazy"}
      fetchPriority={eager ? "high" : "auto"}
      decoding="async"
      className={cn("block aspect-4/5 h-auto w-full rounded-lg bg-sunken object-cover dark:brightness-90", className)}
    />
  );
}
