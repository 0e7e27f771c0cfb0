import { Copy, ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/words.js';
import { announce, Button, buttonClass } from '../kit/index.js';
import { copyText } from '../room/copy-text.js';
import styles from '../room/panels.module.css';

/** The citizens' address of the task, to look at and to pass on. */
export function PublicLink({ path }: { path: string }) {
  const { public: say } = useWords().workspace;
  const [copied, setCopied] = useState<boolean | null>(null);
  const address = new URL(path, location.origin).href;
  const copy = async () => {
    const done = await copyText(address);
    setCopied(done);
    announce(done ? say.linkCopied : say.linkNotCopied);
  };
  return (
    <div className={styles.address}>
      <p dir="ltr">{address}</p>
      <div className={styles.actions}>
        <a href={path} target="_blank" rel="noopener" className={buttonClass('secondary', true)}>
          <ExternalLink size={18} aria-hidden="true" />
          {say.page}
        </a>
        <Button small onClick={() => void copy()}>
          <Copy size={18} aria-hidden="true" />
          {say.copyLink}
        </Button>
        {copied !== null && (
          <span className={styles.muted}>{copied ? say.linkCopied : say.linkNotCopied}</span>
        )}
      </div>
    </div>
  );
}
