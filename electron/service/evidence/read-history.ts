import { HISTORY_FILES, type Log, parseBatchLine, parseOperationLine } from '../../../shared/report/evidence-history.ts'
import { followHistory, type History } from './history/conclude.ts'
import type { LogLines } from './history/follow-log.ts'
import { eachLine } from './lines.ts'
import type { PackSource } from './pack-source.ts'

/** More than the history of any client: a million operations. */
const MOST_HISTORY_BYTES = 2 ** 30

/** True if a pack has the logs of a team, so that it is one of form 2. */
export function hasHistory(source: PackSource): boolean {
  return source.files.has(HISTORY_FILES.client.batches)
}

/** Both logs of a pack. */
export async function readHistory(source: PackSource): Promise<History> {
  return followHistory({ team: await readLog(source, 'team'), client: await readLog(source, 'client') })
}

/** The lines of a log. A file that is missing, cannot be read or is far too large has none. */
async function readLog(source: PackSource, log: Log): Promise<LogLines> {
  const { batches, operations, texts } = HISTORY_FILES[log]
  return {
    log,
    batches: (await readLines(source, batches)).map(parseBatchLine),
    operations: (await readLines(source, operations)).map(parseOperationLine),
    texts: await readLines(source, texts),
  }
}

async function readLines(source: PackSource, name: string): Promise<readonly string[]> {
  const size = source.files.get(name)
  if (size === undefined || size > MOST_HISTORY_BYTES) return []
  const lines: string[] = []
  try {
    await eachLine(source.read(name), (line) => {
      const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8')
      lines.push(text.endsWith('\n') ? text.slice(0, -1) : text)
    })
  } catch {
    // A zip whose data is damaged breaks off: the lines before that are compared.
  }
  return lines
}
