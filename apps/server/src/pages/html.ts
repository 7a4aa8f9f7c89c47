/** Text that is HTML already, and so is not escaped again. */
export interface Html {
  readonly markup: string
}

type Part = string | number | Html | readonly Part[] | undefined | false

/** HTML from a template; every value in it is escaped unless it is HTML itself. */
export function html(fixed: TemplateStringsArray, ...values: readonly Part[]): Html {
  return { markup: fixed.reduce((text, next, i) => text + render(values[i - 1]) + next) }
}

function render(part: Part): string {
  if (part === undefined || part === false) return ''
  if (typeof part === 'object') return 'markup' in part ? part.markup : part.map(render).join('')
  return String(part).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** Text in which `backticks` mark code. */
export function prose(text: string): Html {
  const pieces = text
    .split('`')
    .map((piece, i) => (i % 2 === 1 ? html`<code>${piece}</code>` : html`${piece}`))
  return html`${pieces}`
}
