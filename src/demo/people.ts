import type { Chance } from './chance.ts';
import type { Person } from './sample.ts';

const firstNames = [
  ...[
    'Amara',
    'Anselm',
    'Beatriz',
    'Björn',
    'Callum',
    'Camille',
    'Chidi',
    'Dalia',
    'Dmitri',
    'Élodie',
    'Esra',
    'Farid',
  ],
  ...['Freya', 'Gita', 'Hana', 'Henrik', 'Ines', 'Ivo', 'Jonas', 'José', 'Kaya', 'Keiko', 'Lars', 'Leilani', 'Łukasz'],
  ...[
    'Mara',
    'Mateo',
    'Milo',
    'Nadia',
    'Niamh',
    'Noor',
    'Odette',
    'Omar',
    'Petra',
    'Quinn',
    'Rafael',
    'Roisin',
    'Ruben',
  ],
  ...['Saoirse', 'Søren', 'Tamsin', 'Tariq', 'Uma', 'Valeria', 'Wanjiru', 'Xiomara', 'Yusuf', 'Zoë', '佳奈', 'Θάλεια'],
] as const;
const lastNames = [
  ...[
    'Abara',
    'Almeida',
    'Bergström',
    'Castellanos',
    'Dubois',
    'Eklund',
    'Fairweather',
    'Grünwald',
    'Hollis',
    'Ibarra',
  ],
  ...['Jansen', 'Kowalczyk', 'Lindqvist', 'Mbeki', 'Novák', 'Okafor', 'Pereira', 'Quispe', 'Rosales', 'Sandoval'],
  ...['Takeda', 'Umarov', 'Villanueva', 'Whitlock', 'Yıldız', 'Zamora'],
] as const;
const flourishes = ['📷', '🌅', '✨', '🎞️', '🌊'] as const;

export function samplePerson(number: number, chance: Chance): Person {
  const first = pick(firstNames, chance);
  const name = `${first} ${pick(lastNames, chance)}`;
  const currency = chance.weighted([
    ['usd', 78],
    ['eur', 13],
    ['mxn', 9],
  ] as const);
  return {
    userId: chance.id('user'),
    memberId: chance.id('mber'),
    username: `${plainLetters(first)}_${number.toString(36).padStart(2, '0')}`,
    name: chance.happens(0.06) ? `${name} ${pick(flourishes, chance)}` : name,
    currency,
    paysBy: currency === 'eur' && chance.happens(0.3) ? 'sepa_debit' : 'card',
    cardBrand: chance.pick(['visa', 'visa', 'mastercard', 'amex'] as const),
    cardLast4: String(chance.whole(1000, 9999)),
    hasRate: currency === 'usd' || chance.happens(0.92),
  };
}

function pick(names: readonly [string, ...string[]], chance: Chance): string {
  return chance.pick(names);
}

function plainLetters(name: string): string {
  const letters = name.normalize('NFD').replaceAll(/[^a-zA-Z]/g, '');
  return letters === '' ? 'member' : letters.toLowerCase();
}
