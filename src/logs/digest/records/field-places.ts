import type { Field } from './field-view.ts';

/** A field before it is known how it is shown. */
export type FieldPlace = Omit<Field, 'form' | 'keys'>;

export const createField = (): Field => ({ keyStart: 0, keyEnd: 0, start: -1, end: 0, quoted: false, form: 'variable', keys: null });

// Passed on and copied at once; one is enough.
const place: FieldPlace = createField();
export const at = (keyStart: number, keyEnd: number, start: number, end: number, quoted: boolean): FieldPlace => {
  place.keyStart = keyStart;
  place.keyEnd = keyEnd;
  place.start = start;
  place.end = end;
  place.quoted = quoted;
  return place;
};

export const put = (
  field: Field,
  { keyStart, keyEnd, start, end, quoted }: FieldPlace,
  form: Field['form'] = 'variable',
  keys: Uint8Array | null = null,
): void => {
  field.keyStart = keyStart;
  field.keyEnd = keyEnd;
  field.start = start;
  field.end = end;
  field.quoted = quoted;
  field.form = form;
  field.keys = keys;
};
