import {
  isContent,
  problems,
  problemsOf,
  slots,
  slotsOf,
  type Endpoint,
  type ProblemCode,
  type Slot,
} from '@keyholder/contract'
import { accessInWords } from './access-in-words.ts'
import { documentOf } from './document.ts'
import { fieldsOf, type Field } from './fields-of.ts'
import { html, prose, type Html } from './html.ts'

/** The reference of the API as one page, from the endpoints themselves. */
export function referencePage(byFeature: Readonly<Record<string, readonly Endpoint[]>>): string {
  const features = Object.entries(byFeature)
  const body = html`<a class="skip" href="#content">Skip to the content</a>
    <div class="reference">
      <header>
        <h1>API reference</h1>
        <p class="quiet">
          ${prose('JSON over HTTP. Send an API key as `Authorization: Bearer kh_…`. Refusals are problems as RFC 9457 writes them.')}
          <a href="/openapi.json">As OpenAPI 3.1</a>
        </p>
      </header>
      <nav aria-label="Contents">
        <ul>
          ${features.map(([name, endpoints]) => contentsOf(name, endpoints))}
          <li><a href="#problems">Problems</a></li>
        </ul>
      </nav>
      <main id="content">
        ${features.map(
          ([name, endpoints]) =>
            html`<h2 id="${anchor(name)}">${name}</h2>
              ${endpoints.map(section)}`,
        )}
        ${problemTable()}
      </main>
    </div>`
  return documentOf('Keyholder · API reference', body)
}

function contentsOf(name: string, endpoints: readonly Endpoint[]): Html {
  return html`<li>
    <a href="#${anchor(name)}">${name}</a>
    <ul>
      ${endpoints.map(({ id, summary }) => html`<li><a href="#${id}">${summary}</a></li>`)}
    </ul>
  </li>`
}

function section(endpoint: Endpoint): Html {
  const { id, method, path, summary, description } = endpoint
  return html`<section class="endpoint" id="${id}" aria-labelledby="${id}-title">
    <h3 id="${id}-title">${summary}</h3>
    <p class="call"><span class="method ${method}">${method}</span><span class="path">${path}</span></p>
    ${description !== undefined && html`<p>${prose(description)}</p>`}
    <p class="access">${prose(accessInWords(endpoint.access))}</p>
    ${fieldTable(
      'In the path',
      slotsOf(path).map((name) => ({ name, type: 'text', says: slots[name as Slot] })),
    )}
    ${fieldTable('In the query', [...fieldsOf(endpoint.query, 'input'), ...previewField(endpoint)])}
    ${fieldTable('Headers', headersOf(endpoint))}
    ${fieldTable('In the body', fieldsOf(endpoint.body, 'input'))}
    ${Object.entries(endpoint.answers).map(([status, body]) =>
      isContent(body)
        ? html`<h4>Answers ${status}</h4>
            <p>
              ${prose(body.description)}: ${prose(body.contentTypes.map((type) => `\`${type}\``).join(', '))}
            </p>`
        : fieldTable(`Answers ${status}`, fieldsOf(body, 'output'), 'Nothing'),
    )}
    <details>
      <summary>Problems</summary>
      ${problemList(problemsOf(endpoint))}
    </details>
  </section>`
}

function previewField({ changesAccess }: Endpoint): Field[] {
  return changesAccess
    ? [
        {
          name: 'preview',
          type: 'true or false',
          says: 'Tell who would gain and lose what, and change nothing.',
        },
      ]
    : []
}

function headersOf({ creates, edits, changesAccess }: Endpoint): Field[] {
  return [
    ...(creates
      ? [{ name: 'Idempotency-Key', type: 'text', says: 'The same key and request twice is done once.' }]
      : []),
    ...(edits ? [{ name: 'If-Match', type: 'required', says: 'The `ETag` of what you read.' }] : []),
    ...(changesAccess
      ? [{ name: 'Keyholder-Preview', type: 'text', says: 'The hash of the preview that this applies.' }]
      : []),
  ]
}

function fieldTable(title: string, fields: readonly Field[], none?: string): Html {
  if (fields.length === 0)
    return none === undefined
      ? html``
      : html`<h4>${title}</h4>
          <p class="quiet">${none}</p>`
  return html`<h4>${title}</h4>
    <dl class="rows">
      ${fields.map(
        ({ name, type, says }) =>
          html`<div>
            <dt><code>${fieldName(name)}</code></dt>
            <dd><span class="type">${type}</span>${prose(says)}</dd>
          </div>`,
      )}
    </dl>`
}

/** A long name breaks where it is taken apart. */
function fieldName(name: string): Html {
  return html`${name.split('.').map((step, i) => (i === 0 ? html`${step}` : html`<wbr />.${step}`))}`
}

function problemList(codes: readonly ProblemCode[]): Html {
  return html`<dl class="rows">
    ${codes.map(
      (code) =>
        html`<div>
          <dt>
            <a href="#problem-${code}"><code>${code}</code></a>
          </dt>
          <dd>${problems[code].status} · ${problems[code].title}</dd>
        </div>`,
    )}
  </dl>`
}

function problemTable(): Html {
  const codes = Object.keys(problems) as ProblemCode[]
  return html`<h2 id="problems">Problems</h2>
    <dl class="rows">
      ${codes.map(
        (code) =>
          html`<div id="problem-${code}">
            <dt><code>${code}</code> <span class="quiet">${problems[code].status}</span></dt>
            <dd>${problems[code].title}. ${prose(problems[code].detail)}</dd>
          </div>`,
      )}
    </dl>`
}

function anchor(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}
