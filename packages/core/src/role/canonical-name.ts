/**
 * The form in which names of roles and groups are compared: NFKC, folded case, one space where there are many.
 *
 * Two names with the same form are the same name.
 */
export function canonicalName(name: string): string {
  const folded = name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC')
  return folded.replace(/\s+/gu, ' ').trim()
}

/** Greek and Cyrillic letters, digits and signs that can be read as Latin letters, in lower case. */
const lookAlikes: Readonly<Record<string, string>> = {
  // Greek
  α: 'a',
  β: 'b',
  ε: 'e',
  ζ: 'z',
  η: 'h',
  ι: 'i',
  κ: 'k',
  μ: 'm',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  γ: 'y',
  // Cyrillic
  а: 'a',
  в: 'b',
  с: 'c',
  ԁ: 'd',
  е: 'e',
  н: 'h',
  һ: 'h',
  і: 'i',
  ј: 'j',
  к: 'k',
  ӏ: 'l',
  м: 'm',
  п: 'n',
  о: 'o',
  р: 'p',
  ԛ: 'q',
  г: 'r',
  ѕ: 's',
  т: 't',
  ѵ: 'v',
  ԝ: 'w',
  х: 'x',
  у: 'y',
  ү: 'y',
  // Latin, digits and signs
  ɑ: 'a',
  ɡ: 'g',
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '5': 's',
  '|': 'l',
  '@': 'a',
  $: 's',
}

/**
 * What a name looks like: marks and invisible characters gone, look-alikes taken for the Latin letter, `i` for `l`.
 *
 * Only names that must not be imitated are compared this way, since it also takes honest names for each other.
 */
export function skeleton(name: string): string {
  const bare = canonicalName(decoded(name))
    .normalize('NFD')
    .replace(/[\p{M}\p{C}]/gu, '')
  const latin = Array.from(bare, (letter) => lookAlikes[letter] ?? letter).join('')
  return latin.replaceAll('i', 'l').replace(/[\s._-]/gu, '')
}

/** A name that some later program would decode (`%6fwner`) is taken for what it decodes to. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
