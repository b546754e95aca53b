// Names in the letters of e-mail addresses: a-z and 0-9. Latin letters lose their marks; Cyrillic, Greek, Georgian and
// Hangul are transliterated; names in other scripts have none (the empty text).

const kLetters = {
  ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', æ: 'ae', ø: 'oe', å: 'aa', œ: 'oe', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i', ħ: 'h',
  // Cyrillic
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n',
  о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y',
  ь: '', э: 'e', ю: 'yu', я: 'ya', і: 'i', ї: 'yi', є: 'ye', ґ: 'g', ѓ: 'gj', ќ: 'kj', љ: 'lj', њ: 'nj', ј: 'j', ѕ: 'dz',
  џ: 'dzh', ђ: 'dj', ћ: 'c',
  // Greek
  α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n', ξ: 'x', ο: 'o',
  π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o',
  // Georgian
  ა: 'a', ბ: 'b', გ: 'g', დ: 'd', ე: 'e', ვ: 'v', ზ: 'z', თ: 't', ი: 'i', კ: 'k', ლ: 'l', მ: 'm', ნ: 'n', ო: 'o', პ: 'p',
  ჟ: 'zh', რ: 'r', ს: 's', ტ: 't', უ: 'u', ფ: 'p', ქ: 'k', ღ: 'gh', ყ: 'q', შ: 'sh', ჩ: 'ch', ც: 'ts', ძ: 'dz', წ: 'ts',
  ჭ: 'ch', ხ: 'kh', ჯ: 'j', ჰ: 'h',
};

// Revised Romanization of Korean, letter by letter.
const kInitials = ['g', 'kk', 'n', 'd', 'tt', 'r', 'm', 'b', 'pp', 's', 'ss', '', 'j', 'jj', 'ch', 'k', 't', 'p', 'h'];
const kVowels = ['a', 'ae', 'ya', 'yae', 'eo', 'e', 'yeo', 'ye', 'o', 'wa', 'wae', 'oe', 'yo', 'u', 'wo', 'we', 'wi', 'yu',
  'eu', 'ui', 'i'];
const kFinals = ['', 'k', 'k', 'ks', 'n', 'nj', 'nh', 't', 'l', 'lk', 'lm', 'lb', 'ls', 'lt', 'lp', 'lh', 'm', 'p', 'ps', 't',
  't', 'ng', 't', 't', 'k', 't', 'p', 't'];

function letterOf(character) {
  if (/[a-z0-9]/.test(character)) return character;
  if (character in kLetters) return kLetters[character];
  const code = character.codePointAt(0) - 0xac00;
  if (code >= 0 && code < 11172) {
    return kInitials[Math.floor(code / 588)] + kVowels[Math.floor((code % 588) / 28)] + kFinals[code % 28];
  }
  const plain = character.normalize('NFD').replace(/\p{M}/gu, '');
  if (plain !== character && plain !== '') return [...plain].map(letterOf).join('');
  return /[\p{P}\p{Z}\p{M}\p{Sk}]/u.test(character) ? '' : undefined;
}

export function latinOf(name) {
  const letters = [...name.normalize('NFC').toLowerCase()].map(letterOf);
  return letters.includes(undefined) ? '' : letters.join('');
}
