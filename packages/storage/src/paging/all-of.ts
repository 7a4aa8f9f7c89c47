import { sql, type RawBuilder } from 'kysely'

/** Conditions that all have to hold; what is no condition is left out, and without any everything is meant. */
export function allOf(
  ...conditions: readonly (RawBuilder<unknown> | undefined | false | '')[]
): RawBuilder<boolean> {
  const given = conditions.filter(
    (condition) => condition !== undefined && condition !== false && condition !== '',
  )
  if (given.length === 0) return sql<boolean>`true`
  return sql<boolean>`${sql.join(
    given.map((condition) => sql`(${condition})`),
    sql` and `,
  )}`
}
