import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import { checkScope, type Context } from '../core/context.ts'
import { placeExport } from '../files-out/place-export.ts'
import { fileTarget } from '../files-out/target.ts'
import { stageFile } from '../files-out/write-file.ts'
import { invalid } from '../kit/refusal.ts'

/** The first bytes of every PNG. */
const PNG_HEAD = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Writes a picture that a window drew to the place that a person chose. Throws `Refusal` INVALID or NOT_FOUND. */
export function exportPicture(
  context: Context,
  { client, title, format, content, path, force }: Inputs['files']['exportPicture'],
): Outputs['files']['exportPicture'] {
  checkScope(context, { client })
  const piece = format === 'svg' ? checkSvg(content) : checkPng(content)
  const staged = stageFile(fileTarget(context, { path, force }), [piece])
  return placeExport(context, staged, {
    action: 'picture.exported',
    client: client ?? null,
    subject: title,
    body: { format, rows: 0 },
  })
}

function checkSvg(text: string): string {
  if (
    !/^<\?xml [^>]*>\s*<svg /u.test(text) ||
    /<script|<foreignObject|\bon[a-z]+\s*=|javascript:/iu.test(withoutTexts(text))
  ) {
    throw invalid('content', 'The content is not a picture of a chart.', 'Save the chart again.')
  }
  return text
}

/** The tags of a document: its texts may contain any words. */
function withoutTexts(svg: string): string {
  return (svg.match(/<[^>]*>/gu) ?? []).join('')
}

function checkPng(base64: string): Uint8Array {
  const bytes = Buffer.from(base64, 'base64')
  if (!bytes.subarray(0, PNG_HEAD.length).equals(PNG_HEAD)) {
    throw invalid('content', 'The content is not a PNG image.', 'Save the chart again.')
  }
  return bytes
}
