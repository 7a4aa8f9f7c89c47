/** Keys that lie side by side, and the alphabet; each is read in both directions. */
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  // English, German and French keyboards, row by row
  'qwertyuiop[]',
  'asdfghjkl;',
  'zxcvbnm,./',
  '!@#$%^&*()_+',
  'qwertzuiopü+',
  'asdfghjklöä#',
  'yxcvbnm,.-',
  '!"§$%&/()=?',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn,;:!',
  // and column by column
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
  '1qay2wsx3edc4rfv5tgb6zhn7ujm',
  'qazwsxedcrfvtgbyhnujm',
  'q1w2e3r4t5y6u7i8o9p0',
  '1q2w3e4r5t6y7u8i9o0p',
  // the keypad
  '741852963',
  '789456123',
] as const

const bothWays = rows.flatMap((row) => [row, Array.from(row).reverse().join('')])

/** Shorter ones are in every honest password. */
const shortestRun = 3

/** How many characters from `start` on follow each other on a keyboard or in the alphabet; 0 where fewer than three. */
export function runAt(characters: readonly string[], start: number): number {
  const longest = Math.max(...bothWays.map((row) => sharedLength(row, characters, start)))
  return longest >= shortestRun ? longest : 0
}

/** The longest stretch from `start` on that stands in this row. */
function sharedLength(row: string, characters: readonly string[], start: number): number {
  let stretch = ''
  for (let at = start; at < characters.length; at += 1) {
    stretch += characters[at]
    if (!row.includes(stretch)) return at - start
  }
  return characters.length - start
}
