import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

/** Ink, the neutral of both schemes: a cool slate. 0 is paper, 9 is the rail. */
const ink: MantineColorsTuple = [
  '#f6f7f9',
  '#eceff2',
  '#dde2e8',
  '#c4ccd5',
  '#98a4b1',
  '#6d7a89',
  '#536070',
  '#3d4957',
  '#27313d',
  '#161d26',
]

/** The one accent: petrol. */
const petrol: MantineColorsTuple = [
  '#e8f4f6',
  '#cfe6ea',
  '#a3ced6',
  '#72b3bf',
  '#4a9bab',
  '#2a8496',
  '#136e80',
  '#0d5b6b',
  '#0a4856',
  '#063540',
]

const dark: MantineColorsTuple = [
  '#dbe2e9',
  '#b7c1cc',
  '#9aa6b3',
  '#7c8997',
  '#4a5664',
  '#35404c',
  '#27313b',
  '#1d252e',
  '#161d25',
  '#10161c',
]

/** For actions that cannot be undone: dark enough for white text on it in both schemes. */
const red: MantineColorsTuple = [
  '#fbebe8',
  '#f5d3ce',
  '#e7b7b0',
  '#d98d82',
  '#cf6356',
  '#c4402f',
  '#b5301f',
  '#a3271b',
  '#872016',
  '#6a1811',
]

const LEAST_TARGET = { minWidth: '24px', minHeight: '24px' }

/** Calm and dense: small corners, one accent. Type and the colours of status are in `ui/tokens.css`. */
export const theme = createTheme({
  colors: { ink, petrol, dark, red },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  black: '#1b232c',
  white: '#ffffff',
  fontFamily: 'var(--font-text)',
  fontFamilyMonospace: 'var(--font-mono)',
  headings: { fontFamily: 'var(--font-text)', fontWeight: 'var(--weight-strong)' },
  defaultRadius: 'sm',
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  fontSizes: {
    xs: 'var(--size-small)',
    sm: 'var(--size-text)',
    md: 'var(--size-text)',
    lg: 'var(--size-title)',
    xl: 'var(--size-page)',
  },
  spacing: { xs: '6px', sm: '10px', md: '14px', lg: '20px', xl: '28px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // The least size of a target (WCAG 2.5.8), whatever size is asked for.
    Button: { defaultProps: { size: 'xs' }, styles: { root: { minHeight: '24px' } } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' }, styles: { root: LEAST_TARGET } },
    CloseButton: { styles: { root: LEAST_TARGET } },
    Pill: { styles: { remove: { minWidth: '18px', minHeight: '18px' } } },
    Input: { styles: { input: { opacity: 1 } } },
    Menu: { styles: { item: { opacity: 1 } } },
    InputWrapper: {
      styles: {
        label: { fontSize: 'var(--size-small)', fontWeight: 'var(--weight-medium)', marginBottom: '3px' },
        description: { fontSize: 'var(--size-small)', lineHeight: 1.4 },
        error: { fontSize: 'var(--size-small)', lineHeight: 1.4 },
      },
    },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Autocomplete: { defaultProps: { size: 'xs' } },
    // The first field of a dialog has the focus: its list must not cover the others.
    Select: { defaultProps: { size: 'xs', openOnFocus: false } },
    MultiSelect: { defaultProps: { size: 'xs', openOnFocus: false } },
    ColorInput: { defaultProps: { size: 'xs' } },
    DateInput: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    Radio: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: true, events: { hover: true, focus: true, touch: true } } },
    Modal: {
      defaultProps: {
        centered: true,
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { backgroundOpacity: 0.45 },
      },
      styles: {
        content: { background: 'var(--surface)', border: '1px solid var(--line)' },
        header: { background: 'var(--surface)' },
        title: { fontSize: 'var(--size-title)', fontWeight: 'var(--weight-strong)' },
      },
    },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Table: { defaultProps: { verticalSpacing: 5, horizontalSpacing: 'sm' } },
  },
})

/** Mantine's own variables, set from the tokens so that each colour is defined in one place. */
export const cssVariables: CSSVariablesResolver = () => {
  const both = {
    '--mantine-color-body': 'var(--paper)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-quiet)',
    // Disabled text has to be readable: quiet, and never paler than text may be.
    '--mantine-color-disabled': 'var(--surface-sunk)',
    '--mantine-color-disabled-color': 'var(--text-quiet)',
    '--mantine-color-disabled-border': 'var(--line)',
    '--mantine-color-error': 'var(--bad-text)',
    '--mantine-color-anchor': 'var(--accent-text)',
    '--mantine-color-placeholder': 'var(--text-placeholder)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--surface-hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--line-strong)',
  }
  return { variables: {}, light: both, dark: both }
}
