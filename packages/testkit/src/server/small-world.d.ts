import { type World } from '@keyholder/world'
/** A small world for tests that need no other. */
export declare function smallWorld(): World
