/** Items as one JSON array, in pieces, an item a line. */
export async function* jsonArray<Item>(pages: AsyncIterable<readonly Item[]>): AsyncGenerator<string> {
  yield '['
  let isFirst = true
  for await (const items of pages) {
    if (items.length === 0) continue
    yield `${isFirst ? '\n' : ',\n'}${items.map((item) => JSON.stringify(item)).join(',\n')}`
    isFirst = false
  }
  yield '\n]\n'
}
