import { createHash } from 'node:crypto'
import { html, type Html } from './html.ts'
import { stylesheet } from './stylesheet.ts'

const styleHash = createHash('sha256').update(stylesheet).digest('base64')

/** Written in one piece, because the hash is of every character between the tags. */
const styles: Html = { markup: `<style>${stylesheet}</style>` }

/** Headers of a page: it may use the one stylesheet that it carries, and nothing else from anywhere. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
} as const

/** A whole page, with its styles in it. */
export function documentOf(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${styles}
      </head>
      <body>
        ${body}
      </body>
    </html>`.markup
}
