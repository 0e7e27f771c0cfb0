/** The mark: three strands that meet. */
export function Knot({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <g fill="none" stroke="var(--primary)" strokeWidth="2.6" strokeLinecap="round">
        <path d="M5 7c8 0 14 18 22 18" />
        <path d="M5 25c8 0 14-18 22-18" />
        <path d="M5 16h7.5M19.5 16H27" />
      </g>
      <circle cx="16" cy="16" r="3.6" fill="var(--accent)" />
    </svg>
  );
}
