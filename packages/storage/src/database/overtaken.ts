/**
 * Another transaction took what this one looked for and found free, such as a name. Thrown in a transaction it has it
 * run again, which then finds what is there now.
 */
export class Overtaken extends Error {
  override readonly name = 'Overtaken'
}
