type Line = { open: number; turns: number; shown: number; edits: Promise<unknown> };

export type Show = (edit: () => Promise<unknown>) => Promise<void>;

/**
 * Keeps two presses under one message apart: their edits go out one after the other, and the answer to an older press
 * that took longer is dropped rather than put in place of a newer one.
 */
export class EditOrder {
  readonly #lines = new Map<string, Line>();

  async press(messageId: string, answer: (show: Show) => Promise<void>): Promise<void> {
    const line = this.#lines.get(messageId) ?? { open: 0, turns: 0, shown: 0, edits: Promise.resolve() };
    this.#lines.set(messageId, line);
    line.open += 1;
    line.turns += 1;
    const turn = line.turns;
    try {
      await answer((edit) => showInTurn(line, turn, edit));
    } finally {
      line.open -= 1;
      if (line.open === 0) this.#lines.delete(messageId);
    }
  }
}

function showInTurn(line: Line, turn: number, edit: () => Promise<unknown>): Promise<void> {
  const shown = line.edits.then(async () => {
    if (turn < line.shown) return;
    line.shown = turn;
    await edit();
  });
  // A refused edit is its own press's trouble; the next one goes out all the same.
  line.edits = shown.catch(() => undefined);
  return shown;
}
