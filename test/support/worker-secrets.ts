// What a worker of one city with SMS needs before it is deployed.
export const BUCKETS = ['city-sync-pictures', 'city-sync-backups'];
export const TEXTS = [
  'SECRET_KEY',
  'PUBLIC_URL',
  'TWILIO_ACCOUNT_SID',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_FROM',
];
