import { VERSION } from '../../../shared/domain/version.ts'
import { listAll, type CommandModel } from './command-model.ts'

/** The manual page castellan(1) in the man macros of roff: every command with its options and examples. */
export function manualPage(program: CommandModel): string {
  const commands = listAll(program).filter(({ path, commands: subs, usage, options }) => {
    const isGroup = subs.length > 0 && usage === '' && options.every(({ long }) => isGlobal(program, long))
    return path !== '' && !isGroup
  })
  return `${[
    `.TH CASTELLAN 1 "" "Castellan ${VERSION}" "User Commands"`,
    '.SH NAME',
    `castellan \\- ${roff('shows and governs who has access to the organizations of AI providers')}`,
    '.SH SYNOPSIS',
    '.B castellan',
    roff('COMMAND [OPTIONS]'),
    '.SH OPTIONS',
    'These are taken by every command, unless its own help leaves one out.',
    ...program.options.flatMap(optionLines),
    '.SH COMMANDS',
    ...commands.flatMap((command) => commandLines(program, command)),
    '.SH EXIT STATUS',
    ...[
      ['0', 'done'],
      ['1', 'failed'],
      ['2', 'misuse: nothing was done'],
      ['3', 'done in part'],
      ['4', 'found what an option such as --fail-on names, or changed evidence'],
      ['5', 'evidence signed by a key that the profile does not know'],
    ].flatMap(([code = '', says = '']) => ['.TP', `.B ${code}`, roff(says)]),
    '.SH ENVIRONMENT',
    '.TP',
    '.B CASTELLAN_PROFILE',
    roff('the data folder, where --profile is not given'),
  ].join('\n')}\n`
}

function isGlobal(program: CommandModel, long: string): boolean {
  return program.options.some((option) => option.long === long)
}

function commandLines(program: CommandModel, { path, usage, description, options, examples }: CommandModel): string[] {
  return [
    `.SS ${roff(`castellan ${path} ${usage}`.trim())}`,
    roff(description),
    ...options.filter(({ long }) => !isGlobal(program, long)).flatMap(optionLines),
    ...examples.flatMap((example) => ['.PP', '.EX', roff(`castellan ${example}`), '.EE']),
  ]
}

function optionLines({ flags, description, choices }: CommandModel['options'][number]): string[] {
  const among = choices.length === 0 ? '' : ` (${choices.join(', ')})`
  return ['.TP', `.B ${roff(flags)}`, roff(`${description}${among}`)]
}

/** Text escaped for roff: no backslash, hyphen or first character has a meaning, and all of it is ASCII. */
function roff(text: string): string {
  const line = text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('"', '\\(dq')
    .replaceAll(
      /[^\0-\u007e]/gu,
      (character) => `\\[u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    )
  return /^[.']/u.test(line) ? `\\&${line}` : line
}
