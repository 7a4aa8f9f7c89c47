/** How long the processor has worked for this process since then, which other programs on the machine do not lengthen. */
export function millisecondsWorked(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1_000
}
