import { readFileSync, statfsSync } from 'node:fs'

/** Where Linux keeps files in memory. Registers are written to disk with care, which a test does not need. */
const MEMORY = '/dev/shm'

const ENOUGH_BYTES = 2 * 2 ** 30

/** A folder in memory for temporary files of tests; null where there is none, too little of it, or it runs no programs. */
export function memoryFolder(): string | null {
  try {
    const mount = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .find(([, folder]) => folder === MEMORY)
    const [, , kind, options = ''] = mount ?? []
    if (kind !== 'tmpfs' || options.split(',').includes('noexec')) return null
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize >= ENOUGH_BYTES ? MEMORY : null
  } catch {
    return null
  }
}
