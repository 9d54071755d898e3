/** All that a page of the desk is drawn from. */
import type { PageLanguage } from '../../languages/pages.ts';
import type { Context } from '../../services/context.ts';
import type { DeskAnswer } from '../../services/desk/deed.ts';
import type { AtDesk } from '../../services/desk/find-session.ts';
import type { Html } from '../html.ts';
import type { HomeCity } from '../public/home.ts';

export type DeskView = AtDesk & {
  readonly context: Context;
  readonly language: PageLanguage;
  readonly city: HomeCity;
  /** The address of this page below the city's, to which its forms come back. */
  readonly path: string;
  /** What every form has in it. */
  readonly seal: string;
  /** A new token for each form. */
  readonly newForm: () => string;
  /** What the form that led here came to; undefined where none did. */
  readonly answer: DeskAnswer | undefined;
};

export type DeskPage = {
  readonly title: string;
  readonly main: Html;
  /** It shows what came of a form by itself. */
  readonly showsAnswer?: true;
};
