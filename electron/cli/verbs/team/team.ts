import { resolve } from 'node:path'

import type { Command } from '../../kit/command.ts'
import { asList } from '../../kit/layout.ts'
import { EXIT } from '../../kit/exit-code.ts'
import { once, printEither, printLines, printObject } from '../../kit/listing.ts'
import { printListing } from '../../kit/print-listing.ts'
import type { Act, DefineVerb } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'
import { defineChanges } from './changes.ts'
import { defineEntry, settle } from './entry.ts'
import {
  MEMBER_FIELDS,
  type MemberRow,
  toExchangeLines,
  toStatusLines,
  UNHELD_FIELDS,
  VERIFY_FIELDS,
} from './fields.ts'

export const define: DefineVerb = (command, act) => {
  defineEntry(command, act)
  const status = command
    .command('status')
    .summary('the team as this device has it: members, what waits, what needs a decision')
    .about({ calls: 'team.status', isWhole: true })
    .addHelpText(
      'after',
      '\nJSON keys: state (none, founding, asking, member, removed, otherDevice), sentence, name, root, server, lastContact, problems, own,' +
        '\nmembers, approvals, waiting, askedBack, noEffect, clocks, stopped, unheld' +
        '\nThe server is not asked: castellan team exchange does.\n',
    )
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
    .addHelpText(
      'after',
      '\nExit code 3 when something waits, was asked back or did not count, or a log is read no further; castellan team status has the way on.' +
        '\nJSON keys: read, placed, restored, enrolled, waiting, refused, askedBack, sentences\n',
    )
  act<object, []>(exchange, async (run) => {
    const done = await run.withApi('write', (api) => api.team.exchange())
    await printEither(run, done, toExchangeLines(done))
    const { waiting, refused, askedBack, sentences } = done
    return waiting + refused.length + askedBack.length + sentences.length > 0 ? EXIT.partial : EXIT.done
  })
  defineVerify(command, act)
}

function defineVerify(command: Command, act: Act): void {
  const verify = command
    .command('verify')
    .summary('compare every position of the team’s logs with the server, or those that a file prints')
    .about({ calls: 'team.verify --head', example: ['', 'register.md'], isWhole: true })
    .argument('[file]', 'an evidence pack, a register in Markdown or a weekly report')
    .option('--head <hex>', 'the head to find, 64 hexadecimal digits')
    .addHelpText(
      'after',
      '\nExit code 4 when this device or the server has another or an earlier history, or no log has the head.' +
        '\nWith a file, JSON keys: logs, witnesses (log, client, at, head, ok, sentence)\n',
    )
  asList(verify, VERIFY_FIELDS)
  act<{ readonly head?: string }, [string?]>(verify, async (run, { head }, file) => {
    const { logs, found, witnesses } = await run.withApi('read', (api) =>
      api.team.verify({
        ...(head === undefined ? {} : { head: head.toLowerCase() }),
        ...(file === undefined ? {} : { path: resolve(run.terminal.cwd, file) }),
      }),
    )
    const isSound = logs.every(({ intact }) => intact) && witnesses.every(({ ok }) => ok)
    if (file !== undefined) {
      const lines = witnesses.map(
        ({ client, at, ok, sentence }) =>
          `${ok ? '✓' : '✗'} ${shown(client ?? 'the agency')} ${at}: ${shown(sentence)}`,
      )
      await printEither(run, { logs, witnesses }, lines)
      return isSound ? EXIT.done : EXIT.found
    }
    await printListing(run, { fields: VERIFY_FIELDS, empty: 'No logs yet.' }, once(logs))
    for (const { sentence } of logs) if (sentence !== null) await run.terminal.err(`${shown(sentence)}\n`)
    if (head === undefined) return isSound ? EXIT.done : EXIT.found
    const where = found === null ? null : `Found: ${shown(found.client ?? 'the agency')} at position ${found.at}.\n`
    await run.terminal.err(
      where ?? 'No log that this device holds has this head. Exchange first, or ask for its file.\n',
    )
    return found !== null && isSound ? EXIT.done : EXIT.found
  })
}

/** `team unheld|hold`: the clients that an owner's or auditor's device does not read, and how it does. */
function defineHolds(command: Command, act: Act): void {
  const unheld = command
    .command('unheld')
    .summary('the clients that you may see and this device does not hold, with the figures that other devices wrote')
    .about({ calls: 'team.unheld', example: ['', '--json'], isWhole: true })
    .addHelpText('after', '\nThe figures come from the server, which can show earlier ones: they prove nothing.\n')
  asList(unheld, UNHELD_FIELDS)
  act<object, []>(unheld, async (run) => {
    const { clients, problem } = await run.withApi('read', (api) => api.team.unheld())
    const empty = 'This device holds every client that you may see.'
    await printListing(run, { fields: UNHELD_FIELDS, empty }, once(clients))
    if (problem === null) return EXIT.done
    await run.terminal.err(`The server did not show figures now. ${shown(problem)}\n`)
    return EXIT.partial
  })

  const hold = command
    .command('hold')
    .summary('hold clients on this device: it reads their whole history, and keeps it')
    .about({ calls: 'team.hold', example: 'acme borealis', isWhole: true })
    .argument('<clients...>', 'by slug or uid: castellan team unheld')
    .addHelpText('after', '\nWhat was read stays. To release clients, join in a new profile and remove this one.\n')
  act<object, [readonly string[]]>(hold, async (run, _, clients) =>
    settle(run, await run.withApi('write', (api) => api.team.hold({ clients: [...clients] }))),
  )
}
