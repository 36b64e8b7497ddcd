import { Buffer } from 'node:buffer';

/** Discord's limit for a nonce is 25 characters: a UUID, in as few as it takes. */
export function nonceOf(uuid: string): string {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');
}
