import type { Reminder } from '../../../shared/contract/reminders.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { describeKeys, type Field, once, printListing, printEither } from '../kit/listing.ts'
import { EXIT } from '../kit/exit-code.ts'
import { Misuse } from '../kit/failure.ts'
import { wholeNumbers } from '../kit/options.ts'
import { type DefineVerb, readScope } from '../kit/run.ts'
import { defineListVerb } from '../kit/list-verb.ts'
import { minuteField } from '../kit/fields.ts'

const FIELDS: readonly Field<Reminder>[] = [
  { key: 'reminderId', json: (row) => row.id, column: { title: 'ID', align: 'right' } },
  { key: 'keyId', json: (row) => row.keyId },
  { key: 'key', json: (row) => row.keyName, column: { title: 'Key', flexible: true } },
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  { key: 'dueOn', json: (row) => row.dueOn, column: { title: 'Due' } },
  { key: 'step', json: (row) => row.rung, column: { title: 'Step' } },
  minuteField('firedAt', { title: 'Sent' }, (row) => row.firedAt),
  minuteField('seenAt', { title: 'Seen' }, (row) => row.seenAt),
]

/** The most rows that one call returns or accepts. */
const MOST = 500

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .description('List the reminders that were sent about keys, newest first.')
    .option('--unseen', 'only those that are not marked as seen')
  defineListVerb<Reminder, { readonly unseen?: true }>(list, act, {
    fields: FIELDS,
    empty: 'No reminders.',
    read: (api, asked) => api.reminders.list({ unseen: false, ...asked, limit: MOST }),
  })

  const check = command
    .command('check')
    .description('Send the reminders that are due, and list them. An open window does this by itself.')
  describeKeys(check, FIELDS)
  act<object, []>(check, async (run) => {
    const { fired } = await run.withApi('write', (api) => api.reminders.check())
    await printListing(run, { fields: FIELDS, empty: 'No reminder is due.' }, once(fired))
  })

  const seen = command
    .command('seen')
    .description('Mark reminders as seen.')
    .argument('[ids...]', 'their numbers, as reminders list shows them', wholeNumbers)
    .option('--all', 'all that are not marked as seen')
    .addHelpText('after', '\nJSON keys: seen')
  act<{ readonly all?: true }, [readonly number[]]>(seen, async (run, { all }, ids) => {
    if ((all === true) === ids.length > 0) {
      throw new Misuse('It is not clear which reminders are meant.', 'Give their numbers, or --all.')
    }
    const count = await run.withApi('write', async (api) => {
      const unseen = async (): Promise<readonly number[]> =>
        (await api.reminders.list({ ...readScope(run), unseen: true, limit: MOST })).map(({ id }) => id)
      if (all === undefined) {
        await api.reminders.seen({ ids: [...ids] })
        return ids.length
      }
      let done = 0
      for (let some = await unseen(); some.length > 0; some = await unseen()) {
        await api.reminders.seen({ ids: [...some] })
        done += some.length
      }
      return done
    })
    await printEither(run, { seen: count }, [`Marked ${counted(count, 'reminder')} as seen.`])
    return EXIT.done
  })
}
