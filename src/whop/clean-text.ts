const emailPattern = /[^\s@＠<>"'(),;:]{1,64}(?:[@＠]|%40)[^\s@＠<>"'(),;:]{1,255}/gi;

/** International with + or 00, or as they are written in North America. Digits alone could as well be an id. */
const phonePatterns = [
  /\+\s?\(?\d[\d\s()./-]{5,20}\d/g,
  /(?<![\w.])00[1-9][\d\s()./-]{6,20}\d/g,
  /\(\d{3}\) ?\d{3}[ .-]?\d{4}(?!\d)/g,
  /(?<!\d)\d{3}([ .-])\d{3}\1\d{4}(?!\d)/g,
];

/** Secrets that show by themselves what they are: Whop's and others' keys, JSON Web Tokens, parts of signed links. */
const tokenPatterns = [
  /\bBearer\s+[\w.~+/=-]{16,}/gi,
  /\beyJ[\w-]{6,}\.[\w.-]+/g,
  /\b(?:apik|ws|whsec|sk|rk|pk|xox[a-z])[_-][\w-]{16,}/g,
  /(?<=[?&][\w-]*(?:token|key|signature|secret|password|auth)=)[^&\s#]+/gi,
];

/** What every text has that one of the patterns finds something in; most have nothing of it, and are looked at once only. */
const suspicious = /[@＠%+(?&\0]|\b(?:Bearer|eyJ|apik|ws|whsec|sk|rk|pk|xox)|00[1-9]|\d{3}[ .-]\d{3}/i;

/**
 * Text without e-mail addresses, phone numbers and tokens, as far as they can be recognised; and without what Postgres can't
 * store as text: NUL and halves of surrogate pairs.
 */
export function cleanText(text: string): string {
  if (!suspicious.test(text) && text.isWellFormed()) return text;
  const storable = text.replaceAll('\0', '').toWellFormed();
  const withoutTokens = tokenPatterns.reduce((clean, pattern) => clean.replace(pattern, '[token]'), storable);
  const withoutMail = withoutTokens.replace(emailPattern, '[e-mail]');
  return phonePatterns.reduce((clean, pattern) => clean.replace(pattern, '[phone]'), withoutMail);
}
