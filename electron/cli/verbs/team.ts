import { resolve } from 'node:path'

import { asList } from '../kit/layout.ts'
import { EXIT } from '../kit/exit-code.ts'
import { once, printEither, printLines, printObject } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import type { DefineVerb } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { defineChanges } from './team/changes.ts'
import { defineEntry } from './team/entry.ts'
import { defineHolds } from './team/holds.ts'
import { MEMBER_FIELDS, type MemberRow, toStatusLines, VERIFY_FIELDS } from './team/fields.ts'

const STATUS_KEYS =
  '\nJSON keys: state (none, founding, asking, member, removed, otherDevice), sentence, name, root, server, own, members,' +
  '\nstreams (stream, kind, client, state, entries, head, waiting, sentence), waiting, stopped, unread (client, connection), void,' +
  '\nunheld, approvals, forks, lastContact, problem, clock, clocks (an entry with at, placedAt and clockMs), sql' +
  '\nThe server is not asked: castellan team exchange does.\n'

export const define: DefineVerb = (command, act) => {
  defineEntry(command, act)

  const status = command
    .command('status')
    .summary('the team as this device has it: members, what waits, what stopped')
    .about({ calls: 'team.status', isWhole: true })
  status.addHelpText('after', STATUS_KEYS)
  act<object, []>(status, async (run) => {
    const found = await run.withApi('read', (api) => api.team.status())
    if (run.json) await printObject(run.terminal, found)
    else await printLines(run.terminal, toStatusLines(found))
  })

  const members = command
    .command('member')
    .summary('members of the team')
    .command('list')
    .summary('list who belongs to the team, with their roles and devices')
    .about({ calls: 'team.members', example: '--json', isWhole: true })
  asList(members, MEMBER_FIELDS)
  act<object, []>(members, async (run) => {
    const rows = await run.withApi('read', (api) => api.team.members())
    const listed = rows.flatMap((member): readonly MemberRow[] =>
      member.devices.length === 0 ? [{ member, device: null }] : member.devices.map((device) => ({ member, device })),
    )
    await printListing(run, { fields: MEMBER_FIELDS, empty: 'No members yet.' }, once(listed))
  })

  defineChanges(command, act)

  defineHolds(command, act)

  const exchange = command
    .command('exchange')
    .summary('exchange with the server of the team now')
    .about({ calls: 'team.exchange', isWhole: true })
  exchange.addHelpText(
    'after',
    '\nExit code 3 when something still waits, or a log is read no further. Entries that the server lost are placed again.' +
      '\nJSON keys: pulled, placed, mended, enrolled, waiting, sentences\n',
  )
  act<object, []>(exchange, async (run) => {
    const done = await run.withApi('write', (api) => api.team.exchange())
    await printEither(run, done, [
      `Read ${done.pulled}, placed ${done.placed}, mended ${done.mended}; let in ${done.enrolled}; ${done.waiting} waiting.`,
      ...done.sentences.map((sentence) => `! ${shown(sentence)}`),
    ])
    return done.waiting > 0 || done.sentences.length > 0 ? EXIT.partial : EXIT.done
  })

  const verify = command
    .command('verify')
    .summary('compute the heads of the team’s logs again, or compare those that a file prints')
    .about({ calls: 'team.verify --head', example: ['', 'register.md'], isWhole: true })
    .argument(
      '[file]',
      'an evidence pack, a register in Markdown or a weekly report, to compare with this device and the server',
    )
    .option('--head <hex>', 'the head to find, 64 hexadecimal digits')
  verify.addHelpText(
    'after',
    '\nExit code 4 when entries were changed, no log has the head, or this device or the server has another or an earlier history than the' +
      '\nfile prints. An exchange mends what the server lost by itself.' +
      '\nWith a file, JSON keys: streams, witnesses (stream, kind, client, position, head, device, server, firstHere, firstOnServer, ok,' +
      '\nsentence); device and server: same, other, missing, unknown\n',
  )
  asList(verify, VERIFY_FIELDS)
  act<{ readonly head?: string }, [string?]>(verify, async (run, { head }, file) => {
    const { streams, found, witnesses } = await run.withApi('read', (api) =>
      api.team.verify({
        ...(head === undefined ? {} : { head: head.toLowerCase() }),
        ...(file === undefined ? {} : { path: resolve(run.terminal.cwd, file) }),
      }),
    )
    if (file !== undefined) {
      const lines = witnesses.map(({ client, kind, position, ok, sentence }) => {
        const log = kind === null ? 'a log' : `${client === null ? '' : `${shown(client)}, `}${kind}`
        return `${ok ? '✓' : '✗'} ${log}, position ${position}: ${shown(sentence)}`
      })
      await printEither(run, { streams, witnesses }, lines)
      const isSound = witnesses.every(({ ok }) => ok) && streams.every(({ intact }) => intact)
      return isSound ? EXIT.done : EXIT.found
    }
    await printListing(run, { fields: VERIFY_FIELDS, empty: 'No logs yet.' }, once(streams))
    if (head !== undefined) {
      const where = found === null ? null : `${found.client ?? 'the team'} at position ${found.position}`
      await run.terminal.err(
        where === null
          ? 'No log that this device holds has this head: exchange first, or it is of another history.\n'
          : `Found: ${shown(where)}.\n`,
      )
      if (found === null) return EXIT.found
    }
    return streams.every(({ intact }) => intact) ? EXIT.done : EXIT.found
  })
}
