import { findSilence, KEYS } from '../../../shared/nouns/keys.ts'
import type { Command } from '../kit/command.ts'
import { Misuse } from '../kit/failure.ts'
import { printRow } from '../kit/listing.ts'
import { defineNounVerb } from '../kit/noun.ts'
import { wholeNumber } from '../kit/options.ts'
import type { Act, DefineVerb } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { KEY_FIELDS, keyFields } from './key/fields.ts'

export const define: DefineVerb = (command, act) => {
  defineList(command, act)
  defineDecoy(command, act)
}

function defineList(command: Command, act: Act): void {
  defineNounVerb(
    command
      .command('list')
      .description('List keys.')
      .about({
        calls: ['keys.list', 'views.list --view'],
        example: ['--client acme --view Production', '--environment production --environment staging --json'],
      }),
    act,
    KEYS,
    {
      fields: keyFields,
      views: 'keys',
      read: (api, filter) => (slice) => api.keys.list({ ...filter, sort: { by: 'name' }, ...slice }),
    },
  )
}

function defineDecoy(command: Command, act: Act): void {
  const decoy = command
    .command('decoy')
    .description('Mark a key as a decoy, whose use is a critical finding.')
    .about({
      calls: 'rotation.setDecoy',
      example: ['12 --reason "In the wiki page of the old server"', '12 --off --reason "Deleted there"'],
    })
    .argument('<id>', 'the number of the key: keyId of castellan key list --json', wholeNumber)
    .option('--reason <text>', 'where it was put, or why it is no longer a decoy')
    .option('--off', 'remove the mark')
  decoy.prints(KEY_FIELDS)
  act<{ readonly reason?: string; readonly off?: true }, [number]>(decoy, async (run, { reason, off }, keyId) => {
    if (off === undefined && reason === undefined) {
      throw new Misuse('The reason is missing.', 'Give --reason TEXT, such as where it was put, or --off.')
    }
    const marked = { keyId, decoy: off === undefined, reason: reason ?? '' }
    const key = await run.withApi('write', (api) => api.rotation.setDecoy(marked))
    const silence = off === undefined ? findSilence(key) : null
    const sentence = `${shown(key.name)} is ${off === undefined ? 'now' : 'no longer'} a decoy.`
    await printRow(run, KEY_FIELDS, key, silence === null ? sentence : `${sentence} ${silence}`)
  })
}
