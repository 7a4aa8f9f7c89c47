import { stringify } from 'csv-stringify/sync'

/** The columns of a table: their names in its first line, and what stands in them. */
export type Columns<Row> = Readonly<
  Record<string, (row: Row) => string | number | boolean | Date | null | undefined>
>

/**
 * A table as CSV (RFC 4180), in pieces.
 *
 * A cell that a spreadsheet would take for a formula begins with `'`, so that it is text there too.
 */
export async function* csv<Row>(
  columns: Columns<Row>,
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<string> {
  const names = Object.keys(columns)
  yield lines([names])
  for await (const rows of pages) {
    if (rows.length > 0) yield lines(rows.map((row) => names.map((name) => cell(columns[name]?.(row)))))
  }
}

function lines(rows: readonly (readonly string[])[]): string {
  return stringify(rows as string[][], { escape_formulas: true, record_delimiter: '\r\n' })
}

function cell(value: string | number | boolean | Date | null | undefined): string {
  if (value === null || value === undefined) return ''
  return value instanceof Date ? value.toISOString() : String(value)
}
