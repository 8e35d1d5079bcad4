// The form of the form: what stands in the organiser's dialog, and the command it becomes.
import { fromLocal, toLocal } from '../host/zoned.ts';
import { usual } from './labels.ts';
import type { FieldKind, FormField, FormSettings, RegistrationCommand } from './types.ts';

export interface Row {
  readonly key: string;
  readonly usual: boolean;
  /** Asked for at all; name and mail address always are. */
  asked: boolean;
  required: boolean;
  deleteAfter: string;
  label: string;
  kind: FieldKind;
  /** One a line. */
  options: string;
}

export interface Editor {
  rows: Row[];
  approval: boolean;
  opens: string;
  closes: string;
  capacity: number | null;
  waitingList: boolean;
}

const always: readonly string[] = ['name', 'mail'];
const kinds: Readonly<Record<string, FieldKind>> = { mail: 'mail', languages: 'languages' };

export const isAlways = ({ key }: Row): boolean => always.includes(key);

export function editorOf(form: FormSettings | undefined, zone: string): Editor {
  const fields = form?.fields ?? [];
  const rowOf = (key: string, field: FormField | undefined): Row => ({
    key,
    usual: (usual as readonly string[]).includes(key),
    asked: field !== undefined || always.includes(key) || (form === undefined && key === 'city'),
    required: field?.required ?? always.includes(key),
    deleteAfter: field?.deleteAfter ?? '',
    label: field?.label ?? '',
    kind: field?.kind ?? kinds[key] ?? 'line',
    options: (field?.options ?? []).join('\n'),
  });
  return {
    rows: [
      ...usual.map((key) =>
        rowOf(
          key,
          fields.find((field) => field.key === key),
        ),
      ),
      ...fields
        .filter(({ key }) => !(usual as readonly string[]).includes(key))
        .map((field) => rowOf(field.key, field)),
    ],
    approval: form?.approval ?? false,
    opens: form?.opens ? toLocal(form.opens, zone) : '',
    closes: form?.closes ? toLocal(form.closes, zone) : '',
    capacity: form?.capacity ?? null,
    waitingList: form?.waitingList ?? true,
  };
}

/** A field of the organiser's own, under a key that none of the others has or had in this form. */
export function another(rows: readonly Row[]): Row {
  let number = 1;
  while (rows.some(({ key }) => key === `f${number}`)) number++;
  return {
    key: `f${number}`,
    usual: false,
    asked: true,
    required: false,
    deleteAfter: '',
    label: '',
    kind: 'line',
    options: '',
  };
}

export function setForm(editor: Editor, zone: string): RegistrationCommand {
  return {
    type: 'set-form',
    fields: editor.rows
      .filter(({ asked }) => asked)
      .map(({ key, kind, label, required, deleteAfter, options }) => ({
        key,
        kind,
        label,
        required,
        ...(deleteAfter && { deleteAfter }),
        ...(kind === 'choice' && { options: options.split('\n').filter((option) => option.trim()) }),
      })),
    approval: editor.approval,
    opens: editor.opens ? fromLocal(editor.opens, zone) : null,
    closes: editor.closes ? fromLocal(editor.closes, zone) : null,
    capacity: editor.capacity,
    waitingList: editor.waitingList,
  };
}
