import { Option } from 'commander'

import { MATCH_STATES, type MatchRow } from '../../../../shared/contract/people.ts'
import { toLocalDay } from '../../../../shared/domain/day.ts'
import type { Command } from '../../kit/command.ts'
import { type AskedDay, dayOption } from '../../kit/day-option.ts'
import { visibleText } from '../../../../shared/domain/text/visible-text.ts'
import { Misuse } from '../../kit/failure.ts'
import { printEither } from '../../kit/listing.ts'
import { wholeNumber } from '../../kit/options.ts'
import type { Act } from '../../kit/run.ts'

/** `person duplicate decide`, `person reviewed` and `person leaving`. */
export function defineDecide(command: Command, duplicate: Command, act: Act): void {
  const decide = duplicate
    .command('decide')
    .description('Decide that two people are not the same, or open the question again.')
    .about({ calls: 'people.decideMatch --state', example: '2 --state rejected' })
    .argument('<id>', 'the number of the possible duplicate, as person duplicate list shows it', wholeNumber)
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
    .about({ calls: 'people.setReviewed --on', example: '31 --on yesterday' })
    .argument('<id>', 'the number of the account: principalId of castellan access list --json', wholeNumber)
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

  defineLeaving(command, act)
}

interface LeavingOptions {
  readonly on?: AskedDay
  readonly why?: string
  readonly undo?: true
}

function defineLeaving(command: Command, act: Act): void {
  const leaving = command
    .command('leaving')
    .description('Mark a person as leaving, as an HR file would; today or an earlier day makes them a leaver now.')
    .about({
      calls: ['people.markLeaving --on', 'people.unmarkLeaving --undo'],
      example: ['31 --on today --why "Contract ended"', '31 --undo'],
    })
    .argument('<id>', 'the number of the person, as person list --json has it', wholeNumber)
    .addOption(dayOption('--on', 'the last day', 'ahead'))
    .option('--why <text>', 'the reason, which is part of the audit log')
    .option('--undo', 'remove the mark: what HR reported before holds again')
    .addHelpText('after', '\nJSON keys: personId, departed, lastDay, reason\n')
  act<LeavingOptions, [number]>(leaving, async (run, { on, why, undo }, personId) => {
    if (undo !== undefined) {
      if (on !== undefined || why !== undefined) {
        throw new Misuse('--undo takes neither a day nor a reason.', 'Give --undo alone.')
      }
      const { employment } = await run.withApi('write', (api) => api.people.unmarkLeaving({ personId }))
      const after = {
        personId,
        departed: employment?.departed ?? false,
        lastDay: employment?.endsOn ?? null,
        reason: null,
      }
      await printEither(run, after, [`Person ${personId} is not marked as leaving any more.`])
      return
    }
    if (on === undefined || why === undefined) {
      throw new Misuse('The last day and the reason are needed.', 'Give --on DAY and --why TEXT.')
    }
    const day = on(run.terminal.now())
    const { departed, name } = await run.withApi('write', (api) =>
      api.people.markLeaving({ personId, on: day, reason: why }),
    )
    await printEither(run, { personId, departed, lastDay: day, reason: why }, [
      `${visibleText(name)} ${departed ? 'is a leaver' : 'leaves'}; the last day is ${day}. Undo it: castellan person leaving ${personId} --undo`,
    ])
  })
}
