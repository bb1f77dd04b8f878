import { timeCommand } from './command.ts'

/** Reads a file to its end, so that the next reader does not wait for the disk, whatever the system did with its cache meanwhile. */
export async function warm(file: string): Promise<void> {
  await timeCommand('dd', [`if=${file}`, 'of=/dev/null', 'bs=1M', 'status=none'])
}

/**
 * Drops files from the system's file cache, so that the next reader waits for the disk. Only these files: what other
 * programs have in memory stays there.
 */
export async function evict(files: readonly string[]): Promise<void> {
  for (const file of files) {
    await timeCommand('dd', [
      `of=${file}`,
      'oflag=nocache',
      'conv=notrunc,fdatasync',
      'count=0',
      'status=none',
      'if=/dev/null',
    ])
  }
}
