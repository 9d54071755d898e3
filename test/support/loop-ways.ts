// What residents say on their way through the whole loop of the sandbox, by each channel and in both
// languages, and what they are answered.
import type { SandboxChannel } from '../../src/sandbox/page/page-data.ts';

/** That of a redemption. */
export const CODE = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/;

type Words = Readonly<Record<'hi' | 'tasks' | 'balance' | 'offers' | 'redeem' | 'me', string>>;
type Answers = Readonly<
  Record<
    | 'consent'
    | 'joined'
    | 'tasks'
    | 'public'
    | 'sent'
    | 'earned'
    | 'balance'
    | 'offers'
    | 'enjoy'
    | 'broken'
    | 'noPicture'
    | 'tooManyPixels',
    RegExp
  >
>;

const ENGLISH = {
  words: {
    hi: 'HI',
    tasks: 'TASKS',
    balance: 'BALANCE',
    offers: 'OFFERS',
    redeem: 'REDEEM 1',
    me: 'ME',
  } satisfies Words,
  answers: {
    consent: /earn credits for local offers.*Reply OK/s,
    joined: /Clean up Codornices Creek.*DONE 1/s,
    tasks: /1 Clean up Codornices Creek/,
    public: /Evidence is public/,
    sent: /Thank you.*photo.*task 1/s,
    earned: /approved.*20 CITY credits/s,
    balance: /20 CITY credits/,
    offers: /1 Coffee, any size: 10 CITY credits.*Northside Café/,
    enjoy: /Coffee, any size.*10 CITY credits/s,
    broken: /damaged/,
    noPicture: /isn't a picture/,
    tooManyPixels: /50 megapixels/,
  } satisfies Answers,
};

const SPANISH = {
  words: {
    hi: 'HOLA',
    tasks: 'TAREAS',
    balance: 'SALDO',
    offers: 'OFERTAS',
    redeem: 'CANJEAR 1',
    me: 'YO',
  } satisfies Words,
  answers: {
    consent: /gana créditos.*Responde OK/s,
    joined: /Clean up Codornices Creek.*LISTO 1/s,
    tasks: /1 Clean up Codornices Creek/,
    public: /evidencia es pública/i,
    sent: /Gracias.*foto.*tarea 1/s,
    earned: /aprob.*20 créditos CITY/s,
    balance: /20 créditos CITY/,
    offers: /1 Coffee, any size: 10 créditos CITY.*Northside Café/,
    enjoy: /Coffee, any size.*10 créditos CITY/s,
    broken: /dañada/,
    noPicture: /no es una (foto|imagen)/,
    tooManyPixels: /50 megap[ií]xeles/,
  } satisfies Answers,
};

export type Way = {
  readonly title: string;
  readonly channel: SandboxChannel;
  readonly person: string;
  readonly language: typeof ENGLISH | typeof SPANISH;
  readonly join: string;
  /** With a picture alone, and with words. */
  readonly show: string;
  readonly done: string;
  /** Joins and shows by answering the announcement in the channel's public place. */
  readonly answers: boolean;
};

export const WAYS: readonly Way[] = [
  {
    title: 'in English, by SMS',
    channel: 'sms',
    person: '+15105550141',
    language: ENGLISH,
    join: 'JOIN 1',
    show: 'DONE 1',
    done: 'DONE 1 Three bags. Call me: (510) 555-0199 or ana@mail.example',
    answers: false,
  },
  {
    title: 'in Spanish, on Telegram',
    channel: 'telegram',
    person: '7000142987',
    language: SPANISH,
    join: 'UNIRME 1',
    show: 'LISTO 1',
    done: 'LISTO 1 Cinco bolsas llenas',
    answers: false,
  },
  {
    title: 'in English, on Bluesky, by answering the announcement',
    channel: 'bluesky',
    person: 'did:plc:evaeva2345abcdefghijk',
    language: ENGLISH,
    join: 'Count me in!',
    show: '',
    done: 'Here is the creek, all clean',
    answers: true,
  },
];
