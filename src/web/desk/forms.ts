/** The forms of the desk: each has the seal of its session, and a token that works once. */
import { html, raw } from 'hono/html';
import type { DeskAnswer } from '../../services/desk/deed.ts';
import type { Html } from '../html.ts';
import type { DeskAction, Field } from './actions.ts';
import type { DeskView } from './view.ts';

/** What every form of the desk has in it. */
export const hidden = ({ seal, newForm, path }: DeskView): Html => html`
<input type="hidden" name="seal" value="${seal}">
<input type="hidden" name="form" value="${newForm()}">
<input type="hidden" name="back" value="${path}">`;

const attribute = (name: string, value: string | number | undefined): Html | '' =>
  value === undefined ? '' : html` ${name}="${value}"`;

type Given = Readonly<Record<string, string | number>>;

/** The form of an action; fields that are given are not asked for. */
export function actionForm(view: DeskView, action: DeskAction, given: Given = {}): Html {
  const { t } = view.language;
  const { name, tone = 'quiet' } = action;
  const fields: readonly Field[] = action.fields;
  const asked = fields.filter((field) => given[field.name] === undefined);
  return html`<form method="post" action="/desk/act/${name}" class="deed deed-${name}">
${hidden(view)}
${Object.entries(given).map(
  ([field, value]) => html`<input type="hidden" name="${field}" value="${value}">`,
)}
${asked.map((field) => fieldOf(view, action, field))}
<button class="${tone}">${t(`desk.do.${name}`)}</button>
</form>`;
}

function fieldOf({ language, newForm }: DeskView, action: DeskAction, field: Field): Html {
  const { t } = language;
  const { name, kind = 'text', max, isOptional, example } = field;
  const id = `${action.name}-${name}-${newForm().slice(-6)}`;
  const label = t(field.label);
  if (kind === 'check') {
    return html`<p class="check"><input type="checkbox" id="${id}" name="${name}" value="${field.value ?? 'on'}"> <label for="${id}">${label}</label></p>`;
  }
  if (kind === 'choice') {
    return html`<p><label for="${id}">${label}</label><select id="${id}" name="${name}">${(
      field.choices ?? []
    ).map(
      (choice) => html`<option value="${choice.value}">${t(choice.label)}</option>`,
    )}</select></p>`;
  }
  const required = isOptional ? '' : raw(' required');
  const hint = example === undefined ? '' : html`<small id="${id}-hint">${t(example)}</small>`;
  const described = example === undefined ? undefined : `${id}-hint`;
  if (kind === 'area') {
    return html`<p><label for="${id}">${label}</label>${hint}<textarea id="${id}" name="${name}" rows="3" maxlength="${max}"${required}${attribute('aria-describedby', described)}></textarea></p>`;
  }
  const inputmode = kind === 'number' ? 'numeric' : undefined;
  return html`<p><label for="${id}">${label}</label>${hint}<input id="${id}" name="${name}" maxlength="${max}" autocomplete="off"${attribute('inputmode', inputmode)}${required}${attribute('aria-describedby', described)}></p>`;
}

/** Answers to the question that is open: buttons for those that are offered, else words. */
export function questionForm(view: DeskView, { replies }: DeskAnswer): Html {
  const { t } = view.language;
  const choices = replies.flatMap((reply) => reply.choices);
  return html`<form method="post" action="/desk/answer" class="deed question">
${hidden(view)}
${choices.map(
  ({ label, send }, at) =>
    html`<button class="${at === 0 ? 'primary' : 'quiet'}" name="choice" value="${send}">${label}</button> `,
)}
${
  choices.length > 0
    ? ''
    : html`<p><label for="question-words">${t('desk.answer')}</label><textarea id="question-words" name="text" rows="2" maxlength="500" required></textarea></p>
<button class="primary">${t('desk.answer.send')}</button>`
}
</form>`;
}
