import type { ProblemKind } from './problem.ts'

/** The refusals that belong to no feature. */
export const commonProblems = {
  request_malformed: {
    status: 400,
    title: 'The request cannot be read',
    detail: 'The body is not well-formed JSON; send one JSON value in UTF-8.',
  },
  request_invalid: {
    status: 400,
    title: 'The request is not valid',
    detail: 'Some fields are wrong; `errors` names each of them.',
  },
  cursor_invalid: {
    status: 400,
    title: 'The cursor is not valid here',
    detail:
      'A cursor works only for the list, account, filter and sorting that it came from; start again without one.',
  },
  key_in_query: {
    status: 400,
    title: 'A key does not belong in an address',
    detail:
      'Send the key in the header `Authorization: Bearer …`, and replace this one: addresses end up in logs.',
  },
  two_credentials: {
    status: 400,
    title: 'Two credentials were sent',
    detail: 'A request is sent by a key or by a session; leave out the cookie or the header `Authorization`.',
  },
  authentication_required: {
    status: 401,
    title: 'No credential was sent',
    detail: 'Sign in, or send an API key in the header `Authorization: Bearer …`.',
  },
  key_invalid: {
    status: 401,
    title: 'The key is not valid',
    detail: 'The API key is unknown, ended or revoked; send a current one.',
  },
  session_invalid: {
    status: 401,
    title: 'You are not signed in any more',
    detail: 'The session has ended; sign in again.',
  },
  sign_in_unfinished: {
    status: 401,
    title: 'The sign-in is not finished',
    detail: '`pending` says what is left to do; until then the session opens nothing else.',
  },
  step_up_required: {
    status: 401,
    title: 'Something more has to be proven first',
    detail: '`step_up` says what; the session stays, and the request can be sent again afterwards.',
  },
  cross_site_request: {
    status: 403,
    title: 'The request comes from another site',
    detail: 'Pages of other sites change nothing here; open this one itself.',
  },
  session_required: {
    status: 403,
    title: 'Only a person who is signed in may do this',
    detail: 'This is about somebody’s own login; no key does it for them.',
  },
  not_permitted: {
    status: 403,
    title: 'You may not do this',
    detail: 'A permission is missing; `permission` names it.',
  },
  deployment_only: {
    status: 403,
    title: "Only the deployment's owner may do this",
    detail: 'Send a deployment key, without `Keyholder-Act-As`.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    detail: 'There is nothing here, or nothing that you may know of; look at the address again.',
  },
  method_not_allowed: {
    status: 405,
    title: 'This address does not take this method',
    detail: 'Use one of the methods in the header `Allow`.',
  },
  preview_outdated: {
    status: 409,
    title: 'Things have changed since the preview',
    detail: 'Applying now would not do what the preview showed; ask for a new preview.',
  },
  request_in_progress: {
    status: 409,
    title: 'The same request is being worked on',
    detail: 'A request with this `Idempotency-Key` has not ended yet; ask again in a moment.',
  },
  version_outdated: {
    status: 412,
    title: 'Somebody else has changed this',
    detail: 'The `ETag` in `If-Match` is not the current one; read it again, then repeat the change.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is too large',
    detail: 'Send less at once; `limit` names the limit in bytes.',
  },
  media_type_unsupported: {
    status: 415,
    title: 'The body is not JSON',
    detail: 'Send the body as `Content-Type: application/json`.',
  },
  host_unknown: {
    status: 421,
    title: 'This server does not answer for that host',
    detail: 'Use the address that the deployment is configured with.',
  },
  person_unknown: {
    status: 422,
    title: 'There is no such person',
    detail: '`Keyholder-Act-As` takes the id or the e-mail of a user; look at its spelling.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'The idempotency key belongs to another request',
    detail: 'This `Idempotency-Key` was used with different content; make a new one for a new request.',
  },
  reference_unknown: {
    status: 422,
    title: 'Something named in the request does not exist',
    detail: '`pointer` says where it is named; look at its spelling.',
  },
  version_required: {
    status: 428,
    title: 'Say which version you are changing',
    detail: 'Send the `ETag` that you read in the header `If-Match`.',
  },
  internal: {
    status: 500,
    title: 'Something went wrong here',
    detail: 'The fault is ours, and nothing was changed; tell the operator the `request_id`.',
  },
  unavailable: {
    status: 503,
    title: 'Not available at the moment',
    detail: 'The database cannot be reached, so nothing is decided and nothing changed; try again shortly.',
  },
} as const satisfies Record<string, ProblemKind>
