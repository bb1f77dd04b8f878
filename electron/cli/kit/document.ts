import type { TextInputs, TextOperation } from '../../service/process/text-streams.ts'
import { printPieces } from './listing.ts'
import type { Run } from './run.ts'

/** Prints the text that an operation answers while it is made: a long one is never in memory. */
export function printDocument<O extends TextOperation>(run: Run, operation: O, input: TextInputs[O]): Promise<void> {
  return run.withApi('read', async (_, session) =>
    printPieces(run.terminal, await session.streamText(operation, input)),
  )
}
