import { refuse, succeed, type Result } from '../result.ts'

export interface CsvRow {
  /** Where it begins; the first line is 1. */
  readonly line: number
  readonly fields: readonly string[]
}

/**
 * Reads CSV as RFC 4180 writes it, with comma, semicolon or tab between fields: whichever the first line has most of.
 *
 * Lines with nothing in them are passed over. Refused is a quote that is never closed, with the line it stands in.
 */
export function readCsv(text: string): Result<readonly CsvRow[], { readonly line: number }> {
  const source = text.replace(/^\uFEFF/, '')
  const separator = separatorOf(source)
  const rows: CsvRow[] = []
  let line = 1
  let row: { line: number; fields: string[] } = { line, fields: [] }

  const field = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n][^${separator}\\r\\n]*)?)(${separator}|\\r\\n|\\n|\\r|$)`,
    'y',
  )
  while (field.lastIndex < source.length) {
    const found = field.exec(source)
    if (!found) return refuse({ line })
    const [, quoted, bare = '', end] = found
    row.fields.push(quoted?.replaceAll('""', '"') ?? bare)
    line += (quoted?.match(/\r\n|\n|\r/g) ?? []).length
    if (end === separator && field.lastIndex < source.length) continue

    if (end === separator) row.fields.push('')
    else if (end !== '') line++
    if (row.fields.some((value) => value.trim() !== '')) rows.push(row)
    row = { line, fields: [] }
  }
  return succeed(rows)
}

function separatorOf(source: string): string {
  const [first = ''] = source.split(/\r\n|\n|\r/, 1)
  const count = (sign: string) => first.split(sign).length
  return [',', ';', '\t'].reduce((most, sign) => (count(sign) > count(most) ? sign : most))
}
