import { counted } from '../domain/counted.ts'
import { said } from '../domain/text/said.ts'
import { approvalWords, SENT_CHANGES, type SentChange, senderWords } from './evidence-changes.ts'
import { heading, paragraph, type SummaryNode, table } from './review-summary-tree.ts'

const MOST_LISTED = 50

/** Who added, approved and sent the changes at providers; nothing where none was sent. `formatTime` takes milliseconds. */
export function changesPart(
  changes: readonly SentChange[],
  formatTime: (at: number) => string,
): readonly SummaryNode[] {
  if (changes.length === 0) return []
  const { item, change, addedBy, approvedBy, sentBy } = SENT_CHANGES.fields
  const rest = changes.length - MOST_LISTED
  return [
    heading(2, SENT_CHANGES.title),
    paragraph(SENT_CHANGES.about),
    table(
      [item, change, addedBy, approvedBy, sentBy].map((name) => name ?? ''),
      changes
        .slice(0, MOST_LISTED)
        .map(({ item: position, says, added, approvals, sent }) => [
          String(position ?? ''),
          said(says),
          `${said(added.by)}, ${formatTime(added.at)}`,
          approvalWords(approvals, formatTime),
          `${senderWords(sent)}, ${formatTime(sent.at)}`,
        ]),
    ),
    ...(rest > 0 ? [paragraph(`And ${counted(rest, 'more change')}, in the evidence pack.`)] : []),
  ]
}
