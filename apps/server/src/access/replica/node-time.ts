/** The node's own clocks, which measure how long ago something was and never say what time it is. */
export interface NodeTime {
  /** Milliseconds that only grow, also while the process is stopped. */
  monotonic(): number
  /** Milliseconds that go on while the machine sleeps, and jump when somebody sets the clock. */
  wall(): number
}

export const nodeTime: NodeTime = {
  monotonic: () => performance.now(),
  wall: () => Date.now(),
}
