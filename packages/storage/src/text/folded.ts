/**
 * Text as it is sorted and searched by: the same whatever the case or the form in which Unicode wrote it.
 *
 * Done here, because what the database's lower() makes of a letter depends on the server's locale.
 */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC')
}
