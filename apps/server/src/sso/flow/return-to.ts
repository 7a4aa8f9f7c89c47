const anywhere = 'https://keyholder.invalid'

/** The path on this server that somebody wanted to go to; `/` for whatever leads, or might lead, elsewhere. */
export function returnPath(wanted: string | undefined): string {
  if (wanted === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) || wanted.includes('\\')) return '/'
  if (!URL.canParse(wanted, anywhere)) return '/'
  const url = new URL(wanted, anywhere)
  // A path can begin with two slashes once its dots are resolved.
  if (url.origin !== anywhere || url.pathname.startsWith('//')) return '/'
  return `${url.pathname}${url.search}${url.hash}`
}
