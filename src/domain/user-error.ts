/** A person's mistake: its message says what to do and is shown as it is. Everything else that is thrown is our fault. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}

/** What was asked for isn't there; the message names what is. In a terminal this is a wrong call rather than a failure. */
export class WrongChoice extends UserError {
  override readonly name = 'WrongChoice';
}

/** What prevents it passes by itself, and soon. */
export class Passing extends UserError {
  override readonly name = 'Passing';
}
