import type { WorkspaceWords } from './id-workspace.js';

/** The summary at the top of a workspace. */
export const enSummary: WorkspaceWords['summary'] = {
  title: 'Summary',
  invite: 'No summary yet. Two or three sentences will do: how far, what is next, what is in the way.',
  by: (name, when) => `Written by ${name}, ${when}`,
  write: 'Write a summary',
  change: 'Change the summary',
  resume: 'Go on writing',
  former: 'Earlier versions',
  all: 'Read all',
  less: 'Show less',
  changed: (name) => `${name} updated the summary.`,
  label: 'Text of the summary',
  hint: 'For those who have just come: how far, what is next, what is in the way.',
  save: 'Save the summary',
  saving: 'Saving…',
  cancel: 'Close',
  drop: 'Discard this text',
  unchanged: 'It has not changed yet.',
  kept: 'The text stays on this device until it is saved or discarded.',
  notKept: 'The text could not be kept on this device. Copy it before closing the page.',
  left: (count) => `${count} letters left.`,
  waits: 'Your version waits for the connection and is sent by itself.',
  both: (name) =>
    `${name} has changed this summary too. Nothing was overwritten: compare the two, then choose which one to use.`,
  mine: 'Your version',
  theirs: (name) => `Version of ${name}`,
  takeMine: 'Use my version',
  takeTheirs: (name) => `Use the version of ${name}`,
};
