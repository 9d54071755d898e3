export * from './accounts.ts';
export * from './budgets.ts';
export * from './civic.ts';
export * from './ledger.ts';
export * from './messages.ts';
export * from './people.ts';
export * from './pictures.ts';
export * from './records.ts';
