/** Why a form was not taken, where that is no single field's fault. */
export function Problem({ children }: { children: string | undefined }) {
  if (children === undefined) return null;
  return (
    <p role="alert" className="text-failed">
      {children}
    </p>
  );
}
