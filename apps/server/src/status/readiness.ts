/** Whether a node wants requests; a node that is about to stop says so before it stops taking them. */
export class Readiness {
  #stopping = false

  get isStopping(): boolean {
    return this.#stopping
  }

  stop(): void {
    this.#stopping = true
  }
}
