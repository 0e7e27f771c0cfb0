import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { Button, type ButtonProps } from './button.js';
import styles from './menu.module.css';

const EDGE_PX = 8;

/** A button that opens a small panel below itself. Escape, a press outside or leaving it by Tab closes it. */
export function Menu({
  label,
  button,
  look = 'quiet',
  small = false,
  children,
}: {
  label: string;
  button: ReactNode;
  look?: ButtonProps['look'];
  small?: boolean;
  children: (close: () => void) => ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const id = useId();

  // It hangs at the right of its button; where that leaves the screen it is moved back.
  useLayoutEffect(() => {
    if (!open || !panel.current) return;
    const { left } = panel.current.getBoundingClientRect();
    if (left < EDGE_PX) panel.current.style.transform = `translateX(${EDGE_PX - left}px)`;
  }, [open]);

  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      root.current?.querySelector('button')?.focus();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    document.addEventListener('keydown', escape);
    const opener = root.current?.querySelector('button');
    return () => {
      // What was pressed has gone with the panel: what opens from it gives the focus back to the button.
      if (document.activeElement === document.body) opener?.focus();
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
      document.removeEventListener('keydown', escape);
    };
  }, [open]);

  return (
    <div className={styles.root} ref={root}>
      <Button
        look={look}
        small={small}
        aria-label={label}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {button}
      </Button>
      {open && (
        <div ref={panel} id={id} className={styles.panel}>
          {children(() => setOpen(false))}
        </div>
      )}
    </div>
  );
}
