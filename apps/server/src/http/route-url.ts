/** An endpoint's path as the router writes it. */
export function routeUrl(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}
