import { useCallback, useState, type ReactNode } from 'react';
import type { MessageView, ReactionCode } from '#libs/contracts';
import { useWords } from '../app/words.js';
import { announce, showToast } from '../kit/index.js';
import { copyText } from '../room/copy-text.js';
import { useRoomTools } from '../room/room-tools.js';
import type { Candidate } from '../composer/mentions.js';
import { DeleteDialog, EditDialog, EditsDialog } from './message-dialogs.js';
import { actionsFor, MessageMenu, type MessageAction, type OpenMenu } from './message-menu.js';

interface About {
  threadId: string;
  messages: readonly MessageView[];
  may: { write: boolean; moderate: boolean };
  candidates: readonly Candidate[];
  onReply: (messageId: string) => void;
  onQuote: (message: MessageView) => void;
  onUnread: (message: MessageView) => void;
}

type Asking = { what: 'edit' | 'delete' | 'edits'; messageId: string };

/** What can be done with a topic's messages: the menu, its dialogs, and reactions. `element` goes on the page once. */
export function useMessageActions({
  threadId,
  messages,
  may,
  candidates,
  onReply,
  onQuote,
  onUnread,
}: About): {
  react: (message: MessageView, code: ReactionCode) => void;
  showEdits: (message: MessageView) => void;
  openMenu: (message: MessageView, opener: HTMLElement) => void;
  element: ReactNode;
} {
  const { talk: say, page } = useWords().workspace;
  const { room, reader, taskId } = useRoomTools();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);

  const react = useCallback(
    ({ id, reactions }: MessageView, code: ReactionCode) => {
      const given = reactions.find((reaction) => reaction.code === code)?.personIds.includes(reader.id);
      room.send('message.react', { messageId: id, code, on: given !== true });
    },
    [room, reader.id],
  );
  const showEdits = useCallback(({ id }: MessageView) => setAsking({ what: 'edits', messageId: id }), []);
  const openMenu = useCallback(
    (message: MessageView, opener: HTMLElement) => setMenu({ message, opener, at: Date.now() }),
    [],
  );
  const closeMenu = useCallback(() => setMenu(null), []);

  const act = (action: MessageAction, { message, opener }: OpenMenu) => {
    setMenu(null);
    switch (action) {
      case 'NOTED':
      case 'AGREE':
      case 'THANKS':
      case 'QUESTION':
        react(message, action);
        return opener.focus();
      case 'reply':
        return onReply(message.id);
      case 'quote':
        return onQuote(message);
      case 'edit':
      case 'delete':
        return setAsking({ what: action, messageId: message.id });
      case 'pin':
      case 'unpin':
        room.send('message.pin', { messageId: message.id, on: action === 'pin' });
        return opener.focus();
      case 'unread':
        onUnread(message);
        return opener.focus();
      case 'copy-link': {
        const link = `${window.location.origin}/app/tugas/${taskId}?topik=${threadId}&pesan=${message.no}`;
        void copyText(link).then((copied) =>
          copied ? showToast({ text: say.linkCopied, ms: 4_000 }) : announce(page.copyFailed),
        );
        return opener.focus();
      }
    }
  };

  const open = menu && (messages.find(({ id }) => id === menu.message.id) ?? menu.message);
  const asked = asking && messages.find(({ id }) => id === asking.messageId);
  const close = () => setAsking(null);
  const element = (
    <>
      {menu && open && (
        <MessageMenu
          open={{ ...menu, message: open }}
          actions={actionsFor(open, reader.id, may, menu.at)}
          onAct={(action) => act(action, { ...menu, message: open })}
          onClose={closeMenu}
        />
      )}
      {asked && asking.what === 'edits' && <EditsDialog message={asked} onClose={close} />}
      {asked && asking.what === 'edit' && (
        <EditDialog message={asked} candidates={candidates} onClose={close} />
      )}
      {asked && asking.what === 'delete' && <DeleteDialog message={asked} onClose={close} />}
    </>
  );
  return { react, showEdits, openMenu, element };
}
