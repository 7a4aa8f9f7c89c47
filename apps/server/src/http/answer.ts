interface More {
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** The version of what is answered; it becomes the ETag. */
  readonly version?: number | undefined
}

/** An answer with a status and a body of those that the endpoint declares. */
export function answer<const Status extends number, const Body>(status: Status, body: Body, more: More = {}) {
  return { status, body, ...more }
}
