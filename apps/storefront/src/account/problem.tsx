/** Why a form was refused, when no single field is at fault. */
export function Problem({ children }: { children: string | undefined }) {
  if (children === undefined) return null;
  return (
    <p role="alert" className="text-failed">
      {children}
    </p>
  );
}
