/** Nothing came back in time. */
class TooSlow extends Error {
  override readonly name = 'TooSlow'
}

/** The value, or an error after so many milliseconds; the work itself goes on for others who wait for it. */
export function within<Value>(milliseconds: number, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new TooSlow(`no answer within ${milliseconds} ms`))
    const timer = setTimeout(late, milliseconds)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
