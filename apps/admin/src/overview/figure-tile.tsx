/** A tile whose figure may still be on its way, or may not be had. */
import { Skeleton, StatTile, type StatTileProps } from "@tillstream/ui";

interface FigureTileProps extends StatTileProps {
  query: { readonly isPending: boolean; readonly isError: boolean };
}

export function FigureTile({ query, value, unit, secondary, status, statusWord, chart, ...rest }: FigureTileProps) {
  if (query.isPending)
    return (
      <StatTile
        {...rest}
        value={<Skeleton className="my-1.5 h-5 w-16" />}
        secondary={<Skeleton className="my-1 h-3 w-24" />}
        chart={chart}
      />
    );
  if (query.isError && value === undefined)
    return <StatTile {...rest} value="?" secondary="could not be read" status="failed" statusWord="no answer" />;
  return (
    <StatTile
      {...rest}
      value={value}
      unit={unit}
      secondary={secondary}
      status={status}
      statusWord={statusWord}
      chart={chart}
    />
  );
}
