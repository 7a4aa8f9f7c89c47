import type { Page, PageRequest } from '@keyholder/storage'

const rowsAtOnce = 500

/** Every row of a list, page by page: no connection is held while a slow client reads. */
export async function* allPages<Row>(
  sort: string,
  read: (request: PageRequest) => Promise<Page<Row>>,
): AsyncGenerator<readonly Row[]> {
  let after: PageRequest['after']
  do {
    const page = await read({ limit: rowsAtOnce, sort, after })
    yield page.rows
    after = page.next
  } while (after)
}
