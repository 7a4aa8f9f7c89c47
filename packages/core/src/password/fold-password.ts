/** Signs that are put for letters. `l` is read as `i`, since `1` and `!` are put for both. */
const stoodFor: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '8': 'b',
  '(': 'c',
  '¢': 'c',
  '3': 'e',
  '€': 'e',
  '6': 'g',
  '9': 'g',
  '#': 'h',
  '1': 'i',
  '!': 'i',
  '|': 'i',
  l: 'i',
  '0': 'o',
  '5': 's',
  $: 's',
  '§': 's',
  '7': 't',
  '+': 't',
  '2': 'z',
  ß: 's',
}

/** The characters of a text in lower case and without accents, as many as there were. */
export function plainCharacters(text: string): string[] {
  return Array.from(text, (character) => {
    if (character <= '\u007f') return character.toLowerCase()
    const bare = character.normalize('NFD').replace(/\p{M}/gu, '') || character
    const lower = bare.toLowerCase()
    return Array.from(lower).length === 1 ? lower : character
  })
}

/** What a text would read as with letters for the signs that stand for them; as many characters as there were. */
export function foldPassword(text: string): string[] {
  return plainCharacters(text).map((character) => stoodFor[character] ?? character)
}
