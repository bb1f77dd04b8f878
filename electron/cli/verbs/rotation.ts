import { InvalidArgumentError, Option } from 'commander'

import type { Inputs } from '../../../shared/contract/contract.ts'
import type { KeyRow } from '../../../shared/contract/keys.ts'
import type { RotationRecord } from '../../../shared/contract/rotation-record.ts'
import { ROTATION_TRIGGERS, type RotationTrigger } from '../../../shared/domain/rotation.ts'
import type { Command } from '../kit/command.ts'
import { type AskedDay, dayOption } from '../kit/day-option.ts'
import { printRow } from '../kit/listing.ts'
import { Failed, Misuse } from '../kit/failure.ts'
import { KEY_FIELDS } from './key/fields.ts'
import { wholeNumber } from '../kit/options.ts'
import { formatCommand } from '../kit/next.ts'
import type { Act, DefineVerb, Run } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { defineListVerb } from '../kit/list-verb.ts'
import { ROTATION_FIELDS } from './rotation/fields.ts'

/** The settings of a key; each can be reset to the value from its name or the policy. */
const CLEARABLE = ['environment', 'team', 'purpose', 'contact', 'interval', 'due'] as const
type Clearable = (typeof CLEARABLE)[number]

interface MarkOptions {
  readonly on?: AskedDay
  readonly trigger?: RotationTrigger
  readonly note?: string
}

interface SetOptions {
  readonly environment?: string
  readonly team?: string
  readonly purpose?: string
  readonly contact?: string
  readonly interval?: number
  readonly due?: AskedDay
  readonly notes?: string
  readonly clear?: readonly Clearable[]
}

export const define: DefineVerb = (command, act) => {
  defineMark(command, act)
  defineSet(command, act)
  defineSnooze(command, act)
  defineHistory(command, act)
}

function defineMark(command: Command, act: Act): void {
  const mark = withKey(
    command
      .command('mark')
      .description('Record that a key was rotated. Its due day moves.')
      .about({ calls: 'rotation.mark', example: '12 --on yesterday --note "New key deployed"' }),
  )
    .addOption(dayOption('--on', 'the day on which it was rotated, today unless given', 'back'))
    .addOption(new Option('--trigger <trigger>', 'why it was rotated').choices(ROTATION_TRIGGERS))
    .option('--note <text>', 'a note for the record; the reason, which an admin key needs')
  mark.prints([{ key: 'rotationId' }, ...KEY_FIELDS])
  act<MarkOptions, [number]>(mark, async (run, { on, ...options }, keyId) => {
    const rotatedOn = on?.(run.terminal.now())
    const { rotationId, key } = await run.withApi('write', (api) =>
      api.rotation.mark({ keyId, ...options, ...(rotatedOn === undefined ? {} : { rotatedOn }) }),
    )
    const fields = [{ key: 'rotationId', json: () => rotationId }, ...KEY_FIELDS]
    const undo = formatCommand(['rotation', 'undo', String(keyId)], run)
    await printRow(run, fields, key, `Recorded the rotation of ${dueSentence(key)} Undo it: ${undo}`)
  })

  const undo = withKey(
    command
      .command('undo')
      .description('Undo the newest recorded rotation of a key. Its due day moves back.')
      .about({ calls: 'rotation.undo', example: '12' })
      .asks('undoes the newest recorded rotation of the key, so that its due day moves back'),
  )
  undo.prints(KEY_FIELDS)
  act<object, [number]>(undo, async (run, _options, keyId) => {
    const key = await run.withApi('write', async (api) => {
      const newest = (await api.rotation.history({ keyId })).find(({ undoneAt }) => undoneAt === null)
      if (newest === undefined) {
        throw new Failed(
          `No recorded rotation of key ${keyId} is left to undo.`,
          `See: castellan rotation history ${keyId}`,
        )
      }
      return (await api.rotation.undo({ rotationId: newest.id })).key
    })
    await printRow(run, KEY_FIELDS, key, `Undid the rotation of ${dueSentence(key)}`)
  })
}

function defineSet(command: Command, act: Act): void {
  const set = withKey(
    command
      .command('set')
      .description('Set what a key is for, and when it is due for rotation.')
      .about({ calls: 'rotation.set', example: ['12 --contact "Platform team" --interval 60', '12 --clear due'] }),
  )
    .option('--environment <name>', 'such as production')
    .option('--team <name>', 'the team that uses it')
    .option('--purpose <text>', 'what it is for')
    .option('--contact <name>', 'the person or team that is responsible for it')
    .option('--interval <days>', 'rotate it every so many days', wholeNumber)
    .addOption(dayOption('--due', 'rotate it by this day', 'ahead'))
    .option('--notes <text>', 'notes')
    .option('--clear <names...>', `follow the name or the policy again: ${CLEARABLE.join(', ')}`, clearable)
  set.prints(KEY_FIELDS)
  act<SetOptions, [number]>(set, async (run, options, keyId) => {
    const values = readValues(run, options)
    if (Object.keys(values).length === 0) {
      throw new Misuse('Nothing was given to set.', 'Give an option, such as --contact NAME. See --help.')
    }
    const key = await run.withApi('write', (api) => api.rotation.set({ keyId, ...values }))
    await printRow(run, KEY_FIELDS, key, `Set ${dueSentence(key)}`)
  })
}

/** Throws `Misuse` for a value that is both given and cleared. */
function readValues(run: Run, { clear = [], interval, due, ...given }: SetOptions): Omit<SetInput, 'keyId'> {
  const both = clear.find((name) => ({ ...given, interval, due })[name] !== undefined)
  if (both !== undefined) throw new Misuse(`--${both} and --clear ${both} contradict each other.`, 'Give one of them.')
  const field = (name: Clearable): string => ({ interval: 'intervalDays', due: 'dueOn' })[name as string] ?? name
  return {
    ...given,
    ...(interval === undefined ? {} : { intervalDays: interval }),
    ...(due === undefined ? {} : { dueOn: due(run.terminal.now()) }),
    ...Object.fromEntries(clear.map((name) => [field(name), null])),
  }
}

type SetInput = Inputs['rotation']['set']

function clearable(text: string, before: readonly Clearable[] | undefined): readonly Clearable[] {
  const name = CLEARABLE.find((each) => each === text.trim())
  if (name === undefined) throw new InvalidArgumentError(`Write one or more of ${CLEARABLE.join(', ')}.`)
  return [...(before ?? []), name]
}

function defineSnooze(command: Command, act: Act): void {
  const snooze = withKey(
    command
      .command('snooze')
      .description('Silence the reminders of a key until a day.')
      .about({ calls: 'rotation.snooze', example: ['12 --until 7d', '12 --off'] }),
  )
    .addOption(dayOption('--until', 'the day on which reminders begin again', 'ahead'))
    .option('--off', 'end the silence')
  snooze.prints(KEY_FIELDS)
  act<{ readonly until?: AskedDay; readonly off?: true }, [number]>(snooze, async (run, { until, off }, keyId) => {
    if ((until === undefined) === (off === undefined)) {
      throw new Misuse('The end of the silence is missing.', 'Give --until DAY or --off.')
    }
    const day = until?.(run.terminal.now()) ?? null
    const key = await run.withApi('write', (api) => api.rotation.snooze({ keyId, until: day }))
    const says = day === null ? 'are no longer silenced' : `are silenced until ${day}`
    await printRow(run, KEY_FIELDS, key, `Reminders of ${shown(key.name)} ${says}.`)
  })
}

function defineHistory(command: Command, act: Act): void {
  const history = withKey(
    command
      .command('history')
      .description('List the recorded rotations of a key, newest first.')
      .about({ calls: 'rotation.history', example: '12' }),
  )
  defineListVerb<RotationRecord, object, [number]>(history, act, {
    fields: ROTATION_FIELDS,
    empty: 'No rotation of this key is recorded.',
    read: (api, _asked, keyId) => api.rotation.history({ keyId }),
  })
}

function withKey(command: Command): Command {
  return command.argument('<id>', 'the number of the key: keyId of castellan key list --json', wholeNumber)
}

function dueSentence({ name, rotation: { dueOn } }: KeyRow): string {
  return dueOn === null ? `${shown(name)}.` : `${shown(name)}: due on ${dueOn}.`
}
