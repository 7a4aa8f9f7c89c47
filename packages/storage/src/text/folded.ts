/**
 * Text as it is sorted and searched by: without case and without marks, so that `Åsa` is found as `asa` and stands
 * beside it.
 *
 * Done here, because what the database's lower() makes of a letter depends on the server's locale.
 */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .normalize('NFKC')
}
