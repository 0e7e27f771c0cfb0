import type { Language } from './dates.js';
import { id, type CoreWords } from './id.js';
import type { HelpWords } from './id-help.js';
import type { ToolWords } from './id-tools.js';
import type { WorkspaceWords } from './id-workspace.js';

/** Everything the product says. The workspace's part is large and comes with the workspace's own chunk. */
export interface Words extends CoreWords {
  workspace: WorkspaceWords;
}

/** All but the workspace's words. Indonesian is always at hand; English is fetched when asked for. */
export async function loadCoreWords(language: Language): Promise<CoreWords> {
  return language === 'id' ? id : (await import('./en.js')).en;
}

/** The words of the task workspace. */
export async function loadWorkspaceWords(language: Language): Promise<WorkspaceWords> {
  return language === 'id'
    ? (await import('./id-workspace.js')).idWorkspace
    : (await import('./en-workspace.js')).enWorkspace;
}

/** The words of what helps everybody: display, keys, the palette. */
export async function loadToolWords(language: Language): Promise<ToolWords> {
  return language === 'id'
    ? (await import('./id-tools.js')).idTools
    : (await import('./en-tools.js')).enTools;
}

/** The words of Bantuan and of the first week. */
export async function loadHelpWords(language: Language): Promise<HelpWords> {
  return language === 'id' ? (await import('./id-help.js')).idHelp : (await import('./en-help.js')).enHelp;
}

/** All words of a language. */
export async function loadWords(language: Language): Promise<Words> {
  const [core, workspace] = await Promise.all([loadCoreWords(language), loadWorkspaceWords(language)]);
  return { ...core, workspace };
}
