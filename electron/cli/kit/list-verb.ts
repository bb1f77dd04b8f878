import { MAX_SLICE } from '../../../shared/contract/common.ts'
import type { Api } from '../../../shared/contract/contract.ts'
import type { Command } from './command.ts'
import { asList } from './layout.ts'
import { type Field, once, type ReadSlice, makeSlices } from './listing.ts'
import { printListing } from './print-listing.ts'
import { type Act, readScope } from './run.ts'
import { type Painter, makePainter } from './text/paint.ts'

/** A verb that prints a list. `read` gets the options of the command line and the client in scope. */
interface ListVerb<Row, Asked, Args extends readonly unknown[]> {
  readonly fields: readonly Field<Row>[] | ((paint: Painter) => readonly Field<Row>[])
  /** Printed instead of a table without rows. */
  readonly empty: string
  /** Gives all rows, or how to read them in slices. */
  readonly read: (
    api: Api,
    asked: Asked & { readonly client?: string },
    ...args: Args
  ) => ReadSlice<Row> | Promise<readonly Row[]>
  /** The most rows of a slice; the usual size unless given. */
  readonly limit?: number
}

/** Defines a command that prints a list; its help names the JSON keys. */
export function defineListVerb<Row, Options extends object = object, Args extends readonly unknown[] = []>(
  command: Command,
  act: Act,
  { fields, empty, read, limit = MAX_SLICE }: ListVerb<Row, Options, Args>,
): void {
  const painted = (colour: boolean): readonly Field<Row>[] =>
    typeof fields === 'function' ? fields(makePainter(colour)) : fields
  asList(command, painted(false))
  act<Options, Args>(command, (run, options, ...args) =>
    run.withApi('read', async (api) => {
      const rows = read(api, { ...options, ...readScope(run) }, ...args)
      const slices = typeof rows === 'function' ? makeSlices(rows, limit) : once(await rows)
      await printListing(run, { fields: painted(run.terminal.colour && run.layout.format === 'table'), empty }, slices)
    }),
  )
}
