import { Failed } from '../kit/failure.ts'
import { type Field, once } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import { printSheet } from '../kit/sheet.ts'
import { type DefineVerb, readScope } from '../kit/run.ts'
import { makePainter } from '../kit/text/paint.ts'
import { type Candidate, formatThing, listThings, parseThing, THING_KINDS } from './show/find.ts'
import { readSheet } from './show/sheets.ts'

export const define: DefineVerb = (command, act) => {
  command
    .description(
      `Show one thing with what belongs to it and what can be done: a ${THING_KINDS.slice(0, -1).join(', ')} or change.`,
    )
    .about({
      calls: ['client.get', 'projects.get', 'keys.get', 'keys.users'],
      example: ['key-115', 'jane@acme.example', 'acme --json'],
    })
    .argument(
      '<thing>',
      'its id, such as key-115, person-9, finding-7 or change-4, or its whole name, e-mail address, slug or id at the provider',
    )
    .addHelpText('after', '\nJSON keys: thing, title, the JSON keys of its list, its lists by their names, next\n')
  act<object, [string]>(command, (run, _options, text) =>
    run.withApi('read', async (api) => {
      const scope = readScope(run)
      const named = parseThing(text)
      const candidates = named === null ? await listThings(api, text, scope) : []
      const only = named ?? candidates[0]
      if (only === undefined) return
      if (candidates.length > 1) {
        await printListing(run, { fields: CANDIDATE_FIELDS, empty: '' }, once(candidates))
        throw new Failed(
          `${candidates.length} things may be meant by ${JSON.stringify(text)}.`,
          `Name one by its id: castellan show ${formatThing(only)}`,
        )
      }
      const paint = makePainter(run.terminal.colour && !run.json)
      await printSheet(run, await readSheet({ api, paint, scope }, only))
    }),
  )
}

const CANDIDATE_FIELDS: readonly Field<Candidate>[] = [
  { key: 'thing', json: formatThing, column: { title: 'ID', whole: true } },
  { key: 'title', json: (row) => row.title, column: { title: 'Name', flexible: true } },
  { key: 'detail', json: (row) => row.detail, column: { title: 'Of', flexible: true } },
]
