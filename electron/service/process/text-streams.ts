import type { Inputs } from '../../../shared/contract/contract.ts'
import type { Context } from '../core/context.ts'

/** The operations whose answer is a text that grows with the register, with their inputs. */
export interface TextInputs {
  readonly 'files.renderRegister': Inputs['files']['renderRegister']
  readonly 'files.renderCalendar': Inputs['files']['renderCalendar']
  readonly 'changes.markdown': Inputs['changes']['markdown']
  readonly 'keyless.markdown': Inputs['keyless']['markdown']
  readonly 'leavers.report': Inputs['leavers']['report']
  readonly 'reports.render': Inputs['reports']['render']
}

export type TextOperation = keyof TextInputs

type Stream<Input> = (context: Context, input: Input) => Iterable<string> | Promise<Iterable<string>>

/** Each piece by piece, loaded when it is asked for. */
const STREAMS: { readonly [O in TextOperation]: () => Promise<Stream<TextInputs[O]>> } = {
  'files.renderRegister': async () => (await import('../files/export-register.ts')).streamRegister,
  'files.renderCalendar': async () => (await import('../files/calendar.ts')).streamCalendar,
  'changes.markdown': async () => (await import('../changes/document.ts')).streamChanges,
  'keyless.markdown': async () => (await import('../keyless/document.ts')).streamKeyless,
  'reports.render': async () => (await import('../reports/render.ts')).streamReport,
  'leavers.report': async () => (await import('../leavers/document.ts')).streamLeavers,
}

/**
 * The text that an operation answers, piece by piece. The register can be written only after the last one. Throws as the
 * operation does.
 */
export async function streamText<O extends TextOperation>(
  context: Context,
  operation: O,
  input: TextInputs[O],
): Promise<Iterable<string>> {
  const stream: Stream<TextInputs[O]> = await STREAMS[operation]()
  return stream(context, input)
}
