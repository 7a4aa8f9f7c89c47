import { lchown, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Gives what root made in another user's home to that user, who may start Keyholder there as well.
 *
 * Does nothing where root owns the home: then the server's user owns its data and nothing else.
 */
export async function handOver(home: string, paths: readonly string[]): Promise<void> {
  const { uid, gid } = await stat(home)
  if (process.getuid?.() !== 0 || uid === 0) return

  for (const path of paths) {
    for (const name of await readdir(path, { recursive: true }).catch(() => [])) {
      await lchown(join(path, name), uid, gid)
    }
    await lchown(path, uid, gid)
  }
}
