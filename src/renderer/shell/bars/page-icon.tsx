/** One outline icon, drawn in the colour of the text around it. */
export function PageIcon({ path, size = 18 }: { readonly path: string; readonly size?: number }) {
  return (
    <svg className="outline-icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
