const names = new Set(['access_token', 'api_key', 'apikey', 'authorization', 'key', 'token'])

/** Whether an address carries a credential, where logs and histories would keep it. */
export function hasKeyInQuery(url: string): boolean {
  const start = url.indexOf('?')
  if (start < 0) return false
  const query = new URLSearchParams(url.slice(start + 1))
  return [...query].some(([name, value]) => names.has(name.toLowerCase()) || value.includes('kh_'))
}
