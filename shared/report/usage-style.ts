import { chartColours, type ChartScheme } from './chart-fills.ts'

/** Charts name this many things, and one more for the rest. */
export const CHART_SERIES = 6

const paint = (scheme: ChartScheme): string => {
  const { identity, rest } = chartColours(scheme)
  return [...identity.map((colour, at) => `.c${at}{fill:${colour}}`), `.rest{fill:${rest}}`].join('')
}

/** The one style sheet of an HTML report: light and dark as the reader's system, always light on paper. */
export const REPORT_STYLE = [
  ':root{--text:#1c2733;--quiet:#53606e;--line:#d5dce3;--paper:#fff;--head:#f3f6f8}',
  'body{margin:0;background:var(--paper);color:var(--text);font:15px/1.5 system-ui,sans-serif}',
  'main{max-width:1360px;margin:0 auto;padding:32px 24px}',
  'h1{font-size:24px;line-height:1.25;margin:0 0 12px}',
  'h2{font-size:19px;margin:36px 0 8px;border-bottom:1px solid var(--line)}',
  'h3{font-size:16px;margin:24px 0 8px}',
  'p{color:var(--quiet);max-width:80ch}',
  'table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}',
  'th,td{padding:4px 9px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;max-width:26em;overflow-wrap:break-word}',
  'td:first-child{min-width:9em}',
  'th{background:var(--head);font-weight:600;overflow-wrap:normal}',
  'th[align=right],td[align=right]{text-align:right;white-space:nowrap}',
  '.wide{overflow-x:auto}',
  'figure{margin:12px 0}svg{width:100%;height:auto}svg text{fill:var(--quiet);font-size:12px}',
  '.grid{stroke:var(--line)}',
  '.legend{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;padding:0;margin:4px 0;font-size:13px}',
  '.legend svg{width:11px;height:11px;margin-right:6px}.stripe{fill:var(--paper)}',
  paint('light'),
  '@media screen and (prefers-color-scheme:dark){',
  ':root{--text:#e2e8ee;--quiet:#aab5c0;--line:#33404d;--paper:#141a21;--head:#1d2630}',
  paint('dark'),
  '}',
  '@page{size:A4 landscape;margin:14mm}',
  '@media print{main{max-width:none;padding:0}.wide{overflow:visible}table{font-size:10px}th,td{padding:3px 5px;overflow-wrap:anywhere}',
  'figure,tr{break-inside:avoid}h2,h3{break-after:avoid}thead{display:table-header-group}}',
].join('\n')
