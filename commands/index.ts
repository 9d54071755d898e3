/** Everything that people can say. */
import { accept } from './accept.ts';
import { alerts } from './alerts.ts';
import { announce } from './announce.ts';
import { approve } from './approve.ts';
import { balance } from './balance.ts';
import { cap } from './cap.ts';
import { close } from './close.ts';
import { codes } from './codes.ts';
import { confirm } from './confirm.ts';
import { done } from './done.ts';
import { drop } from './drop.ts';
import { halt } from './halt.ts';
import { hello } from './hello.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { invite } from './invite.ts';
import { join } from './join.ts';
import { lang } from './lang.ts';
import { link } from './link.ts';
import { me } from './me.ts';
import { more } from './more.ts';
import { offer } from './offer.ts';
import { offers } from './offers.ts';
import { ok } from './ok.ts';
import { redeem } from './redeem.ts';
import { reject } from './reject.ts';
import { release } from './release.ts';
import { review } from './review.ts';
import { roster } from './roster.ts';
import { start } from './start.ts';
import { stop } from './stop.ts';
import { task } from './task.ts';
import { tasks } from './tasks.ts';

/** In the order in which HELP lists them. */
export const commands = [
  hello,
  help,
  stop,
  start,
  ok,
  tasks,
  task,
  join,
  drop,
  done,
  balance,
  history,
  offers,
  redeem,
  codes,
  release,
  me,
  more,
  link,
  alerts,
  lang,
  accept,
  announce,
  review,
  approve,
  reject,
  roster,
  close,
  offer,
  confirm,
  invite,
  cap,
  halt,
] as const;
