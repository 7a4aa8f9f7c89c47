/**
 * Whether no string in a value carries what PostgreSQL cannot store (NUL) or what is no text at all (half of a
 * surrogate pair), and nothing is nested deeper than any request of ours.
 */
export function isWellFormed(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (typeof value !== 'object' || value === null) return true
  if (depth > 32) return false
  if (Array.isArray(value)) return value.every((item) => isWellFormed(item, depth + 1))
  return Object.entries(value).every(([name, item]) => isWellFormed(name) && isWellFormed(item, depth + 1))
}
