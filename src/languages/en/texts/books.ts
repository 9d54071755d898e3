/** What is said when the books do not agree, and when credits are corrected. */
export const books = {
  'books.closed':
    "The city's books don't add up, so credits are stopped: no approvals, no codes. All else goes on. Whoever runs the machine should run: npm run books",
  'books.open': "The city's books add up again. Credits can move.",
  'refused.books-checking':
    "The city is checking its books: credits can't move right now. Nothing is lost. Try again later.",
} as const;
