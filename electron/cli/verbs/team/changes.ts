import { Argument } from 'commander'

import { clientRole, teamRole } from '../../../../shared/contract/team.ts'
import type { Command } from '../../kit/command.ts'
import { Misuse } from '../../kit/failure.ts'
import { EXIT } from '../../kit/exit-code.ts'
import { printObject } from '../../kit/listing.ts'
import type { Act } from '../../kit/run.ts'
import { addPlace, type PlaceOptions, printPaper, settle, toPlace, toRole } from './entry.ts'

const DECISIONS = ['required', 'not-required'] as const

/** `team role|revoke|approvals|paper|resolve|keep|drop|move|leave`: what a person decides about a team. */
export function defineChanges(team: Command, act: Act): void {
  const role = team
    .command('role')
    .summary('give or change the role of a member for a client, or in the agency')
    .about({
      calls: 'team.setRole',
      example: ['anna@northlight.example reviewer --client acme', 'anna@northlight.example owner'],
    })
    .argument('<member>', 'e-mail address')
    .addArgument(new Argument('<role>', 'with --client for it').choices([...clientRole.options, ...teamRole.options]))
  act<object, [string, string]>(role, async (run, _, member, named) => {
    const { client } = run
    const given = toRole(client, named)
    const input =
      'role' in given
        ? { member, client: null, role: given.role }
        : { member, client: client ?? '', role: given.clientRole }
    return settle(run, await run.withApi('write', (api) => api.team.setRole(input)))
  })

  const revoke = team
    .command('revoke')
    .summary('take away the role for a client, shut a device out, or remove a member')
    .about({
      calls: ['team.setRole', 'team.revokeDevice --device'],
      example: ['anna@northlight.example --client acme', 'anna@northlight.example'],
    })
    .asks('ends the access for good on the server and replaces its keys, while what was read stays readable')
    .argument('[member]', 'e-mail address; with --client their role for it, else the member is removed')
    .option('--device <uid>', 'shut this device out instead; your own, or as an owner any')
  act<{ readonly device?: string }, [string | undefined]>(revoke, async (run, { device }, member) => {
    const { client = null } = run
    if ((member === undefined) === (device === undefined) || (device !== undefined && client !== null)) {
      throw new Misuse('It is not clear what to revoke.', 'Name a member by e-mail address, or a device with --device.')
    }
    return settle(
      run,
      await run.withApi('write', (api) =>
        device === undefined
          ? api.team.setRole({ member: member ?? '', client, role: null })
          : api.team.revokeDevice({ device }),
      ),
    )
  })

  const approvals = team
    .command('approval')
    .summary('decide whether changes need the approval of a second member before they are sent')
    .about({ calls: 'team.requireApprovals', example: ['required --client acme', 'not-required'] })
    .addArgument(new Argument('<decision>', 'of the client that --client names, else of all').choices(DECISIONS))
  act<object, [(typeof DECISIONS)[number]]>(approvals, async (run, _, decision) => {
    const input = { client: run.client ?? null, required: decision === 'required' }
    return settle(run, await run.withApi('write', (api) => api.team.requireApprovals(input)))
  })
  defineRepairs(team, act)
}

/** `team paper|resolve|keep|drop|move|leave`. */
function defineRepairs(team: Command, act: Act): void {
  const paper = team
    .command('paper')
    .summary('replace the recovery code of the team; the former one ends')
    .about({ calls: 'team.paper', isWhole: true, printsOnce: true })
    .addHelpText('after', '\nJSON keys: code\n')
  act<object, []>(paper, async (run) => {
    const done = await run.withApi('write', (api) => api.team.paper())
    if (run.json) await printObject(run.terminal, done)
    else await printPaper(run, done.code)
    return EXIT.done
  })

  const decide = team
    .command('resolve')
    .summary('decide where a log stopped: which of two histories counts, or which batch is passed over')
    .about({ calls: 'team.resolve', example: 'LOG HEAD', isWhole: true })
    .asks('decides for every device what counts in the log')
    .argument('<log>', 'as castellan team status prints it')
    .argument('<head>', 'one of its choices')
    .addHelpText('after', '\nWhat was decided on the other history waits again on the devices of its authors.\n')
  act<object, [string, string]>(decide, async (run, _, log, head) =>
    settle(run, await run.withApi('write', (api) => api.team.resolve({ log, head: head.toLowerCase() }))),
  )

  const keep = addDecisions(team.command('keep'))
    .summary('decide again what was asked back, over what others decided meanwhile')
    .about({ calls: 'team.keep', example: EXAMPLE, isWhole: true })
  act<object, [string[]]>(keep, async (run, _, uids) =>
    settle(run, await run.withApi('write', (api) => api.team.keep({ uids }))),
  )

  const drop = addDecisions(team.command('drop'))
    .summary('give up what was asked back')
    .about({ calls: 'team.drop', example: EXAMPLE, isWhole: true })
  act<object, [string[]]>(drop, async (run, _, uids) =>
    settle(run, await run.withApi('write', (api) => api.team.drop({ uids }))),
  )

  const move = team
    .command('move')
    .summary('use another server for the team, or this one under another certificate')
    .about({ calls: 'team.move', example: '--host db2.agency.example', isWhole: true })
  addPlace(move).addHelpText(
    'after',
    '\nAn owner moves the team: the new server is set up and filled from this device, and others follow. On the device of another member,' +
      '\nor with the same --host and another --authority, only this device looks there.\n',
  )
  act<PlaceOptions, []>(move, async (run, options) => {
    const place = toPlace(run, options)
    if (place === null) throw new Misuse('No server was named.', 'Give --host.')
    return settle(run, await run.withApi('write', (api) => api.team.move(place)))
  })

  const leave = team
    .command('leave')
    .summary('end this device in the team; the register stays, and nothing is exchanged any more')
    .about({ calls: 'team.leave', isWhole: true })
    .asks('shuts this device out of the team for good, while what was read stays here')
  act<object, []>(leave, async (run) => settle(run, await run.withApi('write', (api) => api.team.leave())))
}

const EXAMPLE = '01890000-0000-7000-8000-000000000001'

function addDecisions(command: Command): Command {
  return command.argument('<decisions...>', 'by uid, as castellan team status prints them')
}
