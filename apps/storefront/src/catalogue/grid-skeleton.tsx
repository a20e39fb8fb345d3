/** The shape of a grid of products while it is being fetched. */
export function GridSkeleton({ count }: { count: number }) {
  return (
    <ul
      aria-hidden="true"
      className="grid grid-cols-2 gap-x-4 gap-y-10 md:grid-cols-3 md:gap-x-6 lg:grid-cols-4 lg:gap-x-8 lg:gap-y-14"
    >
      {Array.from({ length: count }, (_, index) => (
        <li key={index}>
          <div className="aspect-4/5 animate-pulse rounded-lg bg-sunken motion-reduce:animate-none" />
          <div className="mt-3.5 h-6 w-2/3 rounded-sm bg-sunken" />
          <div className="mt-1.5 h-4 w-1/2 rounded-sm bg-sunken" />
        </li>
      ))}
    </ul>
  );
}
