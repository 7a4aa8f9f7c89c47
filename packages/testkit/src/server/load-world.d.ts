import { type Database } from '@keyholder/storage'
import { type World } from '@keyholder/world'
/** Puts a world into an empty database, with the ids that `worldIds` makes of its keys, and without events. */
export declare function loadWorld(db: Database, world: World): Promise<void>
