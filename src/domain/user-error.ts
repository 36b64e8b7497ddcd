/** A person's mistake: its message says what to do and is shown as it is. Everything else that is thrown is our fault. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
