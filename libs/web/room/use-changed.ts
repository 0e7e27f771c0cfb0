import { useEffect, useRef, useState } from 'react';

const TINT_MS = 2_000;

/** True for two seconds after a value changed; never for the first value. */
export function useChanged(value: string): boolean {
  const before = useRef(value);
  const [changed, setChanged] = useState(false);
  useEffect(() => {
    if (before.current === value) return;
    before.current = value;
    setChanged(true);
    const timer = setTimeout(() => setChanged(false), TINT_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return changed;
}
