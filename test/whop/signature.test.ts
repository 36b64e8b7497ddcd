import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type SignatureHeaders, verifySignature } from '../../src/whop/signature.ts';
import { type Oracle, standardWebhooks, whopApi, whopSdk } from '../support/whop/oracles.ts';
import { type Signed, signLegacy, signStandard, webhookSecret } from '../support/whop/sign.ts';
import { noon } from '../support/whop/sketch.ts';

const body = JSON.stringify({ api_version: 'v5', action: 'payment.succeeded', data: { id: 'pay_1', name: 'Zoë 🌊' } });
const schemes = { standard: signStandard, legacy: signLegacy };
const oracles: Record<keyof typeof schemes, Oracle[]> = { standard: [standardWebhooks, whopSdk], legacy: [whopApi] };

function accepts(
  { body, headers }: { body: string; headers: SignatureHeaders },
  secrets = [webhookSecret],
  now = noon,
) {
  return verifySignature(Buffer.from(body), headers, { secrets, now }).verified;
}

/** Replaces the one value of a header. */
function withHeader(signed: Signed, name: string, change: (value: string) => string): Signed {
  return { ...signed, headers: { ...signed.headers, [name]: change(signed.headers[name] ?? '') } };
}

/** Replaces the signature itself, in either scheme. */
function withSignature(signed: Signed, change: (signature: string) => string): Signed {
  const legacy = 'x-whop-signature' in signed.headers;
  return withHeader(signed, legacy ? 'x-whop-signature' : 'webhook-signature', (value) =>
    value.replace(/v1[,=]\S+/, (versioned) => versioned.slice(0, 3) + change(versioned.slice(3))),
  );
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: noon });
});
afterEach(() => {
  vi.useRealTimers();
});

describe.each(['standard', 'legacy'] as const)('a %s signature', (scheme) => {
  const sign = schemes[scheme];
  const signed = () => sign(body, { at: noon });
  const cases: Record<string, () => { signed: Signed; verified: boolean }> = {
    'as it was sent': () => ({ signed: signed(), verified: true }),
    'sent 299 s ago': () => ({ signed: sign(body, { at: noon - 299_000 }), verified: true }),
    'sent 300 s ago': () => ({ signed: sign(body, { at: noon - 300_000 }), verified: true }),
    'sent 301 s ago': () => ({ signed: sign(body, { at: noon - 301_000 }), verified: false }),
    'sent in 299 s': () => ({ signed: sign(body, { at: noon + 299_000 }), verified: true }),
    'sent in 301 s': () => ({ signed: sign(body, { at: noon + 301_000 }), verified: false }),
    'of another body': () => ({ signed: { ...signed(), body: body.replace('pay_1', 'pay_2') }, verified: false }),
    'by another secret': () => ({ signed: sign(body, { at: noon, secret: 'ws_other' }), verified: false }),
    'by the secret without its prefix': () => ({
      signed: sign(body, { at: noon, secret: webhookSecret.slice('ws_'.length) }),
      verified: false,
    }),
    'without its headers': () => ({ signed: { body, headers: {} }, verified: false }),
    'that is empty': () => ({ signed: withSignature(signed(), () => ''), verified: false }),
    'that is cut': () => ({ signed: withSignature(signed(), (text) => text.slice(0, -4)), verified: false }),
    'with another version': () => ({
      signed: withHeader(signed(), scheme === 'legacy' ? 'x-whop-signature' : 'webhook-signature', (value) =>
        value.replace('v1', 'v2'),
      ),
      verified: false,
    }),
    'in capitals': () => ({ signed: withSignature(signed(), (text) => text.toUpperCase()), verified: false }),
    'with garbage between': () => ({
      signed: withSignature(signed(), (text) => `${text.slice(0, 5)}!!${text.slice(5)}`),
      verified: false,
    }),
  };

  it.each(Object.keys(cases))('%s is judged as Whop’s libraries judge it', async (name) => {
    const { signed, verified } = cases[name]?.() ?? { signed: { body, headers: {} }, verified: true };
    expect(accepts(signed)).toBe(verified);
    for (const oracle of oracles[scheme])
      expect(await oracle(signed.body, signed.headers, webhookSecret)).toBe(verified);
  });

  it('is accepted by any of the secrets that are valid at once', () => {
    const rotated = sign(body, { at: noon, secret: 'ws_new' });
    expect(accepts(rotated, [webhookSecret, 'ws_new'])).toBe(true);
    expect(accepts(rotated, ['ws_new', webhookSecret])).toBe(true);
    expect(accepts(rotated, [webhookSecret])).toBe(false);
    expect(accepts(rotated, [])).toBe(false);
  });

  it('is never accepted after any one byte of the body has changed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const bytes = Buffer.from(body);
        const index = at % bytes.length;
        bytes[index] = ((bytes[index] ?? 0) + by) % 256;
        const { headers } = signed();
        expect(verifySignature(bytes, headers, { secrets: [webhookSecret], now: noon }).verified).toBe(false);
      }),
    );
  });

  it('is over the bytes, also where they are no text', () => {
    const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d]);
    const signed = signBytes(scheme, bytes);
    const verify = (received: Buffer) => verifySignature(received, signed, { secrets: [webhookSecret], now: noon });
    expect(verify(bytes).verified).toBe(true);
    expect(verify(Buffer.from(bytes.toString('utf8'))).verified).toBe(false);
  });
});

describe('the standard headers', () => {
  const signed = signStandard(body, { at: noon, id: 'msg_a' });
  const signature = signed.headers['webhook-signature'] ?? '';
  const list = (value: string) => withHeader(signed, 'webhook-signature', () => value);

  it.each([
    ['the second of two', `v1,${Buffer.alloc(32).toString('base64')} ${signature}`, true],
    ['after one of an unknown version', `v1a,abc ${signature}`, true],
    ['twice, as Node.js joins repeated headers', `${signature}, ${signature}`, true],
    ['with a part appended', `${signature},more`, true],
    ['in the alphabet for URLs', signature.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''), false],
    ['without its version', signature.slice('v1,'.length), false],
    ['only of an unknown version', signature.replace('v1', 'v1a'), false],
  ])('a right signature %s', async (_case, value, verified) => {
    expect(accepts(list(value))).toBe(verified);
    for (const oracle of oracles.standard) {
      expect(await oracle(body, list(value).headers, webhookSecret)).toBe(verified);
    }
  });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('%s is needed, once, and is signed', (name) => {
    const { [name]: value = '', ...others } = signed.headers;
    expect(accepts({ body, headers: others })).toBe(false);
    expect(accepts({ body, headers: { ...others, [name]: '' } })).toBe(false);
    expect(accepts({ body, headers: { ...others, [name]: [value, value] } })).toBe(false);
    expect(accepts({ body, headers: { ...others, [name]: `${value}0` } })).toBe(false);
  });

  it('give the delivery its id and its time', () => {
    const verified = verifySignature(Buffer.from(body), signed.headers, { secrets: [webhookSecret], now: noon + 1500 });
    expect(verified).toEqual({ verified: true, eventId: 'msg_a', sentAt: noon });
  });

  it('are judged by whole seconds', async () => {
    const old = signStandard(body, { at: noon - 300_000 });
    for (const [now, verified] of [
      [noon + 999, true],
      [noon + 1000, false],
    ] as const) {
      vi.setSystemTime(now);
      expect(accepts(old, [webhookSecret], now)).toBe(verified);
      expect(await standardWebhooks(body, old.headers, webhookSecret)).toBe(verified);
    }
  });

  it('refuse an id that no index could hold', () => {
    const long = (length: number) => signStandard(body, { at: noon, id: 'm'.repeat(length) });
    expect(accepts(long(255))).toBe(true);
    expect(accepts(long(256))).toBe(false);
  });

  it('refuse a time that isn’t written as whole seconds, where the libraries take its first digits', async () => {
    const odd = withHeader(signed, 'webhook-timestamp', (seconds) => `${seconds}.5`);
    expect(accepts(odd)).toBe(false);
    expect(await standardWebhooks(body, odd.headers, webhookSecret)).toBe(true);
  });
});

describe('the legacy header', () => {
  it('also proves a v2 body, which @whop/api refuses after its signature', async () => {
    const v2 = signLegacy(JSON.stringify({ action: 'payment_succeeded', data: {} }), { at: noon });
    expect(accepts(v2)).toBe(true);
    expect(await whopApi(v2.body, v2.headers, webhookSecret)).toBe(false);
  });

  it('gives a retry of the same bytes the same id, and other bytes another', () => {
    const idOf = ({ body, headers }: Signed) => {
      const verified = verifySignature(Buffer.from(body), headers, { secrets: [webhookSecret], now: noon });
      return verified.verified ? verified.eventId : null;
    };
    const id = idOf(signLegacy(body, { at: noon }));
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(idOf(signLegacy(body, { at: noon }))).toBe(id);
    expect(idOf(signLegacy(`${body} `, { at: noon }))).not.toBe(id);
  });

  it.each(['', ' ', 'x'])('is refused with %j appended', (tail) => {
    const signed = signLegacy(body, { at: noon });
    expect(accepts(withHeader(signed, 'x-whop-signature', (value) => value + tail))).toBe(tail === '');
  });

  it('is no way around a standard signature that is wrong', () => {
    const { headers } = signLegacy(body, { at: noon });
    const wrong = signStandard(body, { at: noon, secret: 'ws_other' });
    expect(accepts({ body, headers: { ...headers, ...wrong.headers } })).toBe(false);
  });
});

describe('verifySignature', () => {
  it.each(['standard', 'legacy'] as const)('never takes an empty secret for one (%s)', (scheme) => {
    const forged = scheme === 'standard' ? forgeWithEmptyKey('msg_a') : signLegacy(body, { at: noon, secret: '' });
    expect(accepts(forged, [''])).toBe(false);
    expect(accepts(forged, ['', webhookSecret])).toBe(false);
  });

  it('neither throws nor accepts whatever the headers say', () => {
    const part = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('v1,', 'v1=', 't=', ' ', ','));
    const near = fc.constantFrom(
      ...Object.values({ ...signStandard('', { at: noon }).headers, ...signLegacy('', { at: noon }).headers }),
    );
    const value = fc.oneof(
      part,
      near,
      fc.tuple(near, part).map((two) => two.join('')),
      fc.array(part),
      fc.constant(undefined),
    );
    const name = fc.constantFrom('webhook-id', 'webhook-timestamp', 'webhook-signature', 'x-whop-signature');
    fc.assert(
      fc.property(fc.dictionary(name, value), fc.string(), (headers, text) => {
        expect(accepts({ body: `${text}!`, headers })).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

/** The libraries sign text alone. */
function signBytes(scheme: keyof typeof schemes, bytes: Buffer): Record<string, string> {
  const seconds = String(noon / 1000);
  const mac = (prefix: string) => createHmac('sha256', webhookSecret).update(prefix).update(bytes);
  if (scheme === 'legacy') return { 'x-whop-signature': `t=${seconds},v1=${mac(`${seconds}.`).digest('hex')}` };
  const signature = `v1,${mac(`msg_a.${seconds}.`).digest('base64')}`;
  return { 'webhook-id': 'msg_a', 'webhook-timestamp': seconds, 'webhook-signature': signature };
}

/** No library signs with an empty key; an attacker does. */
function forgeWithEmptyKey(id: string): Signed {
  const timestamp = String(noon / 1000);
  const signature = createHmac('sha256', '').update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    body,
    headers: { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` },
  };
}
