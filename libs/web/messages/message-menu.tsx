import {
  Check,
  Copy,
  HelpCircle,
  Heart,
  MailOpen,
  Pencil,
  Pin,
  PinOff,
  Quote,
  Reply,
  ThumbsUp,
  Trash2,
  type LucideIcon,
} from 'lucide-react';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { isFresh, REACTIONS, type MessageView, type ReactionCode } from '#libs/contracts';
import { useWords } from '../app/words.js';
import { classes } from '../kit/index.js';
import { useRoomTools } from '../room/room-tools.js';
import styles from './message-actions.module.css';

export const REACTION_ICONS: Record<ReactionCode, LucideIcon> = {
  NOTED: Check,
  AGREE: ThumbsUp,
  THANKS: Heart,
  QUESTION: HelpCircle,
};

export type MessageAction =
  | 'reply'
  | 'quote'
  | 'copy-link'
  | 'unread'
  | 'pin'
  | 'unpin'
  | 'edit'
  | 'delete'
  | ReactionCode;

/** A message whose menu is open, and the button it belongs to. */
export interface OpenMenu {
  message: MessageView;
  opener: HTMLElement;
  /** When it was opened: what may be done is judged by that moment. */
  at: number;
}

/** What may be done with a message at this moment; the server asks again. */
export function actionsFor(
  message: MessageView,
  readerId: string,
  may: { write: boolean; moderate: boolean },
  now: number,
): MessageAction[] {
  if (message.deleted) return ['copy-link', 'unread'];
  if (!may.write) return ['copy-link', 'unread'];
  const own = message.author.id === readerId && isFresh(message, now);
  return [
    // What is done most comes first: under the thumb, and under the keyboard's focus.
    'reply',
    ...REACTIONS,
    'quote',
    'copy-link',
    'unread',
    message.pinned ? 'unpin' : 'pin',
    ...(own ? (['edit'] as const) : []),
    ...(own || may.moderate ? (['delete'] as const) : []),
  ];
}

/** One menu for the whole list, above everything: rows out of sight are not painted and would cut it off. */
export function MessageMenu({
  open: { message, opener },
  actions,
  onAct,
  onClose,
}: {
  open: OpenMenu;
  actions: readonly MessageAction[];
  onAct: (action: MessageAction) => void;
  onClose: () => void;
}) {
  const { message: words, talk: say } = useWords().workspace;
  const { reader } = useRoomTools();
  const panel = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ top: 0, left: 0 });

  useLayoutEffect(() => {
    const place = () => {
      const button = opener.getBoundingClientRect();
      const { offsetWidth: width = 0, offsetHeight: height = 0 } = panel.current ?? {};
      const below = button.bottom + 4;
      const top = below + height > window.innerHeight - 8 ? Math.max(8, button.top - height - 4) : below;
      setAt({ top, left: Math.max(8, Math.min(button.right - width, window.innerWidth - width - 8)) });
    };
    place();
    panel.current?.querySelector('button')?.focus({ preventScroll: true });
    // A phone's keyboard that goes away behind a menu makes the window higher.
    window.addEventListener('resize', place);
    return () => window.removeEventListener('resize', place);
  }, [opener]);
  useEffect(() => {
    const outside = (event: Event) => {
      if (event.target instanceof Node && !panel.current?.contains(event.target)) onClose();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('wheel', outside, { passive: true });
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('wheel', outside);
    };
  }, [onClose]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      onClose();
      opener.focus();
      return;
    }
    const steps: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...(panel.current?.querySelectorAll('button') ?? [])];
    const now = buttons.findIndex((button) => button === document.activeElement);
    buttons.at((now + step) % buttons.length)?.focus();
  };

  const given = new Set(
    message.reactions.filter(({ personIds }) => personIds.includes(reader.id)).map(({ code }) => code),
  );
  const plain: Record<Exclude<MessageAction, ReactionCode>, { Icon: LucideIcon; word: string }> = {
    reply: { Icon: Reply, word: words.reply },
    quote: { Icon: Quote, word: say.quote },
    'copy-link': { Icon: Copy, word: say.copyLink },
    unread: { Icon: MailOpen, word: say.markUnread },
    pin: { Icon: Pin, word: say.pin },
    unpin: { Icon: PinOff, word: say.unpin },
    edit: { Icon: Pencil, word: say.edit },
    delete: { Icon: Trash2, word: say.delete },
  };
  return createPortal(
    <div
      ref={panel}
      role="menu"
      tabIndex={-1}
      aria-label={say.menu(message.author.name)}
      className={styles.menu}
      style={at}
      onKeyDown={onKeyDown}
    >
      {actions.map((action) => {
        const reaction = REACTIONS.find((code) => code === action);
        const { Icon, word } = reaction
          ? { Icon: REACTION_ICONS[reaction], word: say.reactions[reaction] }
          : plain[action as keyof typeof plain];
        return (
          <button
            key={action}
            type="button"
            role={reaction ? 'menuitemcheckbox' : 'menuitem'}
            aria-checked={reaction ? given.has(reaction) : undefined}
            className={classes(
              styles.item,
              reaction && given.has(reaction) && styles.given,
              action === 'delete' && styles.danger,
            )}
            onClick={() => onAct(action)}
          >
            <Icon size={20} aria-hidden="true" />
            {word}
          </button>
        );
      })}
    </div>,
    document.body,
  );
}
