import { useEffect, useRef, useState } from 'react';

/** Longer than a press: what is pressed beside the field must not move away under the finger. */
const REST_MS = 400;

/** Whether the focus is in a form, or was a moment ago. */
export function useWriting(): { writing: boolean; onFocus: () => void; onBlur: () => void } {
  const [writing, setWriting] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    writing,
    onFocus: () => {
      clearTimeout(timer.current);
      setWriting(true);
    },
    onBlur: () => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setWriting(false), REST_MS);
    },
  };
}
