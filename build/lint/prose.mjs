import { relative, resolve, sep } from 'node:path'

import { findRoom } from './rooms.mjs'

const root = resolve(import.meta.dirname, '../..')

/**
 * The words and forms that Castellan does not write, in strings, comments, test titles and documents, and what it writes
 * instead. docs/glossary.md has the words that it does write.
 */
const FORMS = toForms([
  ['anew|afresh', 'again'],
  ['of old', 'earlier, before'],
  ['all the same', 'still, anyway'],
  ['at once', 'immediately, together'],
  ['milliards?', 'billion'],
  ['besides', 'also, in addition'],
  ['hang(?:s|ing)? on', 'depends on'],
  ['whoever|somebody|nobody|theirs', 'the actor: the reviewer, the owner, the provider; no one'],
  ['(?:take|takes|taken|taking|took) (?:\\w+ ){0,2}in(?! (?:order|the|a|one|account)\\b)', 'import'],
  ['(?:give|gives|gave|given) back', 'export, return'],
  ['(?:put|puts|putting) (?:\\w+ ){0,3}in force|in force', 'activate, active'],
  ['by hand|hand(?:s|ed)? over|hand-?over', 'manual steps, manually'],
  ['remed(?:y|ies)', 'remediation, a change'],
  ['blast', 'impact'],
  ['wish(?:es|ed)?', 'request, change request'],
  ['rungs?', 'reminder step'],
  ['tells?|told|telling|untold', 'reports, shows, contains'],
  ['stands?|standing|stood(?! in)', 'is, exists, active, current'],
  ['says?|said|saying', 'reports, shows, states, is written'],
  ['lies|laid', 'is'],
  ['gone', 'removed, deleted, has left'],
  ['departed', 'leaver, former employee'],
  ['claimed', 'internal records, internal'],
  ['own records', 'internal records'],
  ['sudden(?:ly)?', 'anomaly'],
  ['advice', 'recommendation'],
  ['fates?', 'impact'],
  ['in one go', 'together, as a batch'],
  ['(?<!there )(?:is|are|was|were) no (?!longer|more|such|less|one)\\w+', 'is not a …, there is no …'],
  ['comes? to', 'adds up to, results in'],
])

/** The words of code alone: not in a string of the product, or a document, that people read. */
const OF_CODE = toForms([['journal(?:s|ed)?', 'audit log, recorded in the audit log']])

function toForms(forms) {
  return forms.map(([form, instead]) => ({
    form: new RegExp(`(?<![\\w./-])(?:${form})(?![\\w-]|\\.\\w)`, 'iu'),
    instead,
  }))
}

/** How no comment begins: a reader would learn its subject only at its end, or from the comment before. */
const OPENINGS = { What: 'the thing itself', Whether: 'True if', 'The same': 'the thing itself, or a verb' }

/** Where comments still begin so, by the reason. */
const OPENS_OTHERWISE = {
  'The description of its noun replaces it.': [
    'electron/register/access/',
    'electron/register/impact/',
    'electron/register/keys/',
    'electron/register/leavers/',
    'electron/register/people/',
    'electron/register/schema/',
    'renderer/features/reviews/search.ts',
    'renderer/features/usage/search.ts',
  ],
  'One fold for each noun replaces it.': ['electron/register/reviews/'],
  'One log for each client replaces it.': [
    'electron/register/team/',
    'electron/service/team/',
    'electron/team/',
    'shared/team/',
  ],
}

/** Where a form is right, and why. */
const ALLOWED = [
  // Keys that scripts read, named as they are.
  /JSON keys?: .*/gsu,
  // A former name of a verb, which stays readable.
  /^budget sudden$/gu,
  // Lines of a signed form, a word that keys are derived from, and a word that is searched for.
  /^journal(?: head)?: |^castellan journal end$|(?<=audit log )journal$/gu,
  // Words of the personnel files of others.
  /^\s*departed left gone former\b.*/gsu,
]

/**
 * The forms in a text that are not written: each with what is written instead. Code in quotes is left out. `isRead`: it
 * is of a document or a string of the product, which has no words of code.
 */
export function unusedForms(text, isRead = false) {
  const prose = ALLOWED.reduce((rest, part) => rest.replaceAll(part, ''), text.replaceAll(/`[^`]*`/gu, '``'))
  return [...FORMS, ...(isRead ? OF_CODE : [])].flatMap(({ form, instead }) => {
    const found = form.exec(prose)
    return found === null ? [] : [{ found: found[0], instead }]
  })
}

/** Finds the opening of a comment of the product or its build that is not written; null where it begins plainly. */
export function findOpening(comment, path) {
  if (!/^(?:shared|electron|renderer|build)\//u.test(path)) return null
  const excepted = Object.values(OPENS_OTHERWISE).flat()
  if (excepted.some((prefix) => path.startsWith(prefix))) return null
  const [, found] = /^[*\s]*(What|Whether|The same)\b/u.exec(comment) ?? []
  return found === undefined ? null : { found, instead: OPENINGS[found] }
}

/** True if a line of a comment continues the one above it, so that it begins nothing. */
function continues(comment, before) {
  return comment.type === 'Line' && before?.type === 'Line' && before.loc.end.line === comment.loc.start.line - 1
}

/** A string that people read: words with a space between, and no statement of SQL. */
function isProse(text) {
  return (
    /\p{L}{2}[^\n]* \p{L}/u.test(text) &&
    !/\b(?:SELECT|UPDATE|INSERT|DELETE|FROM|WHERE|JOIN|CREATE|AND|CASE|AS|TEXT|OR)\b/u.test(text)
  )
}

/** The lint rule: strings, templates, text of the window, and comments with their openings. */
export const prose = {
  meta: { type: 'problem', docs: { description: 'the words of the glossary' } },
  create(context) {
    const path = relative(root, context.filename).split(sep).join('/')
    const isOfProduct = findRoom(path) !== null
    const check = (node, text, isRead = isOfProduct) => {
      for (const { found, instead } of unusedForms(text, isRead)) {
        context.report({ node, message: `Castellan does not write “${found}”: ${instead}.` })
      }
    }
    return {
      Program: () => {
        const comments = context.sourceCode.getAllComments()
        for (const [index, comment] of comments.entries()) {
          check(comment, comment.value, false)
          const opening = continues(comment, comments[index - 1]) ? null : findOpening(comment.value, path)
          if (opening === null) continue
          const { found, instead } = opening
          context.report({ node: comment, message: `A comment does not begin with “${found}”, but with ${instead}.` })
        }
      },
      Literal: (node) => {
        if (typeof node.value === 'string' && isProse(node.value)) check(node, node.value)
      },
      TemplateLiteral: (node) => {
        const text = node.quasis.map(({ value }) => value.cooked ?? value.raw).join('…')
        if (isProse(text)) check(node, text)
      },
      JSXText: (node) => check(node, node.value),
    }
  },
}
