import type { WorldQuestion } from '@keyholder/world'
import { placeOf, type Answer } from './answer.ts'

/** The server cannot be reached, refuses the key, or answers what no decision point answers. */
export class ServerUnusable extends Error {}

const batchSize = 100

/** Asks a running server these questions by OpenID AuthZEN, a hundred at a time. */
export async function askServer(
  server: { readonly url: string; readonly key: string },
  questions: readonly WorldQuestion[],
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for (let start = 0; start < questions.length; start += batchSize) {
    answers.push(...(await askBatch(server, questions.slice(start, start + batchSize))))
  }
  return answers
}

async function askBatch(
  { url, key }: { readonly url: string; readonly key: string },
  questions: readonly WorldQuestion[],
): Promise<readonly Answer[]> {
  const response = await post(new URL('/access/v1/evaluations', url), key, {
    evaluations: questions.map(evaluationOf),
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw new ServerUnusable(`${url} answered ${response.status}${titleOf(body)}`)

  const decisions = decisionsIn(body)
  if (decisions?.length !== questions.length)
    throw new ServerUnusable(`${url} does not answer as a decision point does`)
  return questions.map((question, index) => {
    const { decision, reasons } = decisions[index] ?? { decision: false, reasons: [] }
    return { question, allowed: decision, because: reasons }
  })
}

async function post(url: URL, key: string, body: object): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
    })
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
    throw new ServerUnusable(`${url.origin} cannot be reached${cause}`, { cause: error })
  }
}

/** No resource in particular, but a place: the form in which a host product asks about a kind of thing. */
function evaluationOf(question: WorldQuestion): object {
  const { who, may, account, organization, owner } = question
  const [type, name] = may.split('.')
  return {
    subject: { type: 'user', id: who },
    action: { name },
    resource: {
      type,
      id: '*',
      properties: { account, ...(organization !== undefined && { organization: placeOf(question) }), owner },
    },
  }
}

function decisionsIn(body: unknown): { decision: boolean; reasons: string[] }[] | undefined {
  const { evaluations } = fieldsOf(body)
  if (!Array.isArray(evaluations)) return undefined
  return evaluations.map((one) => {
    const { decision, context } = fieldsOf(one)
    const { reasons } = fieldsOf(context)
    const lines = Array.isArray(reasons) ? reasons.filter((reason) => typeof reason === 'string') : []
    return { decision: decision === true, reasons: lines }
  })
}

function titleOf(body: unknown): string {
  const { title, detail } = fieldsOf(body)
  const said = [title, detail].filter((part) => typeof part === 'string')
  return said.length === 0 ? '' : `: ${said.join(': ')}`
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
