import type { Blueprint } from '@keyholder/core'
import { documentOf } from './document.ts'
import { html, prose } from './html.ts'

export interface StartPageFacts {
  readonly blueprint: Blueprint
  readonly version: string
  readonly publicUrl: string
  readonly demoFile?: string | undefined
}

const places = [
  {
    path: '/docs/api',
    name: 'API reference',
    says: 'Every endpoint: what it takes, what it answers, who may call it.',
  },
  { path: '/openapi.json', name: 'OpenAPI document', says: 'The same for programs, as OpenAPI 3.1.' },
  {
    path: '/.well-known/authzen-configuration',
    name: 'AuthZEN configuration',
    says: 'Where a host product asks for decisions in the standard form.',
  },
  { path: '/readyz', name: 'Readiness', says: 'Whether this node reaches its database and wants requests.' },
]

/** The page at the address itself: what runs here, and where to look. */
export function startPage({ blueprint, version, publicUrl, demoFile }: StartPageFacts): string {
  const resources = blueprint.resources.filter(({ builtIn }) => !builtIn)
  const facts = [
    ['Version', version],
    ['Address', publicUrl],
    ['Blueprint', blueprint.name],
    ['Resources', resources.map(({ label }) => label).join(', ')],
    ['Roles', blueprint.roles.map(({ name }) => name).join(', ')],
  ] as const
  const body = html`<main class="front">
    <header>
      <p class="state">Running</p>
      <h1>Keyholder</h1>
      <p>Who may do what, where, until when, and why: the access of one product, asked over HTTP.</p>
    </header>
    <dl class="facts">
      ${facts.map(
        ([name, fact]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${fact}</dd>
          </div>`,
      )}
    </dl>
    <h2>Where to look</h2>
    <ul class="places">
      ${places.map(
        ({ path, name, says }) =>
          html`<li>
            <a href="${path}">${name}</a>
            <p class="quiet">${says}</p>
          </li>`,
      )}
    </ul>
    ${
      demoFile !== undefined &&
      html`<h2>The demo</h2>
        <p>
          ${prose(`Its keys and its people are written down on this machine, in \`${demoFile}\`. The people can sign in, with the \`email\` and \`password\` under \`users\`, by \`POST /api/v1/sign-in/password\`. The guide \`docs/guides/sign-in.md\` goes through it.`)}
        </p>`
    }
  </main>`
  return documentOf('Keyholder', body)
}
