import { AtSign, Bold, Code, Link, List, TextQuote, type LucideIcon } from 'lucide-react';
import { useWords } from '../app/words.js';
import { Button } from '../kit/index.js';
import type { Tool } from './text-tools.js';
import styles from './composer.module.css';

const TOOLS: { tool: Tool | 'mention'; Icon: LucideIcon }[] = [
  { tool: 'bold', Icon: Bold },
  { tool: 'list', Icon: List },
  { tool: 'link', Icon: Link },
  { tool: 'quote', Icon: TextQuote },
  { tool: 'code', Icon: Code },
  { tool: 'mention', Icon: AtSign },
];

/** The marks of a text that calls on nobody. */
export const PLAIN_TOOLS = TOOLS.filter(({ tool }) => tool !== 'mention');

/** Marks for those who do not know them by heart. The field keeps the focus, and with it the phone its keyboard. */
export function TextToolbar({
  onTool,
  tools = TOOLS,
}: {
  onTool: (tool: Tool | 'mention') => void;
  tools?: typeof TOOLS;
}) {
  const { talk: say } = useWords().workspace;
  return (
    <div role="group" aria-label={say.toolbar} className={styles.tools}>
      {tools.map(({ tool, Icon }) => (
        <Button
          key={tool}
          look="quiet"
          square
          aria-label={say.tools[tool]}
          title={say.tools[tool]}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTool(tool)}
        >
          <Icon size={20} aria-hidden="true" />
        </Button>
      ))}
    </div>
  );
}
