import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import { fontFamily } from './theme.ts';

const require = createRequire(import.meta.url);

const interFiles = join(dirname(require.resolve('@fontsource/inter/400.css')), 'files');
const scripts = ['latin', 'latin-ext', 'vietnamese', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext'];

/** Where no font is installed the canvas draws no text and reports no error, so a missing font file is an error here. */
export function registerFonts(): void {
  for (const script of scripts) {
    for (const weight of [400, 600]) register(join(interFiles, `inter-${script}-${weight}-normal.woff2`), 'Inter');
  }
  register(require.resolve('twemoji-colr-font/twemoji.woff2'), 'Twemoji');
}

function register(file: string, family: string): void {
  if (!GlobalFonts.registerFromPath(file, family)) throw new Error(`font not readable: ${file}`);
}

const size = 24;
const noncharacter = '\u{10FFFF}';
const surelyDrawable = /^[\u0020-\u007e\u00a0-\u017f\u0400-\u045f]*$/;
const drawsNothing = /^[\p{Default_Ignorable_Code_Point}\p{Mark}\p{Space_Separator}]$/u;

/**
 * The text without what would be drawn as empty boxes. A styled letter (𝓥, Ｖ) becomes the plain one; a run of letters
 * that no font has becomes an ellipsis, because something is missing there; symbols go without a trace.
 */
export function createDrawableText(): (text: string) => string {
  const context = createCanvas(size, size).getContext('2d');
  context.font = `${size - 8}px ${fontFamily}`;
  const emptyBox = picture(context, noncharacter);
  const isDrawable = (char: string): boolean => drawsNothing.test(char) || !picture(context, char).equals(emptyBox);
  return (text) => (surelyDrawable.test(text) ? text : withoutEmptyBoxes(text, isDrawable));
}

function picture(context: SKRSContext2D, char: string): Buffer {
  context.clearRect(0, 0, size, size);
  context.fillText(char, 4, size - 6);
  return Buffer.from(context.getImageData(0, 0, size, size).data);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const controls = /[\p{Cc}\p{Bidi_Control}]/gu;

function withoutEmptyBoxes(text: string, isDrawable: (char: string) => boolean): string {
  const allDrawable = (part: string): boolean => [...part].every(isDrawable);
  const drawn = Array.from(graphemes.segment(text.replace(controls, '')), ({ segment }) => {
    if (allDrawable(segment)) return segment;
    const plain = segment.normalize('NFKC');
    if (allDrawable(plain)) return plain;
    return /\p{Letter}/u.test(segment) ? '…' : '';
  });
  return drawn
    .join('')
    .replace(/…(\s*…)+/g, '…')
    .replace(/ {2,}/g, ' ')
    .trim();
}
