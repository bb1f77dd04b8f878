import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { Option } from 'commander'

import type { Inputs } from '../../../../shared/contract/contract.ts'
import { AGENCY_ROLES, type AgencyRole } from '../../../../shared/domain/team-roles.ts'
import type { Command } from '../../kit/command.ts'
import { EXIT } from '../../kit/exit-code.ts'
import { Misuse } from '../../kit/failure.ts'
import { printEither, printLines, printObject } from '../../kit/listing.ts'
import { manyOption, wholeNumber } from '../../kit/options.ts'
import type { Act, Run } from '../../kit/run.ts'
import { readSecret } from '../../kit/secret-input.ts'
import { isoTime, minuteCell } from '../../kit/text/when.ts'
import { listSql, toStatusLines } from './fields.ts'

interface InitOptions {
  readonly name?: string
  readonly member?: string
  readonly email?: string
  readonly host?: string
  readonly port?: number
  readonly database?: string
  readonly authority?: string
  readonly administrator?: string
  readonly manageLogins?: true
  readonly beginAgain?: true
}

interface InviteOptions {
  readonly name?: string
  readonly role?: readonly AgencyRole[]
  readonly administrator?: string
}

const ADMINISTRATOR = 'a login of the server that may create roles; its password comes on standard input'

/** `team init|invite|join`: how a profile comes into a team. */
export function defineEntry(team: Command, act: Act): void {
  const init = team
    .command('init')
    .summary('found a team, on a PostgreSQL with TLS')
    .about({
      calls: 'team.init',
      example: ['--name Northlight --host db.agency.example', ''],
      isWhole: true,
      printsOnce: true,
    })
    .option('--name <team>', 'the name of the team')
    .option('--member <name>', 'your name in the team (else the operator’s)')
    .option('--email <address>', 'your e-mail address')
    .option('--host <name>', 'the server, by the name in its certificate')
    .option('--port <port>', 'its port (else 5432)', wholeNumber)
    .option('--database <name>', 'an empty database (else castellan)')
    .option('--authority <file>', 'the certificate of the authority, PEM; left out where the system knows it')
    .option('--administrator <login>', ADMINISTRATOR)
    .option('--manage-logins', 'your own login may make and end those of members')
    .option('--begin-again', 'end a founding that is under way, and found the team in another empty database')
    .addHelpText(
      'after',
      '\nWithout --administrator it prints the SQL that sets up the database; run again without options, it goes on from there.' +
        '\nExit code 3 when the SQL is to be run first.\nJSON keys: founded, sql, status\n',
    )
  act<InitOptions, []>(init, async (run, options) => {
    const input = await toInit(run, options)
    const done = await run.withApi('write', (api) => api.team.init(input))
    if (run.json) await printObject(run.terminal, done)
    else if (done.founded) await printLines(run.terminal, toStatusLines(done.status))
    else
      await printLines(
        run.terminal,
        done.sql.map((statement) => `${statement};`),
      )
    if (done.founded) return EXIT.done
    await run.terminal.err(
      'Have the administrator run this in the empty database, then run castellan team init again without options.\n',
    )
    return EXIT.partial
  })

  const invite = team
    .command('invite')
    .summary('invite a person, or a further device of a member')
    .about({
      calls: 'team.invite',
      example: 'anna@northlight.example --name "Anna Berg"',
      isWhole: true,
      printsOnce: true,
    })
    .argument('<email>', 'their e-mail address')
    .option('--name <name>', 'the name of a new member')
    .addOption(manyOption('--role <role>', 'a role in the agency', AGENCY_ROLES))
    .option('--administrator <login>', ADMINISTRATOR)
    .addHelpText(
      'after',
      '\nThe code is shown once and holds for 72 hours. Give it over a way that the database’s owner does not read.' +
        '\nJSON keys: code, until, member, effect, problem, sql\n',
    )
  act<InviteOptions, [string]>(invite, async (run, { name, role, administrator }, email) => {
    const input = {
      email,
      ...(name === undefined ? {} : { name }),
      ...(role === undefined ? {} : { roles: [...role] }),
      ...(await readAdministrator(run, administrator)),
    }
    const done = await run.withApi('write', (api) => api.team.invite(input))
    await printEither(run, { ...done, until: isoTime(done.until) }, [done.code], [done.code])
    const { terminal } = run
    await terminal.err(`It holds until ${minuteCell(done.until)}, and is not shown again.\n`)
    if (done.problem !== null)
      await terminal.err(
        `The member ${done.effect === 'void' ? 'was not added' : 'waits to be placed'}. ${done.problem}\n`,
      )
    if (!run.json) for (const line of listSql(done.sql)) await terminal.err(`${line}\n`)
    return done.effect === 'effective' && done.sql.length === 0 ? EXIT.done : EXIT.partial
  })

  const join = team
    .command('join')
    .summary('join a team by the code of an invite, in a profile without clients')
    .about({ calls: 'team.join', example: '--profile ~/castellan-team < invite', isWhole: true, createsRegister: true })
    .addOption(
      new Option('--wait <minutes>', 'until an owner’s device lets this one in (else 10)').argParser(wholeNumber),
    )
    .option('--no-wait', 'ask, and end')
    .addHelpText(
      'after',
      '\nThe code comes on standard input. Exit code 3 when no owner’s device answered yet; castellan team exchange asks again.\n',
    )
  act<{ readonly wait: number | boolean | undefined }, []>(join, async (run, { wait }) => {
    const code = await readSecret(run.terminal, 'Invite', LONGEST_CODE)
    if (code === '') throw new Misuse('No invite was given.', 'Pass its code on standard input.')
    const status = await run.withApi('write', async (api) => {
      let found = await api.team.join({ code })
      const until = run.terminal.now() + (typeof wait === 'number' ? wait : wait === false ? 0 : WAIT_MINUTES) * 60_000
      while (found.state === 'asking' && run.terminal.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, ASK_MS))
        await api.team.exchange()
        found = await api.team.status()
      }
      return found
    })
    if (run.json) await printObject(run.terminal, status)
    else await printLines(run.terminal, toStatusLines(status))
    return status.state === 'asking' ? EXIT.partial : EXIT.done
  })
}

const WAIT_MINUTES = 10
const ASK_MS = 5000
/** An invite contains the certificate of an authority. */
const LONGEST_CODE = 32_768

async function toInit(run: Run, options: InitOptions): Promise<Inputs['team']['init']> {
  const { name, member, email, host, port, database, authority, administrator, manageLogins, beginAgain } = options
  return {
    ...(name === undefined ? {} : { team: name }),
    ...(member === undefined ? {} : { name: member }),
    ...(email === undefined ? {} : { email }),
    ...(host === undefined
      ? {}
      : {
          server: {
            host,
            port: port ?? 5432,
            database: database ?? 'castellan',
            authority: readAuthority(run, authority),
          },
        }),
    ...(await readAdministrator(run, administrator)),
    manageLogins: manageLogins === true,
    beginAgain: beginAgain === true,
  }
}

/** The certificate of an authority in a file, PEM; null without one. */
export function readAuthority(run: Run, file: string | undefined): string | null {
  return file === undefined ? null : readFileSync(resolve(run.terminal.cwd, file), 'utf8')
}

async function readAdministrator(
  run: Run,
  login: string | undefined,
): Promise<Pick<Inputs['team']['invite'], 'administrator'>> {
  if (login === undefined) return {}
  const password = await readSecret(run.terminal, `Password of ${login}`)
  if (password === '') throw new Misuse('No password was given.', 'Pass that of the administrator on standard input.')
  return { administrator: { login, password } }
}
