import { answer } from '../http/answer.ts'
import { csv, type Columns } from './csv.ts'
import { jsonArray } from './json-array.ts'

/** What is exported: the rows of a list, as a table's columns and as items of JSON. */
export interface Exported<Row> {
  /** The file's name without its ending, in plain letters. */
  readonly name: string
  readonly columns: Columns<Row>
  readonly item: (row: Row) => unknown
  readonly pages: AsyncIterable<readonly Row[]>
}

/** Answers with a whole list as a file, in the form that was asked for. */
export function exportAnswer<Row>(format: 'csv' | 'json', { name, columns, item, pages }: Exported<Row>) {
  const body = format === 'csv' ? csv(columns, pages) : jsonArray(itemsIn(pages, item))
  return answer(200, body, {
    headers: {
      'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${name.replaceAll(/[^\w-]/g, '-')}.${format}"`,
    },
  })
}

async function* itemsIn<Row>(pages: AsyncIterable<readonly Row[]>, item: (row: Row) => unknown) {
  for await (const rows of pages) yield rows.map(item)
}
