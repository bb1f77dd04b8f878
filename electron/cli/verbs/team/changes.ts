import { Argument, Option } from 'commander'

import type { TeamDecided } from '../../../../shared/contract/team.ts'
import { AGENCY_ROLES, type AgencyRole, CLIENT_ROLES, type ClientRole } from '../../../../shared/domain/team-roles.ts'
import type { Command } from '../../kit/command.ts'
import { EXIT, type ExitCode } from '../../kit/exit-code.ts'
import { Misuse } from '../../kit/failure.ts'
import { printEither } from '../../kit/listing.ts'
import { manyOption, wholeNumber } from '../../kit/options.ts'
import type { Act, Run } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'
import { readAuthority } from './entry.ts'
import { listSql } from './fields.ts'

const DECIDED_KEYS =
  '\nExit code 3 while it waits for the server, 1 when it has no effect, since others decided first.\nJSON keys: effect (effective, waiting, void), problem, sql\n'

const DECISIONS = ['required', 'not-required'] as const

/** Defines `team grant|revoke|approval|rotate|mend|move`. */
export function defineChanges(team: Command, act: Act): void {
  const grant = team
    .command('grant')
    .summary('give a member a role for a client, or set their roles in the agency')
    .about({
      calls: 'team.grant',
      example: ['anna@northlight.example --client acme --role reviewer', 'anna@northlight.example --agency owner'],
    })
    .argument('<member>', 'e-mail address')
    .addOption(new Option('--role <role>', 'for the client that --client names').choices(CLIENT_ROLES))
    .addOption(manyOption('--agency <role>', 'all of their roles in the agency', [...AGENCY_ROLES, 'none']))
    .addHelpText('after', DECIDED_KEYS)
  act<{ readonly role?: ClientRole; readonly agency?: readonly (AgencyRole | 'none')[] }, [string]>(
    grant,
    async (run, { role, agency }, member) => {
      const { client } = run
      if (agency !== undefined && role === undefined && client === undefined) {
        const roles = agency.filter((each) => each !== 'none')
        return settle(run, await run.withApi('write', (api) => api.team.grant({ member, roles })))
      }
      if (role === undefined || client === undefined || agency !== undefined) {
        throw new Misuse(
          'It is not clear what to grant.',
          'castellan team grant EMAIL --client SLUG --role reviewer, or castellan team grant EMAIL --agency owner',
        )
      }
      return settle(run, await run.withApi('write', (api) => api.team.grant({ member, client, role })))
    },
  )

  const revoke = team
    .command('revoke')
    .summary('take away access to a client, revoke a device, or remove a member')
    .about({
      calls: 'team.revoke --device',
      example: ['anna@northlight.example --client acme', 'anna@northlight.example'],
    })
    .asks('ends the access for good on the server and replaces its keys, while what was read stays readable')
    .argument('[member]', 'e-mail address; with --client their access to it, else the member is removed')
    .option('--device <uid>', 'revoke this device instead')
    .addHelpText('after', DECIDED_KEYS)
  act<{ readonly device?: string }, [string | undefined]>(revoke, async (run, { device }, member) => {
    const { client } = run
    if ((member === undefined) === (device === undefined) || (device !== undefined && client !== undefined)) {
      throw new Misuse('It is not clear what to revoke.', 'Name a member by e-mail address, or a device with --device.')
    }
    const input =
      device !== undefined
        ? { device }
        : client === undefined
          ? { member: member ?? '' }
          : { member: member ?? '', client }
    return settle(run, await run.withApi('write', (api) => api.team.revoke(input)))
  })

  const approval = team
    .command('approval')
    .summary('decide whether changes need the approval of a second member before they are sent')
    .about({ calls: 'team.requireApprovals', example: ['required --client acme', 'not-required'] })
    .addArgument(new Argument('<decision>', 'of the client that --client names, else of all').choices(DECISIONS))
    .addHelpText('after', DECIDED_KEYS)
  act<object, [(typeof DECISIONS)[number]]>(approval, async (run, _options, decision) => {
    const { client = null } = run
    const input = { client, required: decision === 'required' }
    return settle(run, await run.withApi('write', (api) => api.team.requireApprovals(input)))
  })

  defineRepairs(team, act)
}

/** `team rotate|mend|move`: changes of keys, logs and the server. */
function defineRepairs(team: Command, act: Act): void {
  const rotate = team
    .command('rotate')
    .summary('replace the keys that are due since a reader was removed')
    .about({ calls: 'team.rotate', isWhole: true })
    .option('--lost <client>', 'declare a key lost that this device lacks and no owner or lead has, by slug or uid')
    .addHelpText(
      'after',
      '\nAn owner’s exchange does so too. With --lost, what the lost key sealed loses its effect on all devices: those that' +
        '\ndecided it place it again.\nJSON keys: rotated, effect, problem, sql\n',
    )
  act<{ readonly lost?: string }, []>(rotate, async (run, { lost }) => {
    const done = await run.withApi('write', (api) => api.team.rotate(lost === undefined ? {} : { lost }))
    return settle(run, done, `Keys replaced: ${done.rotated}.`)
  })

  const mend = team
    .command('mend')
    .summary('let devices go on where a log stopped: past an entry, or with one of two histories')
    .about({ calls: 'team.mend', isWhole: true })
    .option('--adopt <heads...>', 'adopt the server’s history of the logs with these heads, 64 hexadecimal digits each')
    .addHelpText(
      'after',
      '\nFor an entry that rests on others which were never placed: an owner declares it void. It stays in the history,' +
        '\nwithout an effect. With --adopt, the server’s history counts where it shows another one than this device holds: an owner' +
        '\nchooses for all devices, and each member for the log of members and devices on their own. What was decided on the other' +
        '\nhistory is placed again by the devices that decided it.\nJSON keys: mended, effect, problem, sql\n',
    )
  act<{ readonly adopt?: readonly string[] }, []>(mend, async (run, { adopt = [] }) => {
    const done = await run.withApi('write', (api) => api.team.mend({ adopt: [...adopt] }))
    return settle(
      run,
      done,
      adopt.length > 0
        ? `Histories adopted: ${done.mended}.`
        : done.mended === 0
          ? 'No log stopped at such an entry.'
          : `Entries declared void: ${done.mended}.`,
    )
  })

  const move = team
    .command('move')
    .summary('use another server, which has the team’s database restored from a dump')
    .about({ calls: 'team.move', example: '--host db2.agency.example', isWhole: true })
    .requiredOption('--host <name>', 'the server, by the name in its certificate')
    .option('--port <port>', 'its port (else 5432)', wholeNumber)
    .option('--database <name>', 'its database (else castellan)')
    .option('--authority <file>', 'the certificate of the authority, PEM; left out where the system knows it')
    .addHelpText(
      'after',
      '\nAn owner moves the team: other devices follow once they have read it on the former server. On the device of another member,' +
        '\nonly this device looks there. What the dump lacks is placed again by the devices that hold it.' +
        '\nJSON keys: effect, problem, sql\n',
    )
  act<MoveOptions, []>(move, async (run, { host, port = 5432, database = 'castellan', authority }) => {
    const server = { host, port, database, authority: readAuthority(run, authority) }
    return settle(run, await run.withApi('write', (api) => api.team.move(server)), 'Moved.')
  })
}

interface MoveOptions {
  readonly host: string
  readonly port?: number
  readonly database?: string
  readonly authority?: string
}

async function settle(run: Run, done: TeamDecided, sentence = 'Placed.'): Promise<ExitCode> {
  const { effect, problem, sql } = done
  const [words, code] = {
    effective: [sentence, EXIT.done] as const,
    waiting: ['It waits.', EXIT.partial] as const,
    void: ['It has no effect.', EXIT.failed] as const,
  }[effect]
  await printEither(run, done, [`${words} ${shown(problem ?? '')}`.trimEnd(), ...listSql(sql)])
  return code
}
