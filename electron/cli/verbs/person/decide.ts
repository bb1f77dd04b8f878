import { Option, type Command } from 'commander'

import { MATCH_STATES, type MatchRow } from '../../../../shared/contract/people.ts'
import { toLocalDay } from '../../../../shared/domain/day.ts'
import { type AskedDay, dayOption } from '../../kit/day-option.ts'
import { Misuse } from '../../kit/failure.ts'
import { printEither } from '../../kit/listing.ts'
import { wholeNumber } from '../../kit/options.ts'
import type { Act } from '../../kit/run.ts'

/** `person decide` and `person reviewed`. */
export function defineDecide(command: Command, act: Act): void {
  const decide = command
    .command('decide')
    .description('Decide that two people are not the same, or open the question again.')
    .argument('<id>', 'the number of the possible duplicate, as person matches lists it', wholeNumber)
    .addOption(
      new Option('--state <state>', 'rejected: they are not the same').choices(MATCH_STATES).makeOptionMandatory(),
    )
    .addHelpText('after', '\nJSON keys: matchId, state')
  act<{ readonly state: MatchRow['state'] }, [number]>(decide, async (run, { state }, matchId) => {
    await run.withApi('write', (api) => api.people.decideMatch({ matchId, state }))
    await printEither(run, { matchId, state }, [`Possible duplicate ${matchId}: ${state}.`])
  })

  const reviewed = command
    .command('reviewed')
    .description('Record on which day the access of an account was last reviewed.')
    .argument('<id>', 'the number of the account: principalId of castellan access --json', wholeNumber)
    .addOption(dayOption('--on', 'the day of the review, today unless given', 'back'))
    .option('--clear', 'no review is known')
    .addHelpText('after', '\nJSON keys: principalId, lastReviewedOn')
  act<{ readonly on?: AskedDay; readonly clear?: true }, [number]>(
    reviewed,
    async (run, { on, clear }, principalId) => {
      if (on !== undefined && clear !== undefined) {
        throw new Misuse('--on and --clear contradict each other.', 'Give one of them.')
      }
      const now = run.terminal.now()
      const day = clear === undefined ? (on ?? toLocalDay)(now) : null
      await run.withApi('write', (api) => api.people.setReviewed({ principalId, on: day }))
      await printEither(run, { principalId, lastReviewedOn: day }, [
        `Account ${principalId}: last reviewed ${day ?? 'unknown'}.`,
      ])
    },
  )
}
