/** Why a start cannot go on, in one line for the person at the terminal. Print the message, not the stack. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}
