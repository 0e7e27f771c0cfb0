import type { FileLink, LinkUse } from '#libs/contracts';
import { api } from '../app/api.js';

/** An address for a file that works for a few minutes. Rejects with AppError. */
export async function linkTo(taskId: string, fileId: string, use: LinkUse): Promise<string> {
  const { url } = await api<FileLink>('POST', `/api/workspaces/${taskId}/files/${fileId}/link`, { use });
  return url;
}

/** Has the browser save what an address leads to. */
export function saveAs(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}

/** Opens an address in a tab of its own, which has no way back to this one. */
export async function openBeside(url: Promise<string>): Promise<void> {
  // Opened at once, while the press still counts: browsers block tabs that come later.
  const tab = window.open('about:blank', '_blank');
  if (tab) tab.opener = null;
  try {
    const address = await url;
    if (tab) tab.location.replace(address);
  } catch (error) {
    tab?.close();
    throw error;
  }
}
