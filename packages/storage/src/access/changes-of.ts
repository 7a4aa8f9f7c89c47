import type { AccessChange } from '@keyholder/core'

/** Changes of one kind, as the function that writes them takes them. */
export type ChangesOf<Kind extends AccessChange['kind']> = readonly Extract<AccessChange, { kind: Kind }>[]

/** Of several items under one key the last one, because one statement cannot write a row twice. */
export function lastOfEach<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()]
}

/** The ids that changes speak of. */
export function idsOf(changes: readonly { readonly id: string }[]): readonly string[] {
  return changes.map(({ id }) => id)
}
