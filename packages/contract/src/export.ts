import { z } from 'zod'
import type { Content } from './endpoint.ts'

/** In which form an export is wanted. */
export const exportFormat = z
  .enum(['csv', 'json'])
  .default('json')
  .describe('`csv`: one line a row, safe to open in a spreadsheet; `json`: one array')

/** What an export answers with. */
export const exported = {
  contentTypes: ['text/csv; charset=utf-8', 'application/json; charset=utf-8'],
  description: 'Every row of the filtered list, as a stream',
} as const satisfies Content
