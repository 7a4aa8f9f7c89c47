import type { FastifyInstance } from 'fastify'
import {
  authzenConfiguration,
  EvaluationRequest,
  evaluate,
  evaluateMany,
  searchAction,
  searchResource,
  searchSubject,
  type Endpoint,
} from '@keyholder/contract'
import { refuse, succeed, type Result } from '@keyholder/core'
import type { Bind } from '../../http/bind.ts'
import { validate } from '../../http/validate.ts'
import { askRoute, type Answering, type AskDeps } from './ask-route.ts'
import { configuration } from './configuration.ts'
import { decisionText } from './decision-text.ts'
import { bindExplain } from '../explain/bind-explain.ts'
import { evaluateBatch, evaluateOne, type DecisionDeps, type MayWait } from './evaluate.ts'
import type { Asker } from './let-in.ts'
import { MalformedQuestion } from './malformed-question.ts'
import { readBatch, type Batch } from './read-batch.ts'
import { answerActionSearch, answerResourceSearch, answerSubjectSearch, type SearchDeps } from './search.ts'

export type DecisionRouteDeps = AskDeps & SearchDeps

/** Binds everything that a host product asks, and returns the endpoints that the general binding did not see. */
export function bindDecisions(
  http: FastifyInstance,
  bind: Bind,
  deps: DecisionRouteDeps,
): readonly Endpoint[] {
  const found = { status: 200, body: configuration(deps.publicUrl) } as const
  bind(authzenConfiguration, async () => found)

  askRoute(http, deps, evaluate, (asker, body) => asText(evaluateOne(deps, asker, body), decisionText))
  askRoute(http, deps, evaluateMany, (asker, body) => answerMany(deps, asker, body))
  const write = JSON.stringify
  askRoute(http, deps, searchSubject, (asker, body) => asText(answerSubjectSearch(deps, asker, body), write))
  askRoute(http, deps, searchResource, (asker, body) =>
    asText(answerResourceSearch(deps, asker, body), write),
  )
  askRoute(http, deps, searchAction, (asker, body) => asText(answerActionSearch(deps, asker, body), write))
  bindExplain(bind, deps)
  return [evaluate, evaluateMany, searchSubject, searchResource, searchAction]
}

/** A batch without questions is a question itself. */
function answerMany(deps: DecisionDeps, asker: Asker, body: Batch): Answering {
  if (!body.evaluations || body.evaluations.length === 0) {
    const question = validate(EvaluationRequest, 'body', body)
    if (!question.ok) return refuse({ ...question.refusal })
    return asText(evaluateOne(deps, asker, question.value), decisionText)
  }
  const batch = readBatch(body)
  if (explained(batch) > explainedAtMost) return refuse(tooManyExplained)
  const semantic = body.options?.evaluations_semantic ?? 'execute_all'
  return asText(
    evaluateBatch(deps, asker, batch, semantic),
    (answers) => `{"evaluations":[${answers.map(decisionText).join(',')}]}`,
  )
}

/** An explanation takes a thousand times as long as a decision. */
const explainedAtMost = 100

const tooManyExplained = {
  code: 'request_invalid' as const,
  errors: [
    {
      in: 'body' as const,
      pointer: '/evaluations',
      detail: `At most ${explainedAtMost} of them can be explained`,
    },
  ],
}

function explained(batch: ReturnType<typeof readBatch>): number {
  return batch.filter((one) => !(one instanceof MalformedQuestion) && one.context?.explain === true).length
}

/** The value as text once it is there; at once where it is there already. */
function asText<Value, Refusal>(
  answer: MayWait<Result<Value, Refusal>>,
  write: (value: Value) => string,
): MayWait<Result<string, Refusal>> {
  return answer instanceof Promise ? answer.then((result) => written(result, write)) : written(answer, write)
}

function written<Value, Refusal>(
  result: Result<Value, Refusal>,
  write: (value: Value) => string,
): Result<string, Refusal> {
  return result.ok ? succeed(write(result.value)) : result
}
