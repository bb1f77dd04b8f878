import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { Option } from 'commander'

import { clientRole, type TeamStatus, teamRole } from '../../../../shared/contract/team.ts'
import type { Command } from '../../kit/command.ts'
import { EXIT, type ExitCode } from '../../kit/exit-code.ts'
import { Misuse } from '../../kit/failure.ts'
import { printEither, printLines, printObject } from '../../kit/listing.ts'
import { wholeNumber } from '../../kit/options.ts'
import type { Act, Run } from '../../kit/run.ts'
import { readSecret } from '../../kit/secret-input.ts'
import { shown } from '../../kit/text/shown.ts'
import { isoTime, minuteCell } from '../../kit/text/when.ts'
import { toStatusLines } from './fields.ts'

export interface PlaceOptions {
  readonly host?: string
  readonly port?: number
  readonly database?: string
  readonly authority?: string
}

interface InitOptions extends PlaceOptions {
  readonly name?: string
  readonly member?: string
  readonly email?: string
  readonly administrator?: string
}

/** The options that name a server. */
export function addPlace(command: Command): Command {
  return command
    .option('--host <name>', 'the server, by the name in its certificate')
    .option('--port <port>', 'its port (else 5432)', wholeNumber)
    .option('--database <name>', 'its database (else castellan)')
    .option('--authority <file>', 'the certificate of the authority, PEM; left out where the system knows it')
}

/** The place that the options name; null without a host. */
export function toPlace(run: Run, { host, port = 5432, database = 'castellan', authority }: PlaceOptions) {
  if (host === undefined) return null
  const pem = authority === undefined ? null : readFileSync(resolve(run.terminal.cwd, authority), 'utf8')
  return { host, port, database, authority: pem }
}

/** Prints a change in words. */
export async function settle(run: Run, done: { readonly sentence: string }): Promise<ExitCode> {
  await printEither(run, done, [shown(done.sentence)])
  return EXIT.done
}

/** `team host|init|invite|join`: the ways into a team. */
export function defineEntry(team: Command, act: Act): void {
  defineFounding(team, act)
  defineJoining(team, act)
}

function defineFounding(team: Command, act: Act): void {
  const host = team
    .command('host')
    .summary('keep a PostgreSQL for a team on this machine, with TLS, and renew its certificate')
    .about({ example: ['--name db.agency.example', '--stop'], isWhole: true, createsRegister: true })
    .option(
      '--name <host>',
      'the name or address by which other machines reach this one (else as before, or the machine’s own)',
    )
    .option('--port <port>', 'else as before, or the first free one from 5432 on', wholeNumber)
    .option('--stop', 'stop it; its data stays')
    .addHelpText(
      'after',
      '\nIt runs as this user, and starts again with the machine where the system has a way for that. No profile is opened.\n',
    )
  act<{ readonly name?: string; readonly port?: number; readonly stop?: true }, []>(
    host,
    async (run, { name = null, port = null, stop }) => {
      const { hostTeam, stopHost } = await import('../../../host/host.ts')
      try {
        if (stop === true) await stopHost()
        else await hostTeam({ name, port }, (line) => run.terminal.out(`${line}\n`))
        return EXIT.done
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'HostError') throw error
        await run.terminal.err(`${error.message}\n`)
        return EXIT.failed
      }
    },
  )

  const init = team
    .command('init')
    .summary('found a team, on a PostgreSQL with TLS')
    .about({
      calls: 'team.init',
      example: ['--name Northlight --email mara@northlight.example', ''],
      isWhole: true,
      printsOnce: true,
      createsRegister: true,
    })
    .option('--name <team>', 'the name of the team')
    .option('--member <name>', 'your name in the team (else the operator’s)')
    .option('--email <address>', 'your e-mail address')
  addPlace(init)
    .option(
      '--administrator <login>',
      'a login of the server that may create roles; its password comes on standard input',
    )
    .addHelpText(
      'after',
      '\nWithout --host it uses the database of this machine, made by: castellan team host. Without --administrator elsewhere, it prints the SQL' +
        '\nthat sets up the database, with exit code 3; run again without options, it goes on from there.' +
        '\nThe recovery code is printed once, on standard error: print it on paper, since it brings the team back where the owner’s device is lost.' +
        '\nJSON keys: status, sql, paper\n',
    )
  act<InitOptions, []>(init, async (run, options) => {
    const server = toPlace(run, options)
    const { name, member, email, administrator } = options
    const password = administrator === undefined ? '' : await readSecret(run.terminal, `Password of ${administrator}`)
    const done = await run.withApi('write', (api) =>
      api.team.init({
        ...(name === undefined ? {} : { team: name }),
        ...(member === undefined ? {} : { name: member }),
        ...(email === undefined ? {} : { email }),
        ...(server === null ? {} : { server }),
        ...(administrator === undefined ? {} : { administrator: { login: administrator, password } }),
      }),
    )
    if (run.json) await printObject(run.terminal, done)
    else if (done.sql.length === 0) await printLines(run.terminal, toStatusLines(done.status))
    else await printLines(run.terminal, done.sql)
    if (done.sql.length > 0) {
      await run.terminal.err('Have the administrator run this in the empty database, then castellan team init again.\n')
      return EXIT.partial
    }
    if (done.paper !== null && !run.json) await printPaper(run, done.paper)
    return EXIT.done
  })
}

function defineJoining(team: Command, act: Act): void {
  const invite = team
    .command('invite')
    .summary('invite a person with a first role, or a further device of a member')
    .about({
      calls: 'team.invite',
      example: ['ann@agency.example --name Ann --client acme --role lead', 'mara@agency.example'],
      printsOnce: true,
    })
    .argument('<email>', 'their e-mail address')
    .option('--name <name>', 'the name of a new member')
    .addOption(
      new Option('--role <role>', 'with --client for that client, else in the agency').choices([
        ...clientRole.options,
        ...teamRole.options,
      ]),
    )
    .addHelpText(
      'after',
      '\nThe code is shown once and holds for 72 hours. Give it over a way that the database’s owner does not read.' +
        '\nJSON keys: code, until, member, sentence\n',
    )
  act<{ readonly name?: string; readonly role?: string }, [string]>(invite, async (run, { name, role }, email) => {
    const { client } = run
    const given = role === undefined ? {} : toRole(client, role)
    const input = {
      email,
      ...(name === undefined ? {} : { name }),
      ...(client === undefined ? {} : { client }),
      ...given,
    }
    const done = await run.withApi('write', (api) => api.team.invite(input))
    await printEither(run, { ...done, until: isoTime(done.until) }, [done.code], [done.code])
    await run.terminal.err(`${done.sentence} It holds until ${minuteCell(done.until)}, and is not shown again.\n`)
    return EXIT.done
  })

  const join = team
    .command('join')
    .summary('join a team by the code of an invite, or by the recovery code, in a profile without clients')
    .about({ calls: 'team.join', example: '--profile ~/castellan-team < invite', isWhole: true, createsRegister: true })
    .option('--no-wait', 'ask to be let in, and end')
    .addHelpText(
      'after',
      '\nThe code comes on standard input. It waits ten minutes for an owner’s device; exit code 3 when none answered:' +
        '\ncastellan team exchange asks again.\n',
    )
  act<{ readonly wait: boolean }, []>(join, async (run, { wait }) => {
    const code = await readSecret(run.terminal, 'Invite', LONGEST_CODE)
    if (code === '') throw new Misuse('No invite was given.', 'Pass its code on standard input.')
    const status = await run.withApi('write', async (api) => {
      let found: TeamStatus = await api.team.join({ code })
      const until = run.terminal.now() + (wait ? WAIT_MS : 0)
      while (found.state === 'asking' && run.terminal.now() < until) {
        await new Promise((done) => setTimeout(done, ASK_MS))
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

const WAIT_MS = 10 * 60_000
const ASK_MS = 2000
/** An invite contains the certificate of an authority. */
const LONGEST_CODE = 40_000

/** A role as `--role` and `--client` name it together. Throws `Misuse` where they do not fit. */
export function toRole(client: string | undefined, role: string) {
  const ofClient = clientRole.safeParse(role)
  const ofTeam = teamRole.safeParse(role)
  if (client !== undefined && ofClient.success) return { clientRole: ofClient.data }
  if (client === undefined && ofTeam.success) return { role: ofTeam.data }
  const words = (client === undefined ? teamRole : clientRole).options.join(', ')
  throw new Misuse(
    `The role ${role} does not fit.`,
    `${client === undefined ? 'In the agency' : 'For a client'}: ${words}.`,
  )
}

/** Prints a recovery code, which is not shown again. */
export async function printPaper(run: Run, code: string): Promise<void> {
  await run.terminal.err(
    `\nThe recovery code of the team, shown once. Print it, and keep it where no one reads it:\n\n  ${code}\n\n`,
  )
}
