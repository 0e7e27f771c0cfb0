import type { HelpWords } from './id-help.js';

export const enHelp: HelpWords = {
  title: 'Help',
  lead: 'Short answers for everyday work. Press a question to read its steps.',
  search: 'Search in Help',
  searchHint: 'For example: write, photo, signal',
  found: (count) => (count === 0 ? 'Nothing fits' : count === 1 ? '1 answer' : `${count} answers`),
  none: (query) => `No answer for “${query}” yet. Try one word only.`,
  showAll: 'Show all answers',
  more: 'Not answered? Ask the admin of your unit or Diskominfo. Name the screen and what you pressed.',
  answers: {
    masuk: {
      question: 'How do I sign in?',
      steps: [
        'Open the address of Simpul and write your NIP (18 digits) or office e-mail.',
        'Write your password. Press the eye to see what you write.',
        'Press Sign in. If it does not fit, the screen says how many tries are left.',
        'Forgotten? Ask the admin of your unit or Diskominfo for a new password.',
      ],
      place: 'To the home page',
    },
    kejar: {
      question: 'How do I catch up with what I missed?',
      steps: [
        'On the home page look at what has changed since your last visit.',
        'Press the task. Decisions, questions and new messages are sorted by topic.',
        'Press a line to go to its place, or mark it as seen.',
      ],
      place: 'Open Catch up',
    },
    baca: {
      question: 'How do I mark a message to read again?',
      steps: [
        'At the message press the three dots (⋮).',
        'Choose Mark as unread. Its topic counts as unread again on all devices.',
        'To be reminded in time, press Later in the inbox and choose when.',
      ],
      place: 'Open the inbox',
    },
    pesan: {
      question: 'How do I write a message?',
      steps: [
        'Open a task, its Discussion, and choose the topic.',
        'Write in the box at the bottom. Enter makes a new line.',
        'Press Send. What is not sent yet stays on this device.',
        'To answer one message, press ⋮ at it and then Reply.',
      ],
      place: 'Choose a task',
    },
    sebut: {
      question: 'How do I mention somebody so that they are told?',
      steps: [
        'Within a message type @ and some letters of the name.',
        'Choose a person, a unit or the whole team from the list.',
        'Once sent, the message is in their inbox.',
      ],
      place: 'Choose a task',
    },
    status: {
      question: 'How do I change the status of a task?',
      steps: [
        'Open the task and press Change status at the top.',
        'Choose the new status. Only those you may choose are shown.',
        'Write the reason where asked. All members see the change at once.',
        'No such button? The team lead or the steering official changes it.',
      ],
      place: 'Choose a task',
    },
    berkas: {
      question: 'How do I upload a file or a photo?',
      steps: [
        'Open the task, then Files.',
        'Press Upload files, or Take a photo on a phone. Several at once are fine.',
        'Wait until it is checked. When the signal is lost, the upload goes on by itself later.',
        'Where a photo was taken is removed from it.',
      ],
      place: 'Choose a task',
    },
    baru: {
      question: 'How do I make a new task?',
      steps: [
        'Open Tasks and press Create task.',
        'Answer four questions: the result, who leads, which units take part, and when it is done.',
        'Press Save as draft. The head of the coordinating unit proposes it.',
      ],
      place: 'Create a task',
    },
    sinyal: {
      question: 'What if the signal is lost?',
      steps: [
        'Just go on. Messages and changes are kept on this device and sent by themselves later.',
        'What waits says so. What failed says “Not sent”, with a button to try again.',
        'Do not clear the browser’s data while something waits.',
      ],
      place: 'See my tasks',
    },
    tampilan: {
      question: 'Letters too small, or the screen too bright?',
      steps: [
        'Press the person at the top right, then Display.',
        'Choose the text size and the theme. High contrast is easiest to read in the sun.',
        'It takes effect at once, on this device only.',
      ],
      place: 'To the home page',
    },
  },
  week: {
    title: 'First week in Simpul',
    progress: (done, all) => `${done} of ${all} tried`,
    steps: {
      task: 'Open a task',
      message: 'Write a message',
      mention: 'Mention a colleague with @',
      unread: 'Mark a message as unread',
      display: 'Look at the display choices',
    },
    done: 'done',
    how: 'How',
    private: 'Known to this device only; nobody is told.',
    all: 'You have tried everything. Good work.',
    close: 'Do not show again',
  },
};
