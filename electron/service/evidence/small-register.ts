import { usesAllThreads } from '../../files/thread.ts'
import type { Reader } from '../../register/db/handles.ts'

/** A thread for a smaller register takes longer than the work. */
const SMALL_REGISTER = 2 << 20

export function isSmallRegister(reader: Reader): boolean {
  if (usesAllThreads()) return false
  const bytes = reader.value<number>('SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()')
  return (bytes ?? 0) <= SMALL_REGISTER
}
