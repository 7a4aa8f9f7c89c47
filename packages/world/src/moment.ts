const relative = /^([+-])P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
const second = 1000
const unitLengths = [7 * 86_400 * second, 86_400 * second, 3600 * second, 60 * second, second]

/**
 * Reads `2026-11-21T12:00:00Z`, or a moment relative to now such as `+P30D` and `-PT1H`, as milliseconds since 1970.
 * Gives nothing for a day that the calendar does not have, and past the year 9999.
 */
export function readMoment(text: string, now: number): number | undefined {
  const [, sign, ...amounts] = relative.exec(text) ?? []
  if (sign === undefined) return onCalendar(text)
  const length = amounts.reduce(
    (sum, amount, unit) => sum + Number(amount ?? 0) * (unitLengths[unit] ?? 0),
    0,
  )
  return writable(sign === '+' ? now + length : now - length)
}

/** Writes a moment in the form that `readMoment` reads. */
export function writeMoment(moment: number): string {
  return new Date(moment).toISOString()
}

/** JavaScript reads 30 February as 2 March, so the day is held against the one that was written. */
function onCalendar(text: string): number | undefined {
  const moment = Date.parse(text)
  const [year, month, day] = text.slice(0, 10).split('-').map(Number)
  if (Number.isNaN(moment) || year === undefined || month === undefined || day === undefined) return undefined
  return new Date(Date.UTC(year, month, 0)).getUTCDate() < day ? undefined : writable(moment)
}

const years = { first: Date.parse('0001-01-01T00:00:00Z'), after: Date.UTC(10_000, 0) }

function writable(moment: number): number | undefined {
  return moment >= years.first && moment < years.after ? moment : undefined
}
