import { Option } from 'commander'

import type { ReviewItem, ReviewItemFilter, ReviewRow, ReviewScheduleRow } from '../../../shared/contract/reviews.ts'
import { counted } from '../../../shared/domain/counted.ts'
import {
  ITEM_DECISIONS,
  type ItemDecision,
  REVIEW_KINDS,
  REVIEW_STATES,
  type ReviewKind,
  type ReviewState,
} from '../../../shared/domain/reviews/review.ts'
import type { Command } from '../kit/command.ts'
import { type AskedDay, dayOption } from '../kit/day-option.ts'
import { printLines, printObject, printEither, printRow } from '../kit/listing.ts'
import { Misuse } from '../kit/failure.ts'
import { wholeNumber, wholeNumbers } from '../kit/options.ts'
import { definePack } from './review/pack.ts'
import { defineSummary } from './review/summary.ts'
import { reviewItemFields, REVIEW_FIELDS, SCHEDULE_FIELDS } from './review/fields.ts'
import { formatCommand } from '../kit/next.ts'
import type { Act, DefineVerb } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { defineListVerb } from '../kit/list-verb.ts'

export const define: DefineVerb = (command, act) => {
  defineLists(command, act)
  defineOpen(command, act)
  defineItems(command, act)
  defineDecide(command, act)
  defineEnds(command, act)
  definePack(command, act)
  defineSummary(command, act)
}

function defineLists(command: Command, act: Act): void {
  const list = command
    .command('list')
    .description('List the reviews that were opened, newest first.')
    .about({ calls: 'reviews.list', example: '--client acme' })
    .addOption(new Option('--kind <kind>', 'only this kind').choices(REVIEW_KINDS))
    .addOption(new Option('--state <state>', 'only in this state').choices(REVIEW_STATES))
  defineListVerb<ReviewRow, { readonly kind?: ReviewKind; readonly state?: ReviewState }>(list, act, {
    fields: REVIEW_FIELDS,
    empty: 'No reviews. See what is due: castellan review schedule',
    read: (api, asked) => (slice) => api.reviews.list({ ...asked, ...slice }),
  })

  const schedule = command
    .command('schedule')
    .description('List what has to be reviewed by when, pressing ones first.')
    .about({ calls: 'reviews.schedule' })
  defineListVerb<ReviewScheduleRow>(schedule, act, {
    fields: SCHEDULE_FIELDS,
    empty: 'No clients.',
    read: (api, asked) => api.reviews.schedule(asked),
  })
}

interface OpenOptions {
  readonly check: ReviewKind
  readonly override?: string
}

function defineOpen(command: Command, act: Act): void {
  const open = command
    .command('open')
    .description('Open a review of a client (--client). Its population is frozen as it is now.')
    .about({ calls: 'reviews.open', example: '--check admins --client acme' })
    .addOption(new Option('--check <kind>', 'what to review').choices(REVIEW_KINDS).makeOptionMandatory())
    .option('--override <why>', 'open it with incomplete data; the reason is part of the evidence')
  act<OpenOptions, []>(open, async (run, { check, override }) => {
    const { client } = run
    if (client === undefined) throw new Misuse('A review is of one client.', 'Name it: --client SLUG')
    const row = await run.withApi('write', (api) =>
      api.reviews.open({ kind: check, client, ...(override === undefined ? {} : { override }) }),
    )
    const says =
      row.state === 'empty'
        ? `Review ${row.reviewId} of ${shown(row.client.name)}, ${row.name}: nothing to decide, so it is closed.`
        : `Opened review ${row.reviewId} of ${shown(row.client.name)}, ${row.name}: ${counted(row.items, 'item')}, ${row.flagged} with findings.`
    await printRow(run, REVIEW_FIELDS, row, says)
  })
}

interface FilterOptions {
  readonly search?: string
  readonly undecided?: boolean
  readonly flagged?: boolean
}

function withFilter(command: Command): Command {
  return command
    .option('--search <text>', 'only where the name, address or project holds this')
    .option('--undecided', 'only what is not decided')
    .option('--flagged', 'only what has findings')
}

function toFilter({ search, undecided, flagged }: FilterOptions): ReviewItemFilter {
  return {
    ...(search === undefined ? {} : { search }),
    ...(undecided ? { decided: false } : {}),
    ...(flagged ? { flagged } : {}),
  }
}

interface ItemsOptions extends FilterOptions {
  readonly decision?: ItemDecision
  readonly closure?: 'pending' | 'done'
}

function defineItems(command: Command, act: Act): void {
  const items = withFilter(
    withReview(
      command
        .command('item')
        .summary('items of a review')
        .command('list')
        .description('List the items of a review.')
        .about({ calls: 'reviews.items', example: '3 --undecided' }),
    ),
  )
    .addOption(new Option('--decision <decision>', 'only what was decided so').choices(ITEM_DECISIONS))
    .addOption(
      new Option(
        '--closure <state>',
        'only removals and changes that a sync has not verified, or has verified',
      ).choices(['pending', 'done']),
    )
  defineListVerb<ReviewItem, ItemsOptions, [number]>(items, act, {
    fields: reviewItemFields,
    empty: 'No items.',
    read: (api, { decision, closure, ...rest }, reviewId) => {
      const filter = { ...toFilter(rest), ...(decision && { decision }), ...(closure && { closure }) }
      return (slice) => api.reviews.items({ reviewId, ...filter, ...slice })
    },
  })
}

interface DecideOptions extends FilterOptions {
  readonly all?: boolean
  readonly decision: ItemDecision
  readonly why?: string
  readonly to?: string
  readonly until?: AskedDay
}

function defineDecide(command: Command, act: Act): void {
  const decide = withFilter(
    withReview(
      command
        .command('decide')
        .description('Decide items of an open review as a batch.')
        .about({
          calls: 'reviews.decide',
          example: ['3 12 13 --decision keep --why "Still needed"', '3 --all --undecided --decision remove'],
        }),
    ).argument('[items...]', 'the numbers of the items, as “review item list” shows them', wholeNumbers),
  )
    .option('--all', 'all items, or all that --search, --undecided and --flagged leave')
    .addOption(
      new Option('--decision <decision>', 'what to decide; “unknown” needs more information')
        .choices(ITEM_DECISIONS)
        .makeOptionMandatory(),
    )
    .option(
      '--why <text>',
      'the justification, or the question of “unknown”; needed to keep what has findings, to remove owners and admins, and for an exception',
    )
    .option('--to <role>', 'the role to change to, in the provider’s word; with --decision change')
    .addOption(dayOption('--until', 'until when an exception holds', 'ahead'))
  act<DecideOptions, [number, readonly number[]]>(decide, async (run, options, reviewId, items) => {
    const { all, decision, why, to, until } = options
    if ((all === true) === items.length > 0) {
      throw new Misuse('Which items are meant?', 'Give their numbers, or --all.')
    }
    const done = await run.withApi('write', (api) =>
      api.reviews.decide({
        reviewId,
        items: all === true ? toFilter(options) : [...items],
        decision,
        ...(why === undefined ? {} : { why }),
        ...(to === undefined ? {} : { to }),
        ...(until === undefined ? {} : { until: until(run.terminal.now()) }),
      }),
    )
    if (run.json) await printObject(run.terminal, { reviewId, ...done })
    else {
      const undo = formatCommand(['review', 'undo', String(reviewId), String(done.batch)], run)
      await printLines(run.terminal, [
        `Decided ${counted(done.decided, 'item')}: ${decision === 'unknown' ? 'more information needed' : decision}. Undo it: ${undo}`,
      ])
    }
  })

  const undo = withReview(
    command
      .command('undo')
      .description('Undo the decisions of one batch, until the review is signed.')
      .about({ calls: 'reviews.undo', example: '3 1' }),
  ).argument('<batch>', 'the number of the batch, as “review decide” printed it', wholeNumber)
  act<object, [number, number]>(undo, async (run, _options, reviewId, batch) => {
    const { undone } = await run.withApi('write', (api) => api.reviews.undo({ reviewId, batch }))
    await printEither(run, { reviewId, batch, undone }, [`Undid the decision about ${counted(undone, 'item')}.`])
  })
}

function defineEnds(command: Command, act: Act): void {
  const names = [
    {
      name: 'sign',
      calls: ['reviews.get', 'reviews.sign'],
      example: '3 --as "Mara Lind"',
      what: 'Sign off a review, once every item is decided.',
      says: 'Signed',
    },
    {
      name: 'acknowledge',
      calls: 'reviews.acknowledge',
      example: '3 --as "Sam Okafor"',
      what: 'Acknowledge a signed review. The signer cannot do this; in a team another member does, at their own device.',
      says: 'Acknowledged',
    },
  ] as const
  for (const { name, calls, example, what, says } of names) {
    const sub = withReview(command.command(name).description(what).about({ calls, example })).option(
      '--as <name>',
      'whose name; needed without a team, in which it is that of the member at this device',
    )
    if (name === 'sign') sub.option('--carry <why>', 'the reason for signing although items need more information')
    act<{ readonly as?: string; readonly carry?: string }, [number]>(
      sub,
      async (run, { as: given, carry }, reviewId) => {
        const { row, team, as } = await run.withApi('write', async (api) => {
          const as = given ?? (await api.team.status()).own?.name
          if (as === undefined || as === null)
            throw new Misuse('It is not clear in whose name.', 'Name who signs: --as NAME')
          if (name === 'acknowledge') await api.reviews.acknowledge({ reviewId, as })
          else await api.reviews.sign({ reviewId, as, ...(carry === undefined ? {} : { carry }) })
          return { ...(await api.reviews.get({ reviewId })), as }
        })
        const waits = team === null || team.waiting === 0 ? '' : ' The team gets it with the next exchange.'
        await printRow(
          run,
          REVIEW_FIELDS,
          row,
          `${says} review ${reviewId}, ${row.name}, as ${shown(as)}. ${getSum(row)}${waits}`,
        )
      },
    )
  }

  const cancel = withReview(
    command
      .command('cancel')
      .description('Cancel an open review.')
      .about({ calls: 'reviews.withdraw', example: '3 --why "Opened for the wrong client"' })
      .asks('cancels the review with all its decisions, for good', (api, [id]) =>
        api.reviews.get({ reviewId: Number(id) }),
      ),
  ).requiredOption('--why <text>', 'the reason')
  act<{ readonly why: string }, [number]>(cancel, async (run, { why }, reviewId) => {
    const row = await run.withApi('write', (api) => api.reviews.withdraw({ reviewId, why }))
    await printRow(run, REVIEW_FIELDS, row, `Cancelled review ${reviewId}, ${row.name}.`)
  })
}

function withReview(command: Command): Command {
  return command.argument('<review>', 'the number of the review, as “review list” shows it', wholeNumber)
}

function getSum({ items, decisions, pending }: ReviewRow): string {
  const { keep, change, remove, unknown } = decisions
  const decided = `${counted(items, 'item')}: ${keep} kept, ${change} to change, ${remove} to remove, ${unknown} ${unknown === 1 ? 'needs' : 'need'} more information.`
  return pending === 0 ? decided : `${decided} Not verified by a sync yet: ${pending}.`
}
