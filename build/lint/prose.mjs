/**
 * The words and forms that Castellan does not write, in strings, comments, test titles and documents, and what it writes
 * instead. docs/glossary.md has the words that it does write.
 */
const FORMS = [
  [/\banew\b|\bafresh\b/iu, 'again'],
  [/\bof old\b/iu, 'earlier, before'],
  [/\ball the same\b/iu, 'still, anyway'],
  [/\bat once\b/iu, 'immediately, together'],
  [/\bmilliards?\b/iu, 'billion'],
  [/\bbesides\b/iu, 'also, in addition'],
  [/\bhang(?:s|ing)? on\b/iu, 'depends on'],
  [/\bwhoever\b|\bsomebody\b|\bnobody\b|\btheirs\b/iu, 'the actor: the reviewer, the owner, the provider, no one'],
  [/\b(?:take|takes|taken|taking|took) (?:\w+ ){0,2}in\b(?! (?:order|the|a|one|account))/iu, 'import'],
  [/\b(?:give|gives|gave|given) back\b/iu, 'export, return'],
  [/\b(?:put|puts|putting) (?:\w+ ){0,3}in force\b|\bin force\b/iu, 'activate, active'],
  [/\bby hand\b|\bhand(?:s|ed)? over\b|\bhand-?over\b/iu, 'manual steps, manually'],
  [/\bremed(?:y|ies)\b/iu, 'remediation, a change'],
  [/\bblast\b/iu, 'impact'],
  [/\bwish(?:es|ed)?\b/iu, 'request, change request'],
  [/\brungs?\b/iu, 'reminder step'],
  [/\btells?\b|\btold\b|\btelling\b|\buntold\b/iu, 'reports, shows, contains'],
  [/\bstands?\b|\bstanding\b|\bstood\b/iu, 'is, exists, active, current'],
  [/\bsays?\b|\bsaid\b|\bsaying\b/iu, 'reports, shows, states, is written'],
  [/\blies\b|\blaid\b/iu, 'is'],
  [/\bgone\b/iu, 'removed, deleted, has left'],
  [/\bdeparted\b/iu, 'leaver, former employee'],
  [/\bclaim(?:s|ed)?\b/iu, 'internal records, internal'],
  [/\bown records\b/iu, 'internal records'],
  [/\bsudden(?:ly)?\b/iu, 'anomaly'],
  [/\badvice\b/iu, 'recommendation'],
  [/\bfates?\b/iu, 'impact'],
  [/\bin one go\b/iu, 'together, as a batch'],
  [/\b(?:is|are|was|were) no (?!longer\b|more\b|such\b|less\b|one\b)\w+/iu, 'is not a …, there is no …'],
  [/\bcomes? to\b/iu, 'adds up to, results in'],
]

/** Where a form is right: a whole text or a part of it, and why. */
const ALLOWED = []

/** The forms in a text that are not written: each with what is written instead. What is quoted as code is left out. */
export function unusedForms(text) {
  const prose = ALLOWED.reduce((rest, [part]) => rest.replaceAll(part, ''), text.replaceAll(/`[^`]*`/gu, '``'))
  return FORMS.flatMap(([form, instead]) => {
    const found = form.exec(prose)
    return found === null ? [] : [{ found: found[0], instead }]
  })
}

/** A string that people read: words with a space between, and no statement of SQL. */
function isProse(text) {
  return (
    /\p{L}{2}[^\n]* \p{L}/u.test(text) &&
    !/\b(?:SELECT|UPDATE|INSERT|DELETE|FROM|WHERE|JOIN|CREATE|AND|CASE)\b/u.test(text)
  )
}

/** The lint rule: strings, templates, text of the window, and comments. */
export const prose = {
  meta: { type: 'problem', docs: { description: 'the words of the glossary' } },
  create(context) {
    const check = (node, text) => {
      for (const { found, instead } of unusedForms(text)) {
        context.report({ node, message: `Castellan does not write “${found}”: ${instead}.` })
      }
    }
    return {
      Program: () => {
        for (const comment of context.sourceCode.getAllComments()) check(comment, comment.value)
      },
      Literal: (node) => {
        if (typeof node.value === 'string' && isProse(node.value)) check(node, node.value)
      },
      TemplateElement: (node) => {
        const text = node.value.cooked ?? node.value.raw
        if (isProse(text)) check(node, text)
      },
      JSXText: (node) => check(node, node.value),
    }
  },
}
