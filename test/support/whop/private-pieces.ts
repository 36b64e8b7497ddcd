import fc from 'fast-check';
import type { Json } from '../../../src/ingest/delivery.ts';

/** Recognisable by themselves, whatever field they stand in. */
export const privatePieces = [
  ...['ada.byron+x@example.com', 'zoë@exämple.org', 'a@b.co'],
  ...['+15550109999', '+49 (151) 234-56789', '(555) 010-9999', '0044 20 7946 0958'],
  ...[
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
    'ws_9d8c7b6a5f4e3d2c1b0a9f8e',
    'apik_Zz9Yy8Xx7Ww6Vv5Uu4Tt3Ss2',
    'Bearer s3cr3t-s3cr3t-s3cr3t',
  ],
];

/** Recognisable by the names of their fields alone. */
const privateFields = [
  'email',
  'userEmail',
  'phone_number',
  'accessToken',
  'content',
  'answer',
  'license_key',
  'manage_url',
];
/** Stands in those fields only. */
export const fieldSecret = 'plain words of a secret';

const piece = fc.constantFrom(...privatePieces);
const around = fc.constantFrom('', ' ', 'x: ', '<', '"', ' and ', '\n', '(');
const hidden = fc.tuple(around, piece, around).map((parts) => parts.join(''));
const scalar = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.constantFrom('Ada', 'pay_1', '29.99'));
const openField = fc.oneof(
  fc.constantFrom(
    'id',
    'name',
    'title',
    'username',
    'metadata',
    'user',
    'product',
    'plan',
    'status',
    'note',
    '__proto__',
  ),
  hidden,
);

/** Payloads with private pieces in any place: values, keys, nested, in arrays, in metadata and names. */
export const withPrivatePieces: fc.Arbitrary<Json> = fc.letrec<{ value: Json; object: Json }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, hidden, scalar, fc.array(tie('value'), { maxLength: 4 }), tie('object')),
  object: fc
    .tuple(
      fc.dictionary(openField, tie('value'), { maxKeys: 5 }),
      fc.dictionary(fc.constantFrom(...privateFields), fc.constantFrom(fieldSecret, [fieldSecret]), { maxKeys: 2 }),
    )
    .map(([open, closed]): Json => ({ ...open, ...closed })),
})).object;
