/** What an identity provider says of somebody: the values of each attribute that could be read, and no other. */
export type Attributes = ReadonlyMap<string, readonly string[]>

/** More values of one attribute than anybody has; past it, the attribute counts as one that could not be read. */
export const mostValues = 1_000

/** Characters of one value. */
export const longestValue = 1_024

/**
 * The values of one attribute, or nothing where they cannot be read for certain.
 *
 * One value that is too long, or one too many of them, makes all of them unreadable: half of a list is not the list.
 */
export function readValues(values: readonly unknown[]): readonly string[] | undefined {
  if (values.length > mostValues) return undefined
  return values.every((value) => typeof value === 'string' && value.length <= longestValue)
    ? (values as readonly string[])
    : undefined
}
